import { type Address } from "@solana/kit";
import { describe, expect, test } from "vitest";
import { app, updateConfig } from "../../src/clients/v2";
import { ownerOfV2 } from "../support/config";
import { configV2 } from "../support/layout";
import { rejection } from "../support/rejection";
import { onRelease } from "../support/scene";
import { createMint, createTokenAccount, TOKEN_PROGRAMS, tokenAmount } from "../support/token";

describe.each(Object.entries(TOKEN_PROGRAMS))("a fee of 5 in a token of %s", (_name, tokenProgram) => {
  /** An operator who has `supply` base units, and a config whose authority receives its fees. */
  async function scene(supply: bigint) {
    const cluster = await onRelease(2);
    const { authority, config } = await ownerOfV2(cluster, 7);
    const operator = await cluster.fundedKey("operator");
    const token = await createMint(cluster, tokenProgram);
    const source = await createTokenAccount(cluster, token, "source", operator.address, supply);
    const vault = await createTokenAccount(cluster, token, "vault", authority.address, 0n);
    await cluster.send(
      app.getSetOperatorsInstruction({ config, authority, operators: [operator.address] }),
      app.getSetFeeInstruction({ config, authority, fee: 5, feeMint: token.mint }),
    );
    const amounts = async () => [await tokenAmount(cluster, source), await tokenAmount(cluster, vault)];
    const fee = { source, vault, tokenProgram };
    const update = (input?: { fee?: { source: Address; vault: Address; tokenProgram: Address } }) =>
      updateConfig(cluster.rpc, { config, signer: operator, value: 8, fee, ...input });
    const updated = configV2({
      authority: authority.address,
      value: 8n,
      revision: 2,
      fee: 5n,
      feeMint: token.mint,
      operators: [operator.address],
    });
    return { cluster, authority, config, operator, token, fee, amounts, update, updated };
  }

  test("is paid by the operator to the authority", async () => {
    const { cluster, config, amounts, update, updated } = await scene(9n);
    await cluster.send(await update());

    expect(cluster.account(config)?.data).toEqual(updated);
    expect(await amounts()).toEqual([4n, 5n]);
  });

  test("must be covered", async () => {
    const { cluster, amounts, update } = await scene(4n);
    // 1 is the token programs' InsufficientFunds.
    expect(await rejection(cluster, await update())).toEqual({ source: "other", program: tokenProgram, code: 1 });
    expect(await amounts()).toEqual([4n, 0n]);
  });

  test("is missed by the program when its accounts are left out", async () => {
    const { cluster, config, operator } = await scene(9n);
    const instruction = app.getUpdateV2Instruction({ config, signer: operator, value: 8, expectedRevision: null });
    expect(await rejection(cluster, instruction)).toEqual({
      source: "app",
      code: 6016,
      name: "FeeAccountsMissing",
      message: "the config charges a fee: pass fee_source, fee_vault, fee_mint and token_program",
    });
  });

  test("goes to the authority only", async () => {
    const { cluster, operator, token, fee, update } = await scene(9n);
    const vault = await createTokenAccount(cluster, token, "operator's vault", operator.address, 0n);
    expect(await rejection(cluster, await update({ fee: { ...fee, vault } }))).toMatchObject({
      source: "app",
      code: 6018,
      name: "WrongFeeVault",
    });
  });

  test("is of the config's mint only", async () => {
    const { cluster, config, operator, authority, fee } = await scene(9n);
    const other = await createMint(cluster, tokenProgram, "other mint");
    const instruction = app.getUpdateV2Instruction({
      config,
      signer: operator,
      value: 8,
      expectedRevision: null,
      feeSource: await createTokenAccount(cluster, other, "other source", operator.address, 9n),
      feeVault: await createTokenAccount(cluster, other, "other vault", authority.address, 0n),
      feeMint: other.mint,
      tokenProgram: fee.tokenProgram,
    });
    expect(await rejection(cluster, instruction)).toMatchObject({ source: "app", code: 6017, name: "WrongFeeMint" });
  });
});
