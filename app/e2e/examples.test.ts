import { fetchToken } from "@solana-program/token";
import { type Address, createKeyPairSignerFromBytes } from "@solana/kit";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readKeyPair } from "../examples/support/environment";
import { connect } from "../examples/support/kit";
import { app } from "../src/clients/v2";
import { type Funded, type Localnet, startLocalnet } from "./localnet";
import { type Ended, runNode } from "./node";
import { createMint, giveTokens } from "./token";

const APP = join(import.meta.dirname, "..");

let localnet: Localnet;

beforeAll(async () => {
  localnet = await startLocalnet();
  await localnet.upgrade();
});

afterAll(() => localnet.stop());

/** A funded person's address, and that of the config that they may create. */
async function person(name: Funded) {
  const { address } = await createKeyPairSignerFromBytes(readKeyPair(localnet.keyFile(name)));
  const [config] = await app.findConfigPda({ authority: address });
  return { address, config };
}

/** What somebody's release-2 client sends beside the examples. */
function client(name: Funded) {
  return connect({ url: localnet.url, secretKey: readKeyPair(localnet.keyFile(name)) });
}

/** Runs an example as a reader does. */
function example(name: string, args: string[], env: NodeJS.ProcessEnv): Promise<Ended> {
  return runNode([join("examples", `${name}.ts`), ...args], APP, env);
}

/** Runs an example for one of the funded people. */
function exampleFor(person: Funded, name: string, args: string[] = []): Promise<Ended> {
  return example(name, args, { ANCHOR_PROVIDER_URL: localnet.url, ANCHOR_WALLET: localnet.keyFile(person) });
}

test("the examples, one after the other", async () => {
  const { address, config } = await person("authority");
  const run = (name: string, ...args: string[]) => exampleFor("authority", name, args);

  expect(await run("read-either")).toEqual({ code: 1, out: `error: Account not found at address: ${config}\n` });
  expect(await run("call-old", "5")).toEqual({ code: 0, out: `${config} was created with value 5\n` });
  expect(await run("call-old", "6")).toEqual({ code: 0, out: `${config} has value 6\n` });
  expect(await run("call-new", "7")).toEqual({ code: 0, out: `${config} is a ConfigV1 with value 7\n` });
  expect(await run("read-either")).toEqual({ code: 0, out: "ConfigV1: value 7\n" });
  expect(await run("find-v1")).toEqual({ code: 0, out: `${config} of ${address}\n1 to migrate\n` });
  expect(await run("migrate-one")).toEqual({ code: 0, out: `${config}: V1, 48 bytes -> V2, 96 bytes\n` });
  expect(await run("migrate-one")).toEqual({
    code: 1,
    out:
      "error: AlreadyMigrated (6002): the config has the layout of release 2 already: " +
      `there is nothing to migrate [${config}]\n`,
  });
  expect(await run("find-v1")).toEqual({ code: 0, out: "0 to migrate\n" });
  expect(await run("call-old", "8")).toEqual({ code: 0, out: `${config} has value 8\n` });
  expect(await run("call-new", "9")).toEqual({ code: 0, out: `${config} is a ConfigV2 with value 9\n` });
  expect(await run("read-either")).toEqual({ code: 0, out: "ConfigV2: value 9, revision 2, fee 0, 0 operators\n" });
});

test("what the program rejects is reported in its own words", async () => {
  const { address, config } = await person("payer");
  await exampleFor("payer", "call-old", ["7"]);
  await exampleFor("payer", "migrate-one");
  const { send, signer } = await client("payer");
  await send(app.getSetFeeInstruction({ config, authority: signer, fee: 5, feeMint: address }));

  expect(await exampleFor("payer", "call-new")).toEqual({
    code: 1,
    out: `error: FeeAccountsMissing (6016): the config charges a fee: pass fee_source, fee_vault, fee_mint and token_program [${config}]\n`,
  });
});

test("an operator pays the fee that it agreed to and no other", async () => {
  const { address, config } = await person("upgrade-authority");
  const operator = await person("operator");
  const authority = await client("upgrade-authority");
  const mint = await createMint(authority);
  const source = await giveTokens(authority, mint, operator.address, 9n);
  const vault = await giveTokens(authority, mint, address, 0n);
  const terms = { fee: 5, feeMint: mint, operators: [operator.address] };
  await authority.send(await app.getInitializeV2InstructionAsync({ authority: authority.signer, value: 7, ...terms }));
  const run = (max: string) => exampleFor("operator", "call-paying", [address, "8", max, mint]);

  expect(await run("4")).toEqual({
    code: 1,
    out:
      "error: FeeAboveLimit (6031): the config's fee (5) is above max_fee (4): " +
      `agree to it, or ask the authority [${config}]\n`,
  });
  expect(await run("5")).toEqual({ code: 0, out: `${config} has value 8, for a fee of 5\n` });
  const amountOf = async (token: Address) => (await fetchToken(authority.rpc, token)).data.amount;
  expect([await amountOf(source), await amountOf(vault)]).toEqual([4n, 5n]);
});

test("variables that are not set, and files that are no keys", async () => {
  const set = { ANCHOR_PROVIDER_URL: localnet.url, ANCHOR_WALLET: localnet.keyFile("authority") };
  expect(await example("call-new", [], { ...set, ANCHOR_PROVIDER_URL: "" })).toEqual({
    code: 1,
    out: "error: set ANCHOR_PROVIDER_URL to the RPC URL of a cluster, such as http://127.0.0.1:8899\n",
  });
  expect(await example("call-old", [], { ...set, ANCHOR_WALLET: "" })).toEqual({
    code: 1,
    out: "error: set ANCHOR_WALLET to the path of a key pair file, such as solana-keygen makes\n",
  });
  const missing = `${localnet.keyFile("authority")}.missing`;
  expect(await example("find-v1", [], { ...set, ANCHOR_WALLET: missing })).toEqual({
    code: 1,
    out: `error: ${missing} cannot be read: set ANCHOR_WALLET to a key pair file\n`,
  });
});
