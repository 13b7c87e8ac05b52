import { AccountRole, type Address } from "@solana/kit";
import { expect, test } from "vitest";
import { app, migrateConfigs, parseInstruction } from "../../src/clients/v2";
import { type Cluster, FUNDS } from "../support/cluster";
import { ownerOfV1, ownerOfV2 } from "../support/config";
import { key } from "../support/key";
import { configV1, configV2 } from "../support/layout";
import { rejection } from "../support/rejection";
import { onRelease } from "../support/scene";

/** Lamports of 96 bytes, and how many of them a config of 48 bytes lacks. */
const V2_RENT = 1_559_040n;
const MISSING = 334_080n;

/** Two people with a `ConfigV1` and one with a `ConfigV2`; the upgrade authority has {@link FUNDS}. */
async function scene() {
  const cluster = await onRelease(2);
  const { upgradeAuthority } = cluster;
  cluster.fund(upgradeAuthority.address, FUNDS);
  const anna = await ownerOfV1(cluster, 1, "anna");
  const bert = await ownerOfV2(cluster, 2, "bert");
  const carl = await ownerOfV1(cluster, 3, "carl");
  return { cluster, upgradeAuthority, anna, bert, carl, configs: [anna.config, bert.config, carl.config] };
}

function expectConfigV2(cluster: Cluster, config: Address, authority: Address, value: bigint) {
  expect(cluster.account(config)?.data).toEqual(configV2({ authority, value }));
  expect(cluster.lamports(config)).toBe(V2_RENT);
}

test("every ConfigV1 is migrated, and the upgrade authority pays what they lack", async () => {
  const { cluster, upgradeAuthority, anna, bert, carl, configs } = await scene();
  await cluster.send(migrateConfigs({ configs, upgradeAuthority, maxTopUp: 2n * MISSING }));

  expectConfigV2(cluster, anna.config, anna.authority.address, 1n);
  expectConfigV2(cluster, bert.config, bert.authority.address, 2n);
  expectConfigV2(cluster, carl.config, carl.authority.address, 3n);
  expect(cluster.lamports(upgradeAuthority.address)).toBe(FUNDS - 2n * MISSING);
});

test("another payer pays", async () => {
  const { cluster, upgradeAuthority, carl, configs } = await scene();
  const payer = await cluster.fundedKey("payer");
  await cluster.send(migrateConfigs({ configs, upgradeAuthority, payer, maxTopUp: 2n * MISSING }));

  expectConfigV2(cluster, carl.config, carl.authority.address, 3n);
  expect(cluster.lamports(payer.address)).toBe(FUNDS - 2n * MISSING);
  expect(cluster.lamports(upgradeAuthority.address)).toBe(FUNDS);
});

test("nobody pays more than the limit", async () => {
  const { cluster, upgradeAuthority, anna, configs } = await scene();
  const batch = migrateConfigs({ configs, upgradeAuthority, maxTopUp: 2n * MISSING - 1n });

  expect(await rejection(cluster, batch)).toMatchObject({ source: "app", code: 6028, name: "TopUpAboveLimit" });
  expect(cluster.account(anna.config)?.data).toEqual(configV1(anna.authority.address, 1n));
});

test("an account that is no config fails the batch", async () => {
  const { cluster, upgradeAuthority, configs } = await scene();
  const { address } = await cluster.fundedKey("no config");
  const batch = migrateConfigs({ configs: [...configs, address], upgradeAuthority, maxTopUp: 2n * MISSING });

  expect(await rejection(cluster, batch)).toMatchObject({
    source: "anchor",
    code: 3007,
    name: "AccountOwnedByWrongProgram",
  });
});

test("a batch without configs and one by a config's authority are rejected", async () => {
  const { cluster, upgradeAuthority, anna, configs } = await scene();

  const empty = migrateConfigs({ configs: [], upgradeAuthority, maxTopUp: 0n });
  expect(await rejection(cluster, empty)).toMatchObject({ source: "app", code: 6027, name: "NoConfigs" });

  const stranger = migrateConfigs({ configs, upgradeAuthority: anna.authority, maxTopUp: 2n * MISSING });
  expect(await rejection(cluster, stranger)).toMatchObject({
    source: "app",
    code: 6012,
    name: "WrongUpgradeAuthority",
  });
});

test("the configs follow the named accounts, writable, and the instruction is read back", async () => {
  const [upgradeAuthority, config] = await Promise.all([key("upgrade authority"), key("config")]);
  const batch = migrateConfigs({ configs: [config.address], upgradeAuthority, maxTopUp: 5n });

  expect(batch.accounts?.slice(4)).toEqual([{ address: config.address, role: AccountRole.WRITABLE }]);
  expect(parseInstruction(batch)).toMatchObject({
    instructionType: app.AppInstruction.MigrateMany,
    accounts: { payer: { address: upgradeAuthority.address } },
    data: { maxTopUp: 5n },
  });
});
