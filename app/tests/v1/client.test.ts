import { AnchorError, web3 } from "@anchor-lang/core";
import { address } from "@solana/kit";
import BN from "bn.js";
import { expect, test } from "vitest";
import { FUNDS } from "../support/cluster";
import { legacyKey } from "../support/key";
import { configV1 } from "../support/layout";
import { oldClient } from "../support/oldClient";
import { errorOf, unchanged } from "../support/rejection";
import { release } from "../support/release";
import { onRelease } from "../support/scene";

/** (128 + 48 bytes) × 6,960 lamports. */
const RENT = 1_224_960n;

const key = legacyKey("authority").publicKey;
const authority = address(key.toBase58());

async function scene() {
  const cluster = await onRelease(1);
  await cluster.fundedKey("authority");
  const client = oldClient(cluster, "authority");
  const config = address(client.configAddress(key).toBase58());
  return { cluster, client, config };
}

test("initialize makes a config of 48 bytes, and the authority pays its rent", async () => {
  const { cluster, client, config } = await scene();
  await client.initialize(key, new BN(7)).rpc();

  const account = cluster.account(config);
  expect(account?.data).toEqual(configV1(authority, 7n));
  expect(account?.programAddress).toBe(release(1).idl.address);
  expect(account?.lamports).toBe(RENT);
  expect(cluster.lamports(authority)).toBe(FUNDS - RENT);
});

test("update changes the value and nothing else", async () => {
  const { cluster, client, config } = await scene();
  await client.initialize(key, new BN(7)).rpc();
  await client.update(key, new BN("18446744073709551615")).rpc();

  expect(cluster.account(config)?.data).toEqual(configV1(authority, 2n ** 64n - 1n));
  expect(cluster.lamports(config)).toBe(RENT);
  expect(cluster.lamports(authority)).toBe(FUNDS - RENT);
});

test("close pays all lamports to the authority", async () => {
  const { cluster, client, config } = await scene();
  await client.initialize(key, new BN(7)).rpc();
  await client.close(key).rpc();

  expect(cluster.account(config)).toBeNull();
  expect(cluster.lamports(authority)).toBe(FUNDS);
});

test("fetchConfig reads what was made", async () => {
  const { client } = await scene();
  await client.initialize(key, new BN(7)).rpc();

  const { authority, value, ...rest } = await client.fetchConfig(key);
  expect([authority.toBase58(), value.toString(), rest]).toEqual([key.toBase58(), "7", {}]);
});

test("an update of no config is AccountNotInitialized", async () => {
  const { cluster, client, config } = await scene();
  const error = await unchanged(cluster, [config, authority], () => errorOf(client.update(key, new BN(8)).rpc()));

  expect(error).toBeInstanceOf(AnchorError);
  expect((error as AnchorError).error.errorCode).toEqual({ code: "AccountNotInitialized", number: 3012 });
});

test("a second initialize is rejected by the system program", async () => {
  const { cluster, client, config } = await scene();
  await client.initialize(key, new BN(7)).rpc();
  const error = await unchanged(cluster, [config, authority], () => errorOf(client.initialize(key, new BN(8)).rpc()));

  expect(error).toBeInstanceOf(web3.SendTransactionError);
  expect((error as web3.SendTransactionError).logs).toContain(
    "Program 11111111111111111111111111111111 failed: custom program error: 0x0",
  );
});
