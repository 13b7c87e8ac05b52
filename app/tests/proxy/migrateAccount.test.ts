import { getProgramDerivedAddress, getAddressEncoder, getUtf8Encoder } from "@solana/kit";
import BN from "bn.js";
import { describe, expect, test } from "vitest";
import { fetchSuccessor, findSuccessor, migrateAccount, successor, successorRent } from "../../src/clients/proxy";
import { app } from "../../src/clients/v2";
import { account } from "../support/account";
import { FUNDS } from "../support/cluster";
import { ownerOfV1, ownerOfV2 } from "../support/config";
import { key, legacyKey } from "../support/key";
import { RETIRED } from "../support/layout";
import { oldClient } from "../support/oldClient";
import { errorOf } from "../support/rejection";
import { binary } from "../support/release";
import { SUCCESSOR_RENT, successorConfig } from "./support/layout";
import { rejection } from "./support/rejection";
import { withProxyPath } from "./support/scene";

/** Lamports of 8, 48 and 96 bytes. */
const RETIRED_RENT = 946_560n;
const V1_RENT = 1_224_960n;
const V2_RENT = 1_559_040n;

describe.each([
  { version: 1 as const, owner: ownerOfV1, rent: V1_RENT },
  { version: 2 as const, owner: ownerOfV2, rent: V2_RENT },
])("a config of version $version", ({ version, owner, rent }) => {
  async function scene() {
    const cluster = await withProxyPath();
    const { authority, config } = await owner(cluster, 7);
    const slot = cluster.svm.getClock().slot;
    const fields = { predecessor: config, version, slot, authority: authority.address, value: 7n };
    return { cluster, authority, config, adopted: successorConfig(fields) };
  }

  test("moves to the successor program, and nothing but eight bytes stays", async () => {
    const { cluster, authority, config, adopted } = await scene();
    await cluster.send(await migrateAccount({ authority, maxPayment: SUCCESSOR_RENT }));

    const old = cluster.account(config);
    expect(old?.data).toEqual(RETIRED);
    expect(old?.programAddress).toBe(app.APP_PROGRAM_ADDRESS);
    expect(old?.lamports).toBe(RETIRED_RENT);
    const found = cluster.account(await findSuccessor(config));
    expect(found?.data).toEqual(adopted);
    expect(found?.programAddress).toBe(successor.SUCCESSOR_PROGRAM_ADDRESS);
    expect(found?.lamports).toBe(SUCCESSOR_RENT);
    expect(cluster.lamports(authority.address)).toBe(FUNDS - RETIRED_RENT - SUCCESSOR_RENT);
  });

  test("may have another payer and another recipient", async () => {
    const { cluster, authority } = await scene();
    const payer = await cluster.fundedKey("payer");
    const recipient = await cluster.fundedKey("recipient");
    await cluster.send(
      await migrateAccount({ authority, payer, recipient: recipient.address, maxPayment: SUCCESSOR_RENT }),
    );

    expect(cluster.lamports(authority.address)).toBe(FUNDS - rent);
    expect(cluster.lamports(payer.address)).toBe(FUNDS - SUCCESSOR_RENT);
    expect(cluster.lamports(recipient.address)).toBe(FUNDS + rent - RETIRED_RENT);
  });

  test("pays the payer when nobody else is named", async () => {
    const { cluster, authority } = await scene();
    const payer = await cluster.fundedKey("payer");
    await cluster.send(await migrateAccount({ authority, payer, maxPayment: SUCCESSOR_RENT }));

    expect(cluster.lamports(payer.address)).toBe(FUNDS - SUCCESSOR_RENT + rent - RETIRED_RENT);
  });

  test("is found at its new address", async () => {
    const { cluster, authority, config } = await scene();
    expect(await fetchSuccessor(cluster.rpc, config)).toBeNull();
    await cluster.send(await migrateAccount({ authority, maxPayment: SUCCESSOR_RENT }));

    const found = await fetchSuccessor(cluster.rpc, config);
    expect(found?.address).toBe(await findSuccessor(config));
    expect(found?.data).toMatchObject({
      origin: { predecessor: config, version, slot: cluster.svm.getClock().slot },
      authority: authority.address,
      value: 7n,
      revision: 0n,
      operators: [],
    });
  });

  test("is migrated as it was reviewed or not at all", async () => {
    const { cluster, authority, config } = await scene();
    const reviewed = cluster.account(config)?.data;
    if (reviewed === undefined) throw new Error("there is a config");
    await cluster.send(app.getUpdateInstruction({ config, authority, value: 8 }));
    const late = await migrateAccount({ authority, maxPayment: SUCCESSOR_RENT, reviewed });
    expect(await rejection(cluster, late)).toMatchObject({ source: "migrator", code: 6007, name: "UnexpectedData" });

    const now = cluster.account(config)?.data;
    if (now === undefined) throw new Error("there is a config");
    await cluster.send(await migrateAccount({ authority, maxPayment: SUCCESSOR_RENT, reviewed: now }));
    expect((await fetchSuccessor(cluster.rpc, config))?.data.value).toBe(8n);
  });

  test("is migrated once", async () => {
    const { cluster, authority } = await scene();
    await cluster.send(await migrateAccount({ authority, maxPayment: SUCCESSOR_RENT }));
    expect(await rejection(cluster, await migrateAccount({ authority, maxPayment: SUCCESSOR_RENT }))).toMatchObject({
      source: "migrator",
      code: 6000,
      name: "AlreadyMigrated",
    });
  });

  test("ends for release-1 clients, which read no more than an unknown discriminator", async () => {
    const { cluster, authority } = await scene();
    await cluster.send(await migrateAccount({ authority, maxPayment: SUCCESSOR_RENT }));
    const client = oldClient(cluster, "authority");
    const { publicKey } = legacyKey("authority");

    expect(await errorOf(client.fetchConfig(publicKey))).toEqual(new Error("Invalid account discriminator"));
    expect(await errorOf(client.update(publicKey, new BN(8)).rpc())).toMatchObject({
      error: { errorCode: { code: "Retired", number: 6024 } },
    });
  });

  test("is updated by its authority in the successor program", async () => {
    const { cluster, authority, config } = await scene();
    await cluster.send(await migrateAccount({ authority, maxPayment: SUCCESSOR_RENT }));
    const address = await findSuccessor(config);
    await cluster.send(successor.getUpdateInstruction({ config: address, authority, value: 9 }));
    expect((await fetchSuccessor(cluster.rpc, config))?.data).toMatchObject({ value: 9n, revision: 1n });

    const stranger = await cluster.fundedKey("stranger");
    const update = successor.getUpdateInstruction({ config: address, authority: stranger, value: 10 });
    expect(await rejection(cluster, update)).toMatchObject({ source: "successor", code: 6002, name: "WrongAuthority" });
  });
});

