import { expect, test } from "vitest";
import { app, updateConfig } from "../../src/clients/v2";
import { FUNDS } from "../support/cluster";
import { ownerOfV2 } from "../support/config";
import { key } from "../support/key";
import { configV2 } from "../support/layout";
import { rejection } from "../support/rejection";
import { onRelease } from "../support/scene";

/** Lamports that 32 bytes cost. */
const PER_OPERATOR = 222_720n;
/** (128 + 96 bytes) × 6,960 lamports. */
const RENT = 1_559_040n;

async function scene() {
  const cluster = await onRelease(2);
  const owned = await ownerOfV2(cluster, 7);
  const operators = await Promise.all(["anna", "bert", "cora"].map(key));
  const setOperators = (count: number) =>
    app.getSetOperatorsInstruction({ ...owned, operators: operators.slice(0, count).map(({ address }) => address) });
  return { cluster, ...owned, operators, setOperators };
}

test("the authority pays for operators and gets the rent of removed ones back", async () => {
  const { cluster, authority, config, operators, setOperators } = await scene();
  const addresses = operators.map(({ address }) => address);

  await cluster.send(setOperators(3));
  expect(cluster.account(config)?.data).toEqual(
    configV2({ authority: authority.address, value: 7n, operators: addresses }),
  );
  expect(cluster.lamports(config)).toBe(RENT + 3n * PER_OPERATOR);
  expect(cluster.lamports(authority.address)).toBe(FUNDS - RENT - 3n * PER_OPERATOR);

  await cluster.send(setOperators(1));
  expect(cluster.account(config)?.data).toEqual(
    configV2({ authority: authority.address, value: 7n, operators: addresses.slice(0, 1) }),
  );
  expect(cluster.lamports(config)).toBe(RENT + PER_OPERATOR);
  expect(cluster.lamports(authority.address)).toBe(FUNDS - RENT - PER_OPERATOR);
});

test("an operator updates; who is none any more does not", async () => {
  const { cluster, authority, config, operators, setOperators } = await scene();
  const [anna, bert] = operators;
  if (anna === undefined || bert === undefined) throw new Error("there are three operators");

  await cluster.send(setOperators(2));
  await cluster.send(await updateConfig(cluster.rpc, { config, signer: bert, value: 8 }));
  expect(cluster.account(config)?.data).toEqual(
    configV2({ authority: authority.address, value: 8n, revision: 1, operators: [anna.address, bert.address] }),
  );

  await cluster.send(setOperators(1));
  const update = await updateConfig(cluster.rpc, { config, signer: bert, value: 9 });
  expect(await rejection(cluster, update)).toMatchObject({ source: "app", code: 6014, name: "CannotUpdate" });
});

test("the same operator twice and a seventeenth operator are rejected", async () => {
  const { cluster, authority, config } = await scene();
  const anna = (await key("anna")).address;
  const twice = app.getSetOperatorsInstruction({ config, authority, operators: [anna, anna] });
  expect(await rejection(cluster, twice)).toMatchObject({ source: "app", code: 6020, name: "DuplicateOperator" });

  const names = Array.from({ length: 17 }, (_, i) => `operator ${i}`);
  const operators = (await Promise.all(names.map(key))).map(({ address }) => address);
  const tooMany = app.getSetOperatorsInstruction({ config, authority, operators });
  expect(await rejection(cluster, tooMany)).toMatchObject({ source: "app", code: 6019, name: "TooManyOperators" });
});
