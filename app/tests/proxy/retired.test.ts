import { expect, test } from "vitest";
import { migrateAccount } from "../../src/clients/proxy";
import {
  ConfigError,
  type ConfigVersion,
  fetchConfig,
  findConfigs,
  migrateConfig,
  updateConfig,
} from "../../src/clients/v2";
import { ownerOfV1, ownerOfV2, retire } from "../support/config";
import { RETIRED } from "../support/layout";
import { errorOf } from "../support/rejection";
import { SUCCESSOR_RENT } from "./support/layout";
import { rejection } from "./support/rejection";
import { withProxyPath } from "./support/scene";

// The old program, after a config moved.

test("a retired config is not migrated", async () => {
  const cluster = await withProxyPath();
  const { authority, config } = await ownerOfV1(cluster, 7);
  const migrate = await migrateConfig(cluster.rpc, { config, authority });
  await cluster.send(await migrateAccount({ authority, maxPayment: SUCCESSOR_RENT }));

  const rejected = { source: "app", code: 6024, name: "Retired" };
  expect(await rejection(cluster, migrate)).toMatchObject(rejected);
  expect(await errorOf(migrateConfig(cluster.rpc, { config, authority }))).toMatchObject({ failure: rejected });
});

test("a retired config cannot be updated", async () => {
  const cluster = await withProxyPath();
  const { authority, config } = await ownerOfV2(cluster, 7);
  await cluster.send(await migrateAccount({ authority, maxPayment: SUCCESSOR_RENT }));

  const error = await errorOf(updateConfig(cluster.rpc, { config, signer: authority, value: 8 }));
  expect(error).toBeInstanceOf(ConfigError);
  expect(error).toMatchObject({ failure: { source: "app", code: 6024, name: "Retired" } });
});

test("a retired config", async () => {
  const cluster = await withProxyPath();
  const { authority, config } = await ownerOfV2(cluster, 7);
  await cluster.send(await migrateAccount({ authority, maxPayment: SUCCESSOR_RENT }));
  const found = await fetchConfig(cluster.rpc, config);

  expect(found.version).toBe("retired");
  expect(found.account.data).toEqual(RETIRED);
});

test("a config that moved is found as retired, and in no other version", async () => {
  const cluster = await withProxyPath();
  const anna = await ownerOfV1(cluster, 1, "anna");
  const cora = await ownerOfV2(cluster, 3, "cora");
  const dora = await ownerOfV2(cluster, 4, "dora");
  await cluster.send(await migrateAccount({ ...dora, maxPayment: SUCCESSOR_RENT }));

  const found = async (version: ConfigVersion) =>
    (await findConfigs(cluster.rpc, version)).map(({ account }) => account.address);
  expect(await found("V1")).toEqual([anna.config]);
  expect(await found("V2")).toEqual([cora.config]);
  expect(await found("retired")).toEqual([dora.config]);
});

test("what retire leaves is what the tests of clients/v2 take for it", async () => {
  const cluster = await withProxyPath();
  const owned = await ownerOfV2(cluster, 7);
  const copy = cluster.copy();
  await cluster.send(await migrateAccount({ ...owned, maxPayment: SUCCESSOR_RENT }));
  retire(copy, owned);

  expect(copy.account(owned.config)?.data).toEqual(cluster.account(owned.config)?.data);
  expect(copy.account(owned.config)?.programAddress).toEqual(cluster.account(owned.config)?.programAddress);
});
