import { expect, test } from "vitest";
import { app, ConfigError, type Failure, updateConfig } from "../../src/clients/v2";
import { ownerOfV1, ownerOfV2, retire } from "../support/config";
import { configV1, configV2 } from "../support/layout";
import { errorOf, rejection } from "../support/rejection";
import { onRelease } from "../support/scene";

/** Why the client itself rejected it. */
async function clientsRejection(promise: Promise<unknown>): Promise<Failure> {
  const error = await errorOf(promise);
  if (!(error instanceof ConfigError)) throw error;
  return error.failure;
}

test("it sends update to a ConfigV1", async () => {
  const cluster = await onRelease(2);
  const { authority, config } = await ownerOfV1(cluster, 7);
  const update = await updateConfig(cluster.rpc, { config, signer: authority, value: 8 });
  expect(app.identifyAppInstruction(update.data ?? new Uint8Array())).toBe(app.AppInstruction.Update);

  await cluster.send(update);
  expect(cluster.account(config)?.data).toEqual(configV1(authority.address, 8n));
});

test("it sends update_v2 to a ConfigV2", async () => {
  const cluster = await onRelease(2);
  const { authority, config } = await ownerOfV2(cluster, 7);
  const update = await updateConfig(cluster.rpc, { config, signer: authority, value: 8 });
  expect(app.identifyAppInstruction(update.data ?? new Uint8Array())).toBe(app.AppInstruction.UpdateV2);

  await cluster.send(update);
  expect(cluster.account(config)?.data).toEqual(configV2({ authority: authority.address, value: 8n, revision: 1 }));
});

test("what it made for a ConfigV1 still works after the migration", async () => {
  const cluster = await onRelease(2);
  const { authority, config } = await ownerOfV1(cluster, 7);
  const update = await updateConfig(cluster.rpc, { config, signer: authority, value: 8 });
  await cluster.send(app.getMigrateInstruction({ config, authority, payer: authority }), update);

  expect(cluster.account(config)?.data).toEqual(configV2({ authority: authority.address, value: 8n, revision: 1 }));
});

test("it expects the revision that it read", async () => {
  const cluster = await onRelease(2);
  const { authority, config } = await ownerOfV2(cluster, 7);
  const late = await updateConfig(cluster.rpc, { config, signer: authority, value: 8 });
  await cluster.send(await updateConfig(cluster.rpc, { config, signer: authority, value: 9 }));

  expect(await rejection(cluster, late)).toMatchObject({ source: "app", code: 6015, name: "RevisionMismatch" });
});

test("it takes any revision when asked to", async () => {
  const cluster = await onRelease(2);
  const { authority, config } = await ownerOfV2(cluster, 7);
  const late = await updateConfig(cluster.rpc, { config, signer: authority, value: 8, expectedRevision: null });
  await cluster.send(await updateConfig(cluster.rpc, { config, signer: authority, value: 9 }));
  await cluster.send(late);

  expect(cluster.account(config)?.data).toEqual(configV2({ authority: authority.address, value: 8n, revision: 2 }));
});

test("it expects the revision that it is given", async () => {
  const cluster = await onRelease(2);
  const { authority, config } = await ownerOfV2(cluster, 7);
  const update = await updateConfig(cluster.rpc, { config, signer: authority, value: 8, expectedRevision: 1 });

  expect(await rejection(cluster, update)).toMatchObject({ source: "app", code: 6015, name: "RevisionMismatch" });
});

test("a stranger cannot update a ConfigV1", async () => {
  const cluster = await onRelease(2);
  const { config } = await ownerOfV1(cluster, 7);
  const signer = await cluster.fundedKey("stranger");

  expect(await clientsRejection(updateConfig(cluster.rpc, { config, signer, value: 8 }))).toEqual({
    source: "app",
    code: 6000,
    name: "WrongAuthority",
    message: "the signer is not the config's authority: sign with the authority",
  });
});

test("it asks for the fee's accounts before anything is sent", async () => {
  const cluster = await onRelease(2);
  const { authority, config } = await ownerOfV2(cluster, 7);
  await cluster.send(app.getSetFeeInstruction({ config, authority, fee: 5, feeMint: authority.address }));

  expect(await clientsRejection(updateConfig(cluster.rpc, { config, signer: authority, value: 8 }))).toMatchObject({
    source: "app",
    code: 6016,
    name: "FeeAccountsMissing",
  });
});

test("a retired config cannot be updated", async () => {
  const cluster = await onRelease(2);
  const owned = await ownerOfV2(cluster, 7);
  const { authority, config } = owned;
  retire(cluster, owned);

  expect(await clientsRejection(updateConfig(cluster.rpc, { config, signer: authority, value: 8 }))).toMatchObject({
    source: "app",
    code: 6024,
    name: "Retired",
  });
});
