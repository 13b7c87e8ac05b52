import { SOLANA_ERROR__INSTRUCTION_ERROR__CUSTOM, SolanaError } from "@solana/kit";
import { expect, test } from "vitest";
import { explainError, migrateAccount, migrator, successor } from "../../src/clients/proxy";
import { app } from "../../src/clients/v2";
import { ownerOfV1 } from "../support/config";
import { binary } from "../support/release";
import { onRelease } from "../support/scene";
import { SUCCESSOR_RENT } from "./support/layout";
import { rejection } from "./support/rejection";
import { deployProxyPath, withProxyPath } from "./support/scene";

test.each(["migrator", "successor"])("every error of %s has the message of its IDL", (source) => {
  const { idl } = binary(`proxy/${source}`);
  const instructions = [{ programAddress: idl.address }];
  const explained = idl.errors.map(({ code }) =>
    explainError(new SolanaError(SOLANA_ERROR__INSTRUCTION_ERROR__CUSTOM, { code, index: 0 }), { instructions }),
  );
  expect(explained).toEqual(idl.errors.map(({ code, name, msg }) => ({ source, code, name, message: msg })));
});

test("the instruction that failed says whose error it is", async () => {
  const cluster = await withProxyPath();
  const { authority } = await ownerOfV1(cluster, 7);
  const migrate = await migrateAccount({ authority, maxPayment: SUCCESSOR_RENT });
  expect(await rejection(cluster, migrate, migrate)).toEqual({
    source: "migrator",
    code: 6000,
    name: "AlreadyMigrated",
    message: "the old config was migrated already: find its successor by the old address",
  });
});

test("an error of a program that was called is that program's", async () => {
  // Release 1 has no `retire`: the migrator fails with the number that `app` returned to it.
  const cluster = await onRelease(1);
  await deployProxyPath(cluster);
  const { authority } = await ownerOfV1(cluster, 7);
  expect(await rejection(cluster, await migrateAccount({ authority, maxPayment: SUCCESSOR_RENT }))).toEqual({
    source: "anchor",
    code: 101,
    name: "InstructionFallbackNotFound",
    message: "Fallback functions are not supported",
  });
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
