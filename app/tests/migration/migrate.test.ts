import { expect, test } from "vitest";
import {
  app,
  ConfigError,
  fetchConfig,
  findConfigs,
  migrateAccount,
  migrateConfig,
  updateConfig,
} from "../../src/clients/v2";
import { FUNDS } from "../support/cluster";
import { ownerOfV1, ownerOfV2 } from "../support/config";
import { key } from "../support/key";
import { configV2 } from "../support/layout";
import { upgradeTo } from "../support/programs";
import { refusal, rejection } from "../support/refusal";
import { onRelease1, onRelease2, withProxyPath } from "../support/scene";

/** Lamports of 48 and of 96 bytes. */
const V1_RENT = 1_224_960n;
const V2_RENT = 1_559_040n;

test("release 1, its client, the upgrade, the migration, both clients", async () => {
  const cluster = await onRelease1();
  const { authority, config } = await ownerOfV1(cluster, 7);
  await upgradeTo(cluster, 2);
  expect((await findConfigs(cluster.rpc, "V1")).map(({ account }) => account.address)).toEqual([config]);

  await cluster.send(await migrateConfig(cluster.rpc, { config, authority }));
  expect(await findConfigs(cluster.rpc, "V1")).toEqual([]);
  expect((await fetchConfig(cluster.rpc, config)).version).toBe("V2");

  await cluster.send(await updateConfig(cluster.rpc, { config, signer: authority, value: 8 }));
  await cluster.send(app.getUpdateInstruction({ config, authority, value: 9 }));
  expect(cluster.account(config)?.data).toEqual(configV2({ authority: authority.address, value: 9n, revision: 2 }));
});

test("the authority pays exactly the missing rent", async () => {
  const cluster = await onRelease2();
  const { authority, config } = await ownerOfV1(cluster, 7);
  await cluster.send(await migrateConfig(cluster.rpc, { config, authority }));

  expect(cluster.account(config)?.data).toEqual(configV2({ authority: authority.address, value: 7n }));
  expect(cluster.lamports(config)).toBe(V2_RENT);
  expect(cluster.lamports(authority.address)).toBe(FUNDS - V2_RENT);
});

test("another payer pays it", async () => {
  const cluster = await onRelease2();
  const { authority, config } = await ownerOfV1(cluster, 7);
  const payer = await cluster.fundedKey("payer");
  await cluster.send(await migrateConfig(cluster.rpc, { config, authority, payer }));

  expect(cluster.lamports(config)).toBe(V2_RENT);
  expect(cluster.lamports(authority.address)).toBe(FUNDS - V1_RENT);
  expect(cluster.lamports(payer.address)).toBe(FUNDS - (V2_RENT - V1_RENT));
});

test("after the rent fell nobody pays, and the surplus stays", async () => {
  const cluster = await onRelease2();
  const { authority, config } = await ownerOfV1(cluster, 7);
  cluster.setRent(5_080n);
  await cluster.send(await migrateConfig(cluster.rpc, { config, authority }));

  expect(cluster.account(config)?.data).toEqual(configV2({ authority: authority.address, value: 7n }));
  expect(cluster.lamports(config)).toBe(V1_RENT);
  expect(cluster.lamports(authority.address)).toBe(FUNDS - V1_RENT);
});

test("the upgrade authority migrates anybody's config", async () => {
  const cluster = await onRelease2();
  const { authority, config } = await ownerOfV1(cluster, 7);
  const { upgradeAuthority, feePayer: payer } = cluster;
  await cluster.send(await migrateConfig(cluster.rpc, { config, authority: upgradeAuthority, payer }));

  expect(cluster.account(config)?.data).toEqual(configV2({ authority: authority.address, value: 7n }));
  expect(cluster.lamports(authority.address)).toBe(FUNDS - V1_RENT);
});

test("a stranger migrates nobody's", async () => {
  const cluster = await onRelease2();
  const { config } = await ownerOfV1(cluster, 7);
  const stranger = await cluster.fundedKey("stranger");
  const migrate = await migrateConfig(cluster.rpc, { config, authority: stranger });
  expect(await refusal(cluster, migrate)).toMatchObject({ source: "app", code: 6011, name: "CannotMigrate" });
});

test("a second migration is refused, by the program and by the client", async () => {
  const cluster = await onRelease2();
  const { authority, config } = await ownerOfV1(cluster, 7);
  const migrate = await migrateConfig(cluster.rpc, { config, authority });
  const refused = { source: "app", code: 6002, name: "AlreadyMigrated" };
  expect(await refusal(cluster, migrate, migrate)).toMatchObject(refused);

  await cluster.send(migrate);
  expect(await refusal(cluster, migrate)).toMatchObject(refused);
  const error = await rejection(migrateConfig(cluster.rpc, { config, authority }));
  expect(error).toBeInstanceOf(ConfigError);
  expect(error).toMatchObject({ failure: refused });
});

test("a retired config is not migrated", async () => {
  const cluster = await withProxyPath();
  const { authority, config } = await ownerOfV1(cluster, 7);
  const migrate = await migrateConfig(cluster.rpc, { config, authority });
  await cluster.send(await migrateAccount({ authority }));

  const refused = { source: "app", code: 6024, name: "Retired" };
  expect(await refusal(cluster, migrate)).toMatchObject(refused);
  expect(await rejection(migrateConfig(cluster.rpc, { config, authority }))).toMatchObject({ failure: refused });
});

test("a payer who cannot pay is told so", async () => {
  const cluster = await onRelease2();
  const { authority, config } = await ownerOfV1(cluster, 7);
  const poor = await key("poor");
  cluster.fund(poor.address, V2_RENT - V1_RENT - 1n);
  const migrate = await migrateConfig(cluster.rpc, { config, authority, payer: poor });
  expect(await refusal(cluster, migrate)).toMatchObject({ source: "app", code: 6009, name: "InsufficientFunds" });
});

test("configs are migrated side by side in one transaction", async () => {
  const cluster = await onRelease2();
  const anna = await ownerOfV1(cluster, 1, "anna");
  const bert = await ownerOfV1(cluster, 2, "bert");
  const cora = await ownerOfV2(cluster, 3, "cora");
  const before = cluster.account(cora.config);
  await cluster.send(await migrateConfig(cluster.rpc, anna), await migrateConfig(cluster.rpc, bert));

  expect(cluster.account(anna.config)?.data).toEqual(configV2({ authority: anna.authority.address, value: 1n }));
  expect(cluster.account(bert.config)?.data).toEqual(configV2({ authority: bert.authority.address, value: 2n }));
  expect(cluster.account(cora.config)).toEqual(before);
});
