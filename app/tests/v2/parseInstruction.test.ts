import { AccountRole, type AccountMeta, type Instruction } from "@solana/kit";
import { expect, test } from "vitest";
import { app, omitTrailingOptionals, parseInstruction } from "../../src/clients/v2";
import { key } from "../support/key";
import { recording, replay } from "../support/recording";

const { AppInstruction } = app;

async function people() {
  const [authority, config, mint] = await Promise.all(["authority", "config", "mint"].map(key));
  if (authority === undefined || config === undefined || mint === undefined) throw new Error("three keys");
  return { authority, config: config.address, mint: mint.address };
}

test("the instructions that release-1 clients sent", async () => {
  const { authority } = await people();
  const parsed = recording().map((line) => parseInstruction(replay(line, app.APP_PROGRAM_ADDRESS, authority)));

  expect(parsed.map((instruction) => instruction?.instructionType)).toEqual([
    AppInstruction.Initialize,
    AppInstruction.Update,
    AppInstruction.Close,
  ]);
  expect(parsed[1]).toMatchObject({
    accounts: { authority: { address: authority.address, role: AccountRole.READONLY_SIGNER } },
    data: { value: 2n ** 64n - 1n },
  });
});

test("update_v2 however many of its optional accounts are missing", async () => {
  const { authority, config, mint } = await people();
  const all = app.getUpdateV2Instruction({
    config,
    signer: authority,
    value: 8,
    expectedRevision: 3,
    maxFee: 5,
    feeSource: mint,
    feeVault: mint,
    feeMint: mint,
    tokenProgram: mint,
  });
  const optional = ["feeSource", "feeVault", "feeMint", "tokenProgram"];
  for (let passed = 0; passed <= 4; passed++) {
    const instruction = { ...all, accounts: (all.accounts as readonly AccountMeta[]).slice(0, 2 + passed) };
    const parsed = parseInstruction(instruction);
    expect(parsed).toMatchObject({
      instructionType: AppInstruction.UpdateV2,
      accounts: { config: { address: config }, signer: { address: authority.address } },
      data: { value: 8n, expectedRevision: { __option: "Some", value: 3 }, maxFee: 5n },
    });
    const accounts: Readonly<Record<string, AccountMeta | undefined>> = parsed?.accounts ?? {};
    const found = Object.keys(accounts).filter((name) => accounts[name] !== undefined);
    expect(found).toEqual(["config", "signer", ...optional.slice(0, passed)]);
  }
});

test("migrate without program_data, which Codama's parser rejects", async () => {
  const { authority, config } = await people();
  const input = { config, authority, payer: authority, programData: app.APP_PROGRAM_ADDRESS };
  const instruction = omitTrailingOptionals(app.getMigrateInstruction(input));

  expect(parseInstruction(instruction)).toMatchObject({
    instructionType: AppInstruction.Migrate,
    accounts: { config: { address: config }, programData: undefined },
  });
  expect(() => app.parseAppInstruction(instruction)).toThrow("Not enough accounts");
});

test("an instruction that lacks a required account is no instruction of the program", async () => {
  const { authority, config } = await people();
  const instruction = app.getUpdateV2Instruction({
    config,
    signer: authority,
    value: 8,
    expectedRevision: null,
    maxFee: 0,
  });
  const accounts = (instruction.accounts as readonly AccountMeta[]).slice(0, 1);

  expect(() => parseInstruction({ ...instruction, accounts })).toThrow("Not enough accounts");
});

test("instructions of other programs and of later releases", async () => {
  const { authority, config } = await people();
  const update: Instruction = app.getUpdateInstruction({ config, authority, value: 8 });

  expect(parseInstruction({ ...update, programAddress: config })).toBeNull();
  expect(parseInstruction({ ...update, data: new Uint8Array(8).fill(9) })).toBeNull();
});
