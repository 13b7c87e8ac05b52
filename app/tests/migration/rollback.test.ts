import BN from "bn.js";
import { expect, test } from "vitest";
import { app, migrateConfig } from "../../src/clients/v2";
import { FUNDS } from "../support/cluster";
import { ownerOfV1, ownerOfV2 } from "../support/config";
import { legacyKey } from "../support/key";
import { configV1, configV2 } from "../support/layout";
import { oldClient } from "../support/oldClient";
import { release } from "../support/release";
import { rejection } from "../support/rejection";
import { onRelease } from "../support/scene";

/** Lamports of 96 bytes. */
const V2_RENT = 1_559_040n;

async function scene() {
  const cluster = await onRelease(2);
  const { upgradeAuthority } = cluster;
  cluster.fund(upgradeAuthority.address, FUNDS);
  const { authority, config } = await ownerOfV2(cluster, 7);
  const rollback = (discardV2Data: boolean) => app.getRollbackInstruction({ config, upgradeAuthority, discardV2Data });
  return { cluster, authority, config, rollback };
}

test("a config goes back to the layout of release 1 and keeps its lamports", async () => {
  const { cluster, authority, config, rollback } = await scene();
  await cluster.send(rollback(false));

  expect(cluster.account(config)?.data).toEqual(configV1(authority.address, 7n));
  expect(cluster.lamports(config)).toBe(V2_RENT);
  expect(cluster.lamports(cluster.upgradeAuthority.address)).toBe(FUNDS);
});

test("release 1 and its client work again after it, and the next migration is free", async () => {
  const { cluster, authority, config, rollback } = await scene();
  await cluster.send(rollback(false));
  await cluster.upgrade(release(1));
  await oldClient(cluster, "authority").update(legacyKey("authority").publicKey, new BN(8)).rpc();
  expect(cluster.account(config)?.data).toEqual(configV1(authority.address, 8n));

  await cluster.upgrade(release(2));
  await cluster.send(await migrateConfig(cluster.rpc, { config, authority }));
  expect(cluster.account(config)?.data).toEqual(configV2({ authority: authority.address, value: 8n }));
  expect(cluster.lamports(config)).toBe(V2_RENT);
  expect(cluster.lamports(authority.address)).toBe(FUNDS - V2_RENT);
});

test("what only release 2 holds is lost only when asked to", async () => {
  const { cluster, authority, config, rollback } = await scene();
  await cluster.send(
    app.getUpdateV2Instruction({ config, signer: authority, value: 8, expectedRevision: null, maxFee: 0 }),
  );
  expect(await rejection(cluster, rollback(false))).toMatchObject({
    source: "app",
    code: 6022,
    name: "WouldDiscardV2Data",
  });

  await cluster.send(rollback(true));
  expect(cluster.account(config)?.data).toEqual(configV1(authority.address, 8n));
});

test("the config's authority cannot roll back", async () => {
  const { cluster, authority, config } = await scene();
  const rollback = app.getRollbackInstruction({ config, upgradeAuthority: authority, discardV2Data: false });
  expect(await rejection(cluster, rollback)).toMatchObject({
    source: "app",
    code: 6012,
    name: "WrongUpgradeAuthority",
  });
});

test("a ConfigV1 is not rolled back", async () => {
  const { cluster } = await scene();
  const { config } = await ownerOfV1(cluster, 7, "anna");
  const { upgradeAuthority } = cluster;
  const rollback = app.getRollbackInstruction({ config, upgradeAuthority, discardV2Data: false });
  expect(await rejection(cluster, rollback)).toMatchObject({ source: "app", code: 6001, name: "NotMigrated" });
});
