import { describe, expect, test } from "vitest";
import { app } from "../../src/clients/v2";
import { feeScene } from "../support/feeScene";
import { configV2 } from "../support/layout";
import { rejection } from "../support/rejection";
import { createMint, createTokenAccount, TOKEN_PROGRAMS } from "../support/token";

describe.each(Object.entries(TOKEN_PROGRAMS))("a fee of 5 in a token of %s", (_name, tokenProgram) => {
  const scene = (supply: bigint) => feeScene(tokenProgram, supply);

  test("is paid by the operator to the authority", async () => {
    const { cluster, authority, config, operator, token, amounts, update } = await scene(9n);
    await cluster.send(await update());

    expect(cluster.account(config)?.data).toEqual(
      configV2({
        authority: authority.address,
        value: 8n,
        revision: 2,
        fee: 5n,
        feeMint: token.mint,
        operators: [operator.address],
      }),
    );
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
    const instruction = app.getUpdateV2Instruction({
      config,
      signer: operator,
      value: 8,
      expectedRevision: null,
      maxFee: 5,
    });
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
      maxFee: 5,
      feeSource: await createTokenAccount(cluster, other, "other source", operator.address, 9n),
      feeVault: await createTokenAccount(cluster, other, "other vault", authority.address, 0n),
      feeMint: other.mint,
      tokenProgram: fee.tokenProgram,
    });
    expect(await rejection(cluster, instruction)).toMatchObject({ source: "app", code: 6017, name: "WrongFeeMint" });
  });
});