test("operators and the fee move too", async () => {
  const cluster = await withProxyPath();
  const { authority, config } = await ownerOfV2(cluster, 7);
  const operators = [(await key("anna")).address];
  const feeMint = (await key("mint")).address;
  await cluster.send(
    app.getSetOperatorsInstruction({ config, authority, operators }),
    app.getSetFeeInstruction({ config, authority, fee: 5, feeMint }),
    await migrateAccount({ authority, maxPayment: await successorRent(cluster.rpc, 1) }),
  );

  expect(cluster.account(await findSuccessor(config))?.data).toEqual(
    successorConfig({
      predecessor: config,
      version: 2,
      slot: cluster.svm.getClock().slot,
      authority: authority.address,
      value: 7n,
      revision: 1,
      fee: 5n,
      feeMint,
      operators,
    }),
  );
});

/** A sponsor of somebody's migration, and what the sponsor pays at the most: the old lamports go elsewhere. */
async function sponsored(owner: typeof ownerOfV1) {
  const cluster = await withProxyPath();
  const owned = await owner(cluster, 7);
  const payer = await cluster.fundedKey("sponsor");
  const recipient = owned.authority.address;
  const migrate = (maxPayment: bigint) => migrateAccount({ authority: owned.authority, payer, recipient, maxPayment });
  const paid = () => FUNDS - cluster.lamports(payer.address);
  return { cluster, ...owned, migrate, paid };
}

test("a sponsor pays exactly the limit, and nothing when it is a lamport short", async () => {
  const { cluster, migrate, paid } = await sponsored(ownerOfV1);
  expect(await rejection(cluster, await migrate(SUCCESSOR_RENT - 1n))).toEqual({
    source: "migrator",
    code: 6010,
    name: "PaymentAboveLimit",
    message: "the payer would pay more lamports (1872240) than max_payment (1872239): pass a higher limit",
  });

  await cluster.send(await migrate(SUCCESSOR_RENT));
  expect(paid()).toBe(SUCCESSOR_RENT);
});

