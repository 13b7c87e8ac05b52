import { address, isSolanaError, SOLANA_ERROR__ACCOUNTS__ACCOUNT_NOT_FOUND } from "@solana/kit";
import { beforeAll, expect, test } from "vitest";
import { ConfigError, fetchConfig } from "../../src/clients/v2";
import { account } from "../support/account";
import { Cluster } from "../support/cluster";
import { ownerOfV1, ownerOfV2, retire } from "../support/config";
import { key } from "../support/key";
import { configV1, configV2, discriminator, RETIRED } from "../support/layout";
import { errorOf } from "../support/rejection";
import { onRelease } from "../support/scene";

const SYSTEM = address("11111111111111111111111111111111");

test("a ConfigV1", async () => {
  const cluster = await onRelease(2);
  const { authority, config } = await ownerOfV1(cluster, 7);
  const found = await fetchConfig(cluster.rpc, config);

  expect(found.version).toBe("V1");
  expect(found.account.address).toBe(config);
  expect(found.account.data).toMatchObject({ authority: authority.address, value: 7n });
});

test("a ConfigV2", async () => {
  const cluster = await onRelease(2);
  const { authority, config } = await ownerOfV2(cluster, 7);
  const found = await fetchConfig(cluster.rpc, config);

  expect(found.version).toBe("V2");
  expect(found.account.data).toMatchObject({
    authority: authority.address,
    value: 7n,
    revision: 0,
    fee: 0n,
    feeMint: SYSTEM,
    operators: [],
  });
});

test("a retired config", async () => {
  const cluster = await onRelease(2);
  const owned = await ownerOfV2(cluster, 7);
  retire(cluster, owned);
  const found = await fetchConfig(cluster.rpc, owned.config);

  expect(found.version).toBe("retired");
  expect(found.account.data).toEqual(RETIRED);
});

test("no account", async () => {
  const cluster = await onRelease(2);
  const { address } = await key("nobody");
  const error = await errorOf(fetchConfig(cluster.rpc, address));
  expect(isSolanaError(error, SOLANA_ERROR__ACCOUNTS__ACCOUNT_NOT_FOUND)).toBe(true);
});

let authority: Awaited<ReturnType<typeof key>>;
beforeAll(async () => {
  authority = await key("authority");
});

const v1 = () => configV1(authority.address, 7n);
const v2 = () => configV2({ authority: authority.address, value: 7n });
const another = () => Uint8Array.of(...discriminator("ConfigOfAnother"), ...v2().subarray(8));
const withOperators = (count: number) => Uint8Array.from([...v2().subarray(0, 92), count, 0, 0, 0]);

test.each([
  ["nothing", () => new Uint8Array(), 6004, "Uninitialized"],
  ["zeros", () => new Uint8Array(48), 6004, "Uninitialized"],
  ["the discriminator of another program", another, 6003, "UnknownVersion"],
  ["what a retired config holds, and more", () => Uint8Array.of(...RETIRED, 0), 6003, "UnknownVersion"],
  ["part of what a retired config holds", () => RETIRED.subarray(0, 7), 6003, "UnknownVersion"],
  ["part of a discriminator", () => discriminator("ConfigV2").subarray(0, 7), 6005, "Truncated"],
  ["a ConfigV1 less its last byte", () => v1().subarray(0, 47), 6005, "Truncated"],
  ["a ConfigV2 less its last byte", () => v2().subarray(0, 95), 6005, "Truncated"],
  ["a ConfigV2 less its only operator", () => withOperators(1), 6006, "Corrupt"],
])("an account that holds %s", async (_what, data, code, name) => {
  const cluster = await Cluster.start();
  cluster.svm.setAccount(account(authority.address, data()));
  const error = await errorOf(fetchConfig(cluster.rpc, authority.address));

  expect(error).toBeInstanceOf(ConfigError);
  expect(error).toMatchObject({ address: authority.address, failure: { source: "app", code, name } });
});

test("an account of another program", async () => {
  const cluster = await Cluster.start();
  cluster.svm.setAccount(account(authority.address, v1(), cluster.feePayer.address));
  const error = await errorOf(fetchConfig(cluster.rpc, authority.address));

  expect(error).toBeInstanceOf(ConfigError);
  expect(error).toMatchObject({ failure: { source: "anchor", code: 3007, name: "AccountOwnedByWrongProgram" } });
});

test("bytes behind the fields are nobody's business", async () => {
  const cluster = await Cluster.start();
  cluster.svm.setAccount(account(authority.address, Uint8Array.of(...v1(), 1, 2, 3)));
  expect((await fetchConfig(cluster.rpc, authority.address)).account.data).toMatchObject({ value: 7n });
});
