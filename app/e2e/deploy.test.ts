import { createHash } from "node:crypto";
import { join } from "node:path";
import {
  address,
  type Address,
  assertAccountExists,
  createKeyPairSignerFromBytes,
  createSolanaRpc,
  fetchEncodedAccount,
} from "@solana/kit";
import { web3 } from "@anchor-lang/core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readKeyPair } from "../examples/support/environment";
import { app } from "../src/clients/v2";
import { programDataAddress } from "../../migrations/loader";
import { NEWEST, release, RELEASES } from "../tests/support/release";
import { type Funded, type Localnet, startLocalnet } from "./localnet";
import { type Ended, runNode } from "./node";

// What `anchor migrate` does with a program: each test begins where the one before it ended.

const WORKSPACE = join(import.meta.dirname, "..", "..");

/** What the Anchor CLI writes into .anchor/deploy.ts and runs. */
const SCRIPT = `
  const { AnchorProvider, Wallet, web3 } = require("@anchor-lang/core");
  const connection = new web3.Connection(process.env.ANCHOR_PROVIDER_URL);
  require("./migrations/deploy.ts")(new AnchorProvider(connection, Wallet.local()));
`;

let localnet: Localnet;

beforeAll(async () => {
  localnet = await startLocalnet();
});

afterAll(() => localnet.stop());

interface Result extends Ended {
  /** Lamports of the wallet before and after: every transaction that is sent takes a fee. */
  readonly paid: bigint;
}

async function addressOf(wallet: Funded): Promise<Address> {
  return (await createKeyPairSignerFromBytes(readKeyPair(localnet.keyFile(wallet)))).address;
}

/** Runs `migrations/deploy.ts` with a wallet, as `anchor migrate` does. */
async function deploy(wallet: Funded, url = localnet.url): Promise<Result> {
  const before = await balance(wallet);
  const ended = await runNode(["--input-type=commonjs", "--eval", SCRIPT], WORKSPACE, {
    ANCHOR_PROVIDER_URL: url,
    ANCHOR_WALLET: localnet.keyFile(wallet),
  });
  return { ...ended, paid: before - (await balance(wallet)) };
}

async function balance(wallet: Funded): Promise<bigint> {
  const { value } = await createSolanaRpc(localnet.url)
    .getBalance(await addressOf(wallet))
    .send();
  return value;
}

/** Changes the last byte of the deployed binary, past all rules. */
async function corrupt(program: Address): Promise<void> {
  const programData = address(programDataAddress(new web3.PublicKey(program)).toBase58());
  const account = await fetchEncodedAccount(createSolanaRpc(localnet.url), programData);
  assertAccountExists(account);
  const data = Buffer.from(account.data);
  data.writeUInt8(data.readUInt8(data.length - 1) ^ 1, data.length - 1);
  const request = { jsonrpc: "2.0", id: 1, method: "surfnet_setAccount" };
  const response = await fetch(localnet.url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ ...request, params: [programData, { data: data.toString("hex") }] }),
  });
  expect(await response.json()).not.toHaveProperty("error");
}

/** What the deploy script prints of a release that it finds deployed. */
function deployed(number: number): string {
  const sum = createHash("sha256").update(release(number).elf).digest("hex");
  return `Deployed:           releases/v${number}/app.so byte for byte, sha256 ${sum}`;
}

test("a wallet that is not the upgrade authority looks and sends nothing", async () => {
  const { code, out, paid } = await deploy("authority");

  expect(out).toContain(deployed(1));
  expect(out).toContain("Accounts:           0 ConfigV1, 0 ConfigV2, 0 retired");
  expect(out).toContain(`error: Only ${await addressOf("upgrade-authority")} can upgrade`);
  expect(out).toContain("Nothing was sent.");
  expect([code, paid]).toEqual([1, 0n]);
});

test("the upgrade authority upgrades release 1 to the newest", async () => {
  const { code, out } = await deploy("upgrade-authority");

  expect(out).toContain("Written:            the buffer, read back, is the release byte for byte");
  expect(out).toContain(deployed(NEWEST));
  expect(out).toContain("Next:               nothing: no ConfigV1 is left");
  expect(code).toBe(0);
});

test("on the newest release there is nothing to do, whoever asks", async () => {
  for (const wallet of ["upgrade-authority", "authority"] as const) {
    const { code, out, paid } = await deploy(wallet);
    expect(out).toContain("Upgrade:            nothing to do, and nothing was sent");
    expect([code, paid]).toEqual([0, 0n]);
  }
});

test("a program that is no release is not touched", async () => {
  await corrupt(app.APP_PROGRAM_ADDRESS);
  const paths = RELEASES.map((number) => `releases/v${number}/app.so`);
  const { code, out, paid } = await deploy("upgrade-authority");

  expect(out).toContain(`error: What is deployed at ${app.APP_PROGRAM_ADDRESS} is neither ${paths.join(" nor ")}.`);
  expect(out).toContain("Nothing was sent.");
  expect([code, paid]).toEqual([1, 0n]);
});

test("without a cluster it reports that", async () => {
  const { code, out, paid } = await deploy("authority", "http://127.0.0.1:9");

  expect(out).toContain("error: No cluster answers at http://127.0.0.1:9: start a local one there");
  expect([code, paid]).toEqual([1, 0n]);
});
