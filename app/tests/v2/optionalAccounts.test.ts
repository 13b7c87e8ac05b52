import { web3 } from "@anchor-lang/core";
import { type Instruction } from "@solana/kit";
import { expect, test } from "vitest";
import { app, omitTrailingOptionals } from "../../src/clients/v2";
import { programDataAddress } from "../../../migrations/loader";
import { ownerOfV1, ownerOfV2 } from "../support/config";
import { configV2 } from "../support/layout";
import { createMint, createTokenAccount, TOKEN_PROGRAMS } from "../support/token";
import { onRelease } from "../support/scene";

function addressesOf({ accounts = [] }: Instruction): string[] {
  return accounts.map(({ address }) => address);
}

async function update() {
  const cluster = await onRelease(2);
  const { authority, config } = await ownerOfV2(cluster, 7);
  const input = { config, signer: authority, value: 8, expectedRevision: 0, maxFee: 0 };
  const updated = configV2({ authority: authority.address, value: 8n, revision: 1 });
  return { cluster, authority, config, input, updated };
}

test("update_v2 with the program's id in place of its four optional accounts", async () => {
  const { cluster, authority, config, input, updated } = await update();
  const instruction = app.getUpdateV2Instruction(input);
  const placeholders = Array<string>(4).fill(app.APP_PROGRAM_ADDRESS);
  expect(addressesOf(instruction)).toEqual([config, authority.address, ...placeholders]);

  await cluster.send(instruction);
  expect(cluster.account(config)?.data).toEqual(updated);
});

test("update_v2 without its four optional accounts", async () => {
  const { cluster, authority, config, input, updated } = await update();
  const instruction = omitTrailingOptionals(app.getUpdateV2Instruction(input));
  expect(addressesOf(instruction)).toEqual([config, authority.address]);

  await cluster.send(instruction);
  expect(cluster.account(config)?.data).toEqual(updated);
});

test("update_v2 with some of its optional accounts", async () => {
  const { cluster, authority, config, input, updated } = await update();
  const { mint } = await createMint(cluster, TOKEN_PROGRAMS["SPL Token"]);
  const instruction = omitTrailingOptionals(app.getUpdateV2Instruction({ ...input, feeMint: mint }));
  const placeholders = Array<string>(2).fill(app.APP_PROGRAM_ADDRESS);
  expect(addressesOf(instruction)).toEqual([config, authority.address, ...placeholders, mint]);

  await cluster.send(instruction);
  expect(cluster.account(config)?.data).toEqual(updated);
});

test("update_v2 with all of its optional accounts, though no fee is due", async () => {
  const { cluster, authority, config, input, updated } = await update();
  const token = await createMint(cluster, TOKEN_PROGRAMS["SPL Token"]);
  const feeSource = await createTokenAccount(cluster, token, "source", authority.address, 9n);
  const feeVault = await createTokenAccount(cluster, token, "vault", authority.address, 0n);
  const instruction = app.getUpdateV2Instruction({
    ...input,
    feeSource,
    feeVault,
    feeMint: token.mint,
    tokenProgram: token.program,
  });
  const before = cluster.account(feeSource);

  await cluster.send(instruction);
  expect(cluster.account(config)?.data).toEqual(updated);
  expect(cluster.account(feeSource)).toEqual(before);
});

const SYSTEM = "11111111111111111111111111111111";

test.each(["the account itself", "the program's id", "nothing"])("migrate with %s as program_data", async (passed) => {
  const cluster = await onRelease(2);
  const { authority, config } = await ownerOfV1(cluster, 7);
  const input = { config, authority, payer: authority };
  const programData = programDataAddress(new web3.PublicKey(app.APP_PROGRAM_ADDRESS)).toBase58();
  const placeholder = app.getMigrateInstruction({ ...input, programData: app.APP_PROGRAM_ADDRESS });
  const [instruction, last] =
    passed === "the account itself"
      ? [app.getMigrateInstruction(input), [programData]]
      : passed === "nothing"
        ? [omitTrailingOptionals(placeholder), []]
        : [placeholder, [app.APP_PROGRAM_ADDRESS]];
  expect(addressesOf(instruction)).toEqual([config, authority.address, authority.address, SYSTEM, ...last]);

  await cluster.send(instruction);
  expect(cluster.account(config)?.data).toEqual(configV2({ authority: authority.address, value: 7n }));
});
