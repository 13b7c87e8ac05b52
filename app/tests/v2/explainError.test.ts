import { type Address, SOLANA_ERROR__INSTRUCTION_ERROR__CUSTOM, SolanaError } from "@solana/kit";
import { expect, test } from "vitest";
import { APP, app, explainError } from "../../src/clients/v2";
import { ownerOfV1, ownerOfV2, person } from "../support/config";
import { errorOf, rejection } from "../support/rejection";
import { release } from "../support/release";
import { onRelease } from "../support/scene";

const SYSTEM = "11111111111111111111111111111111" as Address;

function custom(code: number, index: number) {
  return new SolanaError(SOLANA_ERROR__INSTRUCTION_ERROR__CUSTOM, { code, index });
}

test("every error of app has the message of its IDL", () => {
  const { idl } = release(2);
  const instructions = [{ programAddress: idl.address }];
  const explained = idl.errors.map(({ code }) => explainError(custom(code, 0), { instructions }));
  expect(explained).toEqual(idl.errors.map(({ code, name, msg }) => ({ source: "app", code, name, message: msg })));
});

test("an error of the program that was sent to", async () => {
  const cluster = await onRelease(2);
  const { authority, config } = await ownerOfV2(cluster, 7);
  const migrate = app.getMigrateInstruction({ config, authority, payer: authority });
  expect(await rejection(cluster, migrate)).toEqual({
    source: "app",
    code: 6002,
    name: "AlreadyMigrated",
    message: "the config has the layout of release 2 already: there is nothing to migrate",
  });
});

test("an error of a program that is not ours has no name", async () => {
  const cluster = await onRelease(2);
  const { authority } = await ownerOfV1(cluster, 7);
  const initialize = await app.getInitializeInstructionAsync({ authority, value: 8 });
  expect(await rejection(cluster, initialize)).toEqual({ source: "other", program: SYSTEM, code: 0 });
});

test("without logs, the program that was sent to is taken", () => {
  const instructions = [{ programAddress: SYSTEM }, { programAddress: app.APP_PROGRAM_ADDRESS }];
  expect(explainError(custom(6002, 1), { instructions })).toMatchObject({ source: "app", name: "AlreadyMigrated" });
  expect(explainError(custom(6002, 0), { instructions })).toEqual({ source: "other", program: SYSTEM, code: 6002 });
});

test("logs of a confirmed transaction say which program it was", () => {
  const instructions = [{ programAddress: SYSTEM }];
  const logs = [
    `Program ${SYSTEM} invoke [1]`,
    `Program ${app.APP_PROGRAM_ADDRESS} invoke [2]`,
    `Program ${app.APP_PROGRAM_ADDRESS} failed: custom program error: 0x1771`,
    `Program ${SYSTEM} failed: custom program error: 0x1771`,
  ];
  expect(explainError(custom(6001, 0), { instructions, logs })).toMatchObject({ source: "app", name: "NotMigrated" });
});

test("the message has the values that the program compared", () => {
  const { APP_PROGRAM_ADDRESS: program } = app;
  const instructions = [{ programAddress: program }];
  const explain = (code: number, ...logged: string[]) => {
    const logs = [...logged.map((line) => `Program log: ${line}`), `Program ${program} failed: custom program error`];
    return explainError(custom(code, 0), { instructions, logs });
  };
  expect(explain(6031, "Left: 5", "Right: 500")).toMatchObject({
    message: "the config's fee (500) is above max_fee (5): agree to it, or ask the authority",
  });
  expect(explain(6020, "Left: 0", "Right: 15")).toMatchObject({
    message: "the same operator is listed twice, at two positions (0, 15): list it once",
  });
  expect(explain(6010, "Left: 96", "Right: 10337")).toMatchObject({
    message: "the config (96: its bytes) does not grow to its new size (10337) in one instruction",
  });
  expect(explain(6017, "Left:", SYSTEM, "Right:", program)).toMatchObject({
    message: `the mint (${SYSTEM}) is not the config's fee mint (${program}): pass that one`,
  });
});

test("the message has no value that another instruction logged", () => {
  const { APP_PROGRAM_ADDRESS: program } = app;
  const logs = [
    "Program log: Left: 1",
    "Program log: Right: 2",
    `Program ${SYSTEM} success`,
    `Program ${program} invoke [1]`,
    `Program ${program} failed: custom program error: 0x178f`,
  ];
  expect(explainError(custom(6031, 0), { instructions: [{ programAddress: program }], logs })).toMatchObject({
    message: "the config's fee (right) is above max_fee (left): agree to it, or ask the authority",
  });
});

test("errors of other programs have names once the caller names the programs", () => {
  const program = {
    address: SYSTEM,
    failures: [{ source: "system", code: 0, name: "AccountAlreadyInUse", message: "in use" }],
  };
  const instructions = [{ programAddress: SYSTEM }, { programAddress: app.APP_PROGRAM_ADDRESS }];
  const explain = (code: number, index: number) => explainError(custom(code, index), { instructions }, [APP, program]);
  expect(explain(0, 0)).toEqual(program.failures[0]);
  expect(explain(6002, 1)).toMatchObject({ source: "app", name: "AlreadyMigrated" });
  expect(explain(101, 1)).toMatchObject({ source: "anchor", name: "InstructionFallbackNotFound" });
});

test("an error that no program made is not explained", async () => {
  const cluster = await onRelease(2);
  const { authority, config } = await person(cluster);
  const instructions = [app.getUpdateInstruction({ config, authority, value: 8 })];
  expect(explainError(new Error("no connection"), { instructions })).toBeNull();

  const unsigned = { ...instructions[0], programAddress: authority.address };
  const error = await errorOf(cluster.send(unsigned));
  expect(explainError(error, { instructions })).toBeNull();
});