test("a sponsor does not pay for operators that the config got meanwhile", async () => {
  const { cluster, authority, config, migrate, paid } = await sponsored(ownerOfV1);
  const late = await migrate(await successorRent(cluster.rpc, 0));
  const names = Array.from({ length: 16 }, (_, i) => `operator ${i}`);
  const operators = (await Promise.all(names.map(key))).map(({ address }) => address);
  await cluster.send(
    app.getMigrateInstruction({ config, authority, payer: authority }),
    app.getSetOperatorsInstruction({ config, authority, operators }),
  );
  expect(await rejection(cluster, late)).toMatchObject({
    source: "migrator",
    code: 6010,
    message: "the payer would pay more lamports (5435760) than max_payment (1872240): pass a higher limit",
  });

  const rent = await successorRent(cluster.rpc, 16);
  expect(rent).toBe(5_435_760n);
  expect(await rejection(cluster, await migrate(rent - 1n))).toMatchObject({ source: "migrator", code: 6010 });
  await cluster.send(await migrate(rent));
  expect(paid()).toBe(rent);
});

test("lamports that are there already count", async () => {
  const { cluster, config, migrate, paid } = await sponsored(ownerOfV2);
  cluster.fund(await findSuccessor(config), V1_RENT);
  expect(await rejection(cluster, await migrate(SUCCESSOR_RENT - V1_RENT - 1n))).toMatchObject({
    source: "migrator",
    code: 6010,
  });

  await cluster.send(await migrate(SUCCESSOR_RENT - V1_RENT));
  expect(paid()).toBe(SUCCESSOR_RENT - V1_RENT);
});

test("the rent of a successor is the cluster's", async () => {
  const { cluster, migrate, paid } = await sponsored(ownerOfV2);
  cluster.setRent(5_080n);
  const rent = await successorRent(cluster.rpc, 0);
  expect(rent).toBe(1_366_520n);
  expect(await rejection(cluster, await migrate(rent - 1n))).toMatchObject({ source: "migrator", code: 6010 });

  await cluster.send(await migrate(rent));
  expect(paid()).toBe(rent);
});

test("a payer who has less than the new config needs is rejected, with both amounts", async () => {
  const cluster = await withProxyPath();
  const { authority } = await ownerOfV1(cluster, 7);
  const poor = await key("poor");
  cluster.fund(poor.address, SUCCESSOR_RENT - 1n);
  const recipient = authority.address;
  const migrate = await migrateAccount({ authority, payer: poor, recipient, maxPayment: SUCCESSOR_RENT });

  expect(await rejection(cluster, migrate)).toEqual({
    source: "migrator",
    code: 6013,
    name: "InsufficientFunds",
    message: "the payer has fewer lamports (1872239) than it would pay (1872240): fund the payer",
  });
});

test("nobody migrates the config of another", async () => {
  const cluster = await withProxyPath();
  const { authority } = await ownerOfV1(cluster, 7);
  const stranger = await cluster.fundedKey("stranger");
  const own = await migrateAccount({ authority, maxPayment: SUCCESSOR_RENT });
  const accounts = own.accounts?.map((account) =>
    account.address === authority.address ? { ...account, address: stranger.address, signer: stranger } : account,
  );
  expect(await rejection(cluster, { ...own, accounts: accounts ?? [] })).toMatchObject({
    source: "migrator",
    code: 6005,
    name: "WrongAuthority",
  });
});

test("the successor's address is derived from the old one alone", async () => {
  const oldConfig = (await key("old config")).address;
  const [derived] = await getProgramDerivedAddress({
    programAddress: binary("proxy/successor").idl.address,
    seeds: [getUtf8Encoder().encode("config"), getAddressEncoder().encode(oldConfig)],
  });
  expect(await findSuccessor(oldConfig)).toBe(derived);
});

test("lamports and accounts of others at the successor's address are no successor", async () => {
  const cluster = await withProxyPath();
  const { authority, config } = await ownerOfV1(cluster, 7);
  const address = await findSuccessor(config);
  const data = successorConfig({ predecessor: config, version: 1, slot: 0n, authority: authority.address, value: 7n });
  const found = () => fetchSuccessor(cluster.rpc, config);

  cluster.fund(address, FUNDS);
  expect(await found()).toBeNull();
  cluster.svm.setAccount(account(address, data, app.APP_PROGRAM_ADDRESS));
  expect(await found()).toBeNull();
  cluster.svm.setAccount(account(address, new Uint8Array(141), successor.SUCCESSOR_PROGRAM_ADDRESS));
  expect(await found()).toBeNull();
  cluster.svm.setAccount(account(address, data, successor.SUCCESSOR_PROGRAM_ADDRESS));
  expect((await found())?.data.value).toBe(7n);
});
