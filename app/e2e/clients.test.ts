import { AnchorProvider, Wallet, web3 } from "@anchor-lang/core";
import { type Address, createSolanaRpcSubscriptions, getBase64Encoder, type KeyPairSigner } from "@solana/kit";
import BN from "bn.js";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readKeyPair } from "../examples/support/environment";
import { connect, subscriptionsUrl } from "../examples/support/kit";
import { AppClient } from "../src/clients/v1";
import { app, fetchConfig, findConfigs, migrateConfig, updateConfig } from "../src/clients/v2";
import { type Localnet, startLocalnet } from "./localnet";

// One cluster and one config, from release 1 on: each test begins where the one before it ended.

let localnet: Localnet;
/** The release-1 client and the key it signs with. */
let old: AppClient;
let legacy: web3.Keypair;
/** The release-2 client of the same person. */
let current: Awaited<ReturnType<typeof connect>>;
let signer: KeyPairSigner;
let config: Address;

beforeAll(async () => {
  localnet = await startLocalnet();
  const secretKey = readKeyPair(localnet.keyFile("authority"));
  legacy = web3.Keypair.fromSecretKey(secretKey);
  const connection = new web3.Connection(localnet.url, "confirmed");
  old = new AppClient(new AnchorProvider(connection, new Wallet(legacy)));
  current = await connect({ url: localnet.url, secretKey });
  signer = current.signer;
  [config] = await app.findConfigPda({ authority: signer.address });
});

afterAll(() => localnet.stop());

function updateV2() {
  return app.getUpdateV2Instruction({ config, signer, value: 5, expectedRevision: null, maxFee: 0 });
}

test("a release-1 client creates and updates its config on release 1", async () => {
  await old.initialize(legacy.publicKey, new BN(1)).rpc();
  await old.update(legacy.publicKey, new BN(2)).rpc();

  expect((await old.fetchConfig(legacy.publicKey)).value.toNumber()).toBe(2);
});

test("release 1 does not know the instructions of release 2", async () => {
  await expect(current.send(updateV2())).rejects.toThrow("anchor rejected it: InstructionFallbackNotFound (101)");
});

test("the upgrade changes no account, and the release-1 client goes on", async () => {
  const before = (await fetchConfig(current.rpc, config)).account;
  await localnet.upgrade();

  await expect(current.send(updateV2())).rejects.toThrow(
    "app rejected it: NotMigrated (6001): the config still has the layout of release 1: call migrate first",
  );
  expect((await fetchConfig(current.rpc, config)).account).toEqual(before);
  await old.update(legacy.publicKey, new BN(3)).rpc();
  expect(await fetchConfig(current.rpc, config)).toMatchObject({ version: "V1", account: { data: { value: 3n } } });
});

test("a release-2 client updates the config that is still a ConfigV1", async () => {
  expect(await findConfigs(current.rpc, "V1")).toMatchObject([{ account: { address: config } }]);
  await current.send(await updateConfig(current.rpc, { config, signer, value: 4 }));

  expect((await old.fetchConfig(legacy.publicKey)).value.toNumber()).toBe(4);
});

test("a migration is seen by whoever subscribed to the account", async () => {
  const subscriptions = createSolanaRpcSubscriptions(subscriptionsUrl(localnet.url));
  const abort = new AbortController();
  const notifications = await subscriptions
    .accountNotifications(config, { commitment: "confirmed", encoding: "base64" })
    .subscribe({ abortSignal: abort.signal });
  const first = notifications[Symbol.asyncIterator]().next();

  await current.send(await migrateConfig(current.rpc, { config, authority: signer }));

  const notification = await first;
  abort.abort();
  if (notification.done === true) throw new Error("the subscription ended before the migration");
  const { data, owner } = notification.value.value;
  expect(owner).toBe(app.APP_PROGRAM_ADDRESS);
  expect(getBase64Encoder().encode(data[0])).toEqual(
    app.getConfigV2Encoder().encode({
      authority: signer.address,
      value: 4,
      revision: 0,
      fee: 0,
      feeMint: "11111111111111111111111111111111" as Address,
      operators: [],
    }),
  );
  expect(await findConfigs(current.rpc, "V1")).toEqual([]);
});

test("both clients update the ConfigV2, and the release-1 client cannot read it", async () => {
  await old.update(legacy.publicKey, new BN(6)).rpc();
  await current.send(await updateConfig(current.rpc, { config, signer, value: 7 }));

  expect(await fetchConfig(current.rpc, config)).toMatchObject({
    version: "V2",
    account: { data: { value: 7n, revision: 2 } },
  });
  await expect(old.fetchConfig(legacy.publicKey)).rejects.toThrow("Invalid account discriminator");
});
