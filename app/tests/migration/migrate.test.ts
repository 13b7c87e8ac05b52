import { expect, test } from "vitest";
import { app, ConfigError, fetchConfig, findConfigs, migrateConfig, updateConfig } from "../../src/clients/v2";
import { FUNDS } from "../support/cluster";
import { ownerOfV1, ownerOfV2, retire } from "../support/config";
import { key } from "../support/key";
import { configV2 } from "../support/layout";
import { release } from "../support/release";
import { errorOf, rejection } from "../support/rejection";
import { onRelease } from "../support/scene";

/** Lamports of 48 and of 96 bytes. */
const V1_RENT = 1_224_960n;
const V2_RENT = 1_559_040n;

test("release 1, its client, the upgrade, the migration, both clients", async () => {
  const cluster = await onRelease(1);
  const { authority, config } = await ownerOfV1(cluster, 7);
  await cluster.upgrade(release(2));
  expect((await findConfigs(cluster.rpc, "V1")).map(({ account }) => account.address)).toEqual([config]);

  await cluster.send(await migrateConfig(cluster.rpc, { config, authority }));
  expect(await findConfigs(cluster.rpc, "V1")).toEqual([]);
  expect((await fetchConfig(cluster.rpc, config)).version).toBe("V2");

  await cluster.send(await updateConfig(cluster.rpc, { config, signer: authority, value: 8 }));
  await cluster.send(app.getUpdateInstruction({ config, authority, value: 9 }));
  expect(cluster.account(config)?.data).toEqual(configV2({ authority: authority.address, value: 9n, revision: 2 }));
});

test("the authority pays exactly the missing rent", async () => {
  const cluster = await onRelease(2);
  const { authority, config } = await ownerOfV1(cluster, 7);
  await cluster.send(await migrateConfig(cluster.rpc, { config, authority }));

  expect(cluster.account(config)?.data).toEqual(configV2({ authority: authority.address, value: 7n }));
  expect(cluster.lamports(config)).toBe(V2_RENT);
  expect(cluster.lamports(authority.address)).toBe(FUNDS - V2_RENT);
});

test("another payer pays it", async () => {
  const cluster = await onRelease(2);
  const { authority, config } = await ownerOfV1(cluster, 7);
  const payer = await cluster.fundedKey("payer");
  await cluster.send(await migrateConfig(cluster.rpc, { config, authority, payer }));

  expect(cluster.lamports(config)).toBe(V2_RENT);
  expect(cluster.lamports(authority.address)).toBe(FUNDS - V1_RENT);
  expect(cluster.lamports(payer.address)).toBe(FUNDS - (V2_RENT - V1_RENT));
});

test("after the rent fell nobody pays, and the surplus stays", async () => {
  const cluster = await onRelease(2);
  const { authority, config } = await ownerOfV1(cluster, 7);
  cluster.setRent(5_080n);
  await cluster.send(await migrateConfig(cluster.rpc, { config, authority }));

  expect(cluster.account(config)?.data).toEqual(configV2({ authority: authority.address, value: 7n }));
  expect(cluster.lamports(config)).toBe(V1_RENT);
  expect(cluster.lamports(authority.address)).toBe(FUNDS - V1_RENT);
});

test("the upgrade authority migrates anybody's config", async () => {
  const cluster = await onRelease(2);
  const { authority, config } = await ownerOfV1(cluster, 7);
  const { upgradeAuthority, feePayer: payer } = cluster;
  await cluster.send(await migrateConfig(cluster.rpc, { config, authority: upgradeAuthority, payer }));

  expect(cluster.account(config)?.data).toEqual(configV2({ authority: authority.address, value: 7n }));
  expect(cluster.lamports(authority.address)).toBe(FUNDS - V1_RENT);
});

test("a stranger migrates nobody's", async () => {
  const cluster = await onRelease(2);
  const { config } = await ownerOfV1(cluster, 7);
  const stranger = await cluster.fundedKey("stranger");
  const migrate = await migrateConfig(cluster.rpc, { config, authority: stranger });
  expect(await rejection(cluster, migrate)).toMatchObject({ source: "app", code: 6012, name: "WrongUpgradeAuthority" });

  const programData = app.APP_PROGRAM_ADDRESS;
  const unproven = app.getMigrateInstruction({ config, authority: stranger, payer: stranger, programData });
  expect(await rejection(cluster, unproven)).toMatchObject({ source: "app", code: 6011, name: "CannotMigrate" });
});

test("a second migration is rejected, by the program and by the client", async () => {
  const cluster = await onRelease(2);
  const { authority, config } = await ownerOfV1(cluster, 7);
  const migrate = await migrateConfig(cluster.rpc, { config, authority });
  const rejected = { source: "app", code: 6002, name: "AlreadyMigrated" };
  expect(await rejection(cluster, migrate, migrate)).toMatchObject(rejected);

  await cluster.send(migrate);
  expect(await rejection(cluster, migrate)).toMatchObject(rejected);
  const error = await errorOf(migrateConfig(cluster.rpc, { config, authority }));
  expect(error).toBeInstanceOf(ConfigError);
  expect(error).toMatchObject({ failure: rejected });
});

test("a retired config is not migrated", async () => {
  const cluster = await onRelease(2);
  const owned = await ownerOfV1(cluster, 7);
  const { authority, config } = owned;
  const migrate = await migrateConfig(cluster.rpc, { config, authority });
  retire(cluster, owned);

  const rejected = { source: "app", code: 6024, name: "Retired" };
  expect(await rejection(cluster, migrate)).toMatchObject(rejected);
  expect(await errorOf(migrateConfig(cluster.rpc, { config, authority }))).toMatchObject({ failure: rejected });
});

test("a payer who cannot pay is rejected", async () => {
  const cluster = await onRelease(2);
  const { authority, config } = await ownerOfV1(cluster, 7);
  const poor = await key("poor");
  cluster.fund(poor.address, V2_RENT - V1_RENT - 1n);
  const migrate = await migrateConfig(cluster.rpc, { config, authority, payer: poor });
  expect(await rejection(cluster, migrate)).toMatchObject({ source: "app", code: 6009, name: "InsufficientFunds" });
});

test("configs are migrated side by side in one transaction", async () => {
  const cluster = await onRelease(2);
  const anna = await ownerOfV1(cluster, 1, "anna");
  const bert = await ownerOfV1(cluster, 2, "bert");
  const cora = await ownerOfV2(cluster, 3, "cora");
  const before = cluster.account(cora.config);
  await cluster.send(await migrateConfig(cluster.rpc, anna), await migrateConfig(cluster.rpc, bert));

  expect(cluster.account(anna.config)?.data).toEqual(configV2({ authority: anna.authority.address, value: 1n }));
  expect(cluster.account(bert.config)?.data).toEqual(configV2({ authority: bert.authority.address, value: 2n }));
  expect(cluster.account(cora.config)).toEqual(before);
});
