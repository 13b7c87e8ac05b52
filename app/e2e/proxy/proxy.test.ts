import { AnchorProvider, Wallet, web3 } from "@anchor-lang/core";
import BN from "bn.js";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readKeyPair } from "../../examples/support/environment";
import { connect } from "../../examples/support/kit";
import { fetchSuccessor, findSuccessor, migrateAccount, successorRent } from "../../src/clients/proxy";
import { AppClient } from "../../src/clients/v1";
import { app, fetchConfig, migrateConfig, updateConfig } from "../../src/clients/v2";
import { type Funded, type Localnet, startLocalnet } from "../localnet";
import { runNode } from "../node";

// The move to the successor program, of configs that release-1 clients made.

const APP = join(import.meta.dirname, "..", "..");

let localnet: Localnet;

beforeAll(async () => {
  localnet = await startLocalnet();
  await localnet.upgrade();
});

afterAll(() => localnet.stop());

/** A funded person with both clients, who has made a config by the old one. */
async function owner(name: Funded, value: number) {
  const secretKey = readKeyPair(localnet.keyFile(name));
  const key = web3.Keypair.fromSecretKey(secretKey);
  const connection = new web3.Connection(localnet.url, "confirmed");
  const old = new AppClient(new AnchorProvider(connection, new Wallet(key)));
  await old.initialize(key.publicKey, new BN(value)).rpc();
  const current = await connect({ url: localnet.url, secretKey });
  const [config] = await app.findConfigPda({ authority: current.signer.address });
  return { ...current, old, key, config };
}

/** Runs an example as the person with this key does. */
function example(name: Funded, file: string, ...args: string[]) {
  const env = { ANCHOR_PROVIDER_URL: localnet.url, ANCHOR_WALLET: localnet.keyFile(name) };
  return runNode([join("examples", file), ...args], APP, env);
}

test("the config moves to the successor program", async () => {
  const { rpc, signer, send, old, key, config } = await owner("authority", 6);
  await send(await migrateConfig(rpc, { config, authority: signer }));
  await old.update(key.publicKey, new BN(6)).rpc();
  await send(await updateConfig(rpc, { config, signer, value: 7 }));
  await send(await migrateAccount({ authority: signer, maxPayment: await successorRent(rpc, 0) }));

  expect((await fetchConfig(rpc, config)).version).toBe("retired");
  expect((await fetchSuccessor(rpc, config))?.data).toMatchObject({
    origin: { predecessor: config, version: 2 },
    authority: signer.address,
    value: 7n,
    revision: 2n,
  });
  await expect(old.initialize(key.publicKey, new BN(8)).rpc()).rejects.toThrow("custom program error: 0x0");
});

test("a retired config of somebody else", async () => {
  const { rpc, signer, send, config } = await owner("operator", 7);
  const find = () => example("authority", "proxy/find-successor.ts", signer.address);
  expect(await find()).toEqual({
    code: 1,
    out: `error: ${config} has no successor: it was not migrated by proxy\n`,
  });

  await send(await migrateAccount({ authority: signer, maxPayment: await successorRent(rpc, 0) }));
  expect(await example("authority", "read-either.ts", signer.address)).toEqual({
    code: 0,
    out: "retired: it lives on in another program\n",
  });
  expect(await find()).toEqual({
    code: 0,
    out: `${await findSuccessor(config)} of the successor program has value 7\n`,
  });
});
