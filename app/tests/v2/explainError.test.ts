import { type Address, SOLANA_ERROR__INSTRUCTION_ERROR__CUSTOM, SolanaError } from "@solana/kit";
import { expect, test } from "vitest";
import { app, explainError, migrateAccount, migrator, successor } from "../../src/clients/v2";
import { deployProxyPath } from "../support/programs";
import { ownerOfV1, ownerOfV2, person } from "../support/config";
import { refusal, rejection } from "../support/refusal";
import { release } from "../support/release";
import { onRelease1, onRelease2, withProxyPath } from "../support/scene";

const SYSTEM = "11111111111111111111111111111111" as Address;

interface Idl {
  readonly address: Address;
  readonly errors: readonly { readonly code: number; readonly name: string; readonly msg: string }[];
}

test.each(["app", "migrator", "successor"])("every error of %s has the message of its IDL", (source) => {
  const idl = JSON.parse(release(`v2/${source}.json`).toString()) as Idl;
  const instructions = [{ programAddress: idl.address }];
  const explained = idl.errors.map(({ code }) =>
    explainError(new SolanaError(SOLANA_ERROR__INSTRUCTION_ERROR__CUSTOM, { code, index: 0 }), { instructions }),
  );
  expect(explained).toEqual(idl.errors.map(({ code, name, msg }) => ({ source, code, name, message: msg })));
});

test("an error of the program that was sent to", async () => {
  const cluster = await onRelease2();
  const { authority, config } = await ownerOfV2(cluster, 7);
  const migrate = app.getMigrateInstruction({ config, authority, payer: authority });
  expect(await refusal(cluster, migrate)).toEqual({
    source: "app",
    code: 6002,
    name: "AlreadyMigrated",
    message: "the config has the layout of release 2 already: there is nothing to migrate",
  });
});

test("the instruction that failed says whose error it is", async () => {
  const cluster = await withProxyPath();
  const { authority } = await ownerOfV1(cluster, 7);
  const migrate = await migrateAccount({ authority });
  expect(await refusal(cluster, migrate, migrate)).toEqual({
    source: "migrator",
    code: 6000,
    name: "AlreadyMigrated",
    message: "the old config was migrated already: find its successor by the old address",
  });
});

test("an error of a program that was called is that program's", async () => {
  // Release 1 has no `retire`: the migrator fails with the number that `app` returned to it.
  const cluster = await onRelease1();
  await deployProxyPath(cluster);
  const { authority } = await ownerOfV1(cluster, 7);
  expect(await refusal(cluster, await migrateAccount({ authority }))).toEqual({
    source: "anchor",
    code: 101,
    name: "InstructionFallbackNotFound",
    message: "Fallback functions are not supported",
  });
});

test("an error of a program that is not ours has no name", async () => {
  const cluster = await onRelease2();
  const { authority } = await ownerOfV1(cluster, 7);
  const initialize = await app.getInitializeInstructionAsync({ authority, value: 8 });
  expect(await refusal(cluster, initialize)).toEqual({ source: "other", program: SYSTEM, code: 0 });
});

test("without logs, the program that was sent to is taken", () => {
  const error = new SolanaError(SOLANA_ERROR__INSTRUCTION_ERROR__CUSTOM, { code: 6000, index: 1 });
  const instructions = [
    { programAddress: app.APP_PROGRAM_ADDRESS },
    { programAddress: migrator.MIGRATOR_PROGRAM_ADDRESS },
  ];
  expect(explainError(error, { instructions })).toMatchObject({ source: "migrator", name: "AlreadyMigrated" });
});

test("logs of a confirmed transaction say which program it was", () => {
  const error = new SolanaError(SOLANA_ERROR__INSTRUCTION_ERROR__CUSTOM, { code: 6001, index: 0 });
  const instructions = [{ programAddress: migrator.MIGRATOR_PROGRAM_ADDRESS }];
  const logs = [
    `Program ${migrator.MIGRATOR_PROGRAM_ADDRESS} invoke [1]`,
    `Program ${successor.SUCCESSOR_PROGRAM_ADDRESS} invoke [2]`,
    `Program ${successor.SUCCESSOR_PROGRAM_ADDRESS} failed: custom program error: 0x1771`,
    `Program ${migrator.MIGRATOR_PROGRAM_ADDRESS} failed: custom program error: 0x1771`,
  ];
  expect(explainError(error, { instructions, logs })).toMatchObject({ source: "successor", name: "NotRetired" });
});

test("an error that no program made is not explained", async () => {
  const cluster = await onRelease2();
  const { authority, config } = await person(cluster);
  const instructions = [app.getUpdateInstruction({ config, authority, value: 8 })];
  expect(explainError(new Error("no connection"), { instructions })).toBeNull();

  const unsigned = { ...instructions[0], programAddress: authority.address };
  const error = await rejection(cluster.send(unsigned));
  expect(explainError(error, { instructions })).toBeNull();
});
