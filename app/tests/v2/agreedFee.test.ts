import { expect, test } from "vitest";
import { app, parseInstruction, updateConfig } from "../../src/clients/v2";
import { errorOf, rejection } from "../support/rejection";
import { feeScene } from "../support/feeScene";
import { createMint, createTokenAccount, TOKEN_PROGRAMS, tokenAmount } from "../support/token";

// What an operator agreed to is what it said, not what the config says when its update arrives.

const scene = () => feeScene(TOKEN_PROGRAMS["SPL Token"], 1_000n);
type Scene = Awaited<ReturnType<typeof scene>>;

const ABOVE_LIMIT = {
  source: "app",
  code: 6031,
  name: "FeeAboveLimit",
  message: "the config's fee (500) is above max_fee (5): agree to it, or ask the authority",
};

test("a fee of exactly what was agreed is charged", async () => {
  const { cluster, amounts, update } = await scene();
  await cluster.send(await update());

  expect(await amounts()).toEqual([995n, 5n]);
});

test("a fee of one more than was agreed is rejected, by the program and by the client", async () => {
  const { cluster, config, operator, fee, amounts, update } = await scene();
  const rejected = {
    source: "app",
    code: 6031,
    name: "FeeAboveLimit",
    message: "the config's fee (5) is above max_fee (4): agree to it, or ask the authority",
  };
  const instruction = app.getUpdateV2Instruction({
    config,
    signer: operator,
    value: 8,
    expectedRevision: 1,
    maxFee: 4,
    feeSource: fee.source,
    feeVault: fee.vault,
    feeMint: fee.mint,
    tokenProgram: fee.tokenProgram,
  });
  expect(await rejection(cluster, instruction)).toEqual(rejected);
  expect(await amounts()).toEqual([1_000n, 0n]);
  expect(await errorOf(update({ fee: { ...fee, max: 4n } }))).toMatchObject({ failure: rejected, address: config });
});

test("more may be agreed to than is charged", async () => {
  const { cluster, fee, amounts, update } = await scene();
  const instruction = await update({ fee: { ...fee, max: 500n } });
  expect(parseInstruction(instruction)).toMatchObject({ data: { maxFee: 500n } });
  await cluster.send(instruction);

  expect(await amounts()).toEqual([995n, 5n]);
});

test("a fee that was raised meanwhile is rejected, though any revision is accepted", async () => {
  const { cluster, authority, config, fee, amounts, update } = await scene();
  const late = await update({ expectedRevision: null });
  await cluster.send(app.getSetFeeInstruction({ config, authority, fee: 500, feeMint: fee.mint }));

  expect(await rejection(cluster, late)).toEqual(ABOVE_LIMIT);
  expect(await amounts()).toEqual([1_000n, 0n]);
});

test("a fee that was set meanwhile is rejected when none was agreed to", async () => {
  const { cluster, authority, config, operator, fee } = await scene();
  await cluster.send(app.getSetFeeInstruction({ config, authority, fee: 0, feeMint: fee.mint }));
  const late = await updateConfig(cluster.rpc, { config, signer: operator, value: 8, expectedRevision: null });
  expect(parseInstruction(late)).toMatchObject({ data: { maxFee: 0n }, accounts: { feeSource: undefined } });
  await cluster.send(app.getSetFeeInstruction({ config, authority, fee: 1, feeMint: fee.mint }));

  expect(await rejection(cluster, late)).toMatchObject({ source: "app", code: 6016, name: "FeeAccountsMissing" });
});

test("a fee that was set meanwhile is charged when it was agreed to", async () => {
  const { cluster, authority, config, fee, amounts, update } = await scene();
  await cluster.send(app.getSetFeeInstruction({ config, authority, fee: 0, feeMint: fee.mint }));
  const late = await update({ expectedRevision: null });
  await cluster.send(app.getSetFeeInstruction({ config, authority, fee: 5, feeMint: fee.mint }));
  await cluster.send(late);

  expect(await amounts()).toEqual([995n, 5n]);
});

/** Brings the config to another fee at the revision that the operator saw. */
type Reset = (scene: Scene, fee: number, feeMint: Scene["fee"]["mint"]) => Promise<void>;

const closed: Reset = async ({ cluster, authority, config, operator }, fee, feeMint) => {
  await cluster.send(app.getCloseInstruction({ config, authority }));
  await cluster.send(
    await app.getInitializeV2InstructionAsync({ authority, value: 7, fee, feeMint, operators: [operator.address] }),
    app.getUpdateInstruction({ config, authority, value: 7 }),
  );
};

const rolledBack: Reset = async ({ cluster, authority, config, operator }, fee, feeMint) => {
  const { upgradeAuthority } = cluster;
  await cluster.send(
    app.getRollbackInstruction({ config, upgradeAuthority, discardV2Data: true }),
    app.getMigrateInstruction({ config, authority, payer: authority }),
    app.getSetOperatorsInstruction({ config, authority, operators: [operator.address] }),
    app.getSetFeeInstruction({ config, authority, fee, feeMint }),
  );
};

test.each([
  ["closed and created again", closed],
  ["rolled back and migrated again", rolledBack],
])("a config that is %s does not charge a later fee at the revision that was seen", async (_how, reset) => {
  const start = await scene();
  const { cluster, config, fee, amounts, update } = start;
  const late = await update();
  expect(parseInstruction(late)).toMatchObject({ data: { expectedRevision: { value: 1 } } });
  await reset(start, 500, fee.mint);
  const now = await app.fetchConfigV2(cluster.rpc, config);
  expect(now.data).toMatchObject({ revision: 1, fee: 500n, feeMint: fee.mint });

  expect(await rejection(cluster, late)).toEqual(ABOVE_LIMIT);
  expect(await errorOf(update())).toMatchObject({ failure: ABOVE_LIMIT });
  expect(await amounts()).toEqual([1_000n, 0n]);

  await cluster.send(await update({ fee: { ...fee, max: 500n } }));
  expect(await amounts()).toEqual([500n, 500n]);
});

test.each([
  ["closed and created again", closed],
  ["rolled back and migrated again", rolledBack],
])("a config that is %s does not charge the fee in another token", async (_how, reset) => {
  const start = await scene();
  const { cluster, config, operator, authority, fee, amounts, update } = start;
  const gold = await createMint(cluster, fee.tokenProgram, "gold");
  const source = await createTokenAccount(cluster, gold, "gold of operator", operator.address, 1_000n);
  const vault = await createTokenAccount(cluster, gold, "gold of authority", authority.address, 0n);
  const late = await update();
  await reset(start, 5, gold.mint);

  const rejected = {
    source: "app",
    code: 6017,
    name: "WrongFeeMint",
    message: `the mint (${fee.mint}) is not the config's fee mint (${gold.mint}): pass that one`,
  };
  expect(await rejection(cluster, late)).toEqual(rejected);
  expect(await errorOf(update())).toMatchObject({ failure: rejected, address: config });
  expect(await amounts()).toEqual([1_000n, 0n]);

  await cluster.send(await update({ fee: { ...fee, mint: gold.mint, source, vault } }));
  expect(await tokenAmount(cluster, source)).toBe(995n);
  expect(await amounts()).toEqual([1_000n, 0n]);
});
