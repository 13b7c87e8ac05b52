import { expect, test } from "vitest";
import { app } from "../../src/clients/v2";
import { FUNDS } from "../support/cluster";
import { person } from "../support/config";
import { key } from "../support/key";
import { configV2 } from "../support/layout";
import { rejection } from "../support/rejection";
import { onRelease } from "../support/scene";

test("initialize_v2 makes a config of 96 bytes and 32 per operator", async () => {
  const cluster = await onRelease(2);
  const { authority, config } = await person(cluster);
  const operators = [(await key("anna")).address, (await key("bert")).address];
  const feeMint = (await key("mint")).address;
  await cluster.send(await app.getInitializeV2InstructionAsync({ authority, value: 7, fee: 5, feeMint, operators }));

  const account = cluster.account(config);
  expect(account?.data).toEqual(configV2({ authority: authority.address, value: 7n, fee: 5n, feeMint, operators }));
  expect(account?.lamports).toBe(2_004_480n); // (128 + 160 bytes) × 6,960
  expect(cluster.lamports(authority.address)).toBe(FUNDS - 2_004_480n);
});

test("a fee needs a mint", async () => {
  const cluster = await onRelease(2);
  const { authority } = await person(cluster);
  const noMint = app.getInitializeV2InstructionAsync({
    authority,
    value: 7,
    fee: 5,
    feeMint: cluster.account(authority.address)?.programAddress ?? authority.address,
    operators: [],
  });
  expect(await rejection(cluster, await noMint)).toMatchObject({ source: "app", code: 6021, name: "FeeMintMissing" });
});
