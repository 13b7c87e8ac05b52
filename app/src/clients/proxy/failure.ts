import type { FailureIn, KnownProgram } from "../v2";
import { MIGRATOR_PROGRAM_ADDRESS } from "./generated/migrator";
import { MIGRATOR_ERRORS } from "./generated/migrator/errorTable";
import { SUCCESSOR_PROGRAM_ADDRESS } from "./generated/successor";
import { SUCCESSOR_ERRORS } from "./generated/successor/errorTable";

export type MigratorFailure = FailureIn<"migrator", (typeof MIGRATOR_ERRORS)[number]>;
export type SuccessorFailure = FailureIn<"successor", (typeof SUCCESSOR_ERRORS)[number]>;

export const MIGRATOR: KnownProgram<MigratorFailure> = {
  address: MIGRATOR_PROGRAM_ADDRESS,
  failures: MIGRATOR_ERRORS.map((error): MigratorFailure => ({ source: "migrator", ...error })),
};

export const SUCCESSOR: KnownProgram<SuccessorFailure> = {
  address: SUCCESSOR_PROGRAM_ADDRESS,
  failures: SUCCESSOR_ERRORS.map((error): SuccessorFailure => ({ source: "successor", ...error })),
};
