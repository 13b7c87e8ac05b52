import type { Address } from "@solana/kit";
import { ANCHOR_ERRORS } from "./generated/anchorErrors";
import { APP_PROGRAM_ADDRESS } from "./generated/app";
import { APP_ERRORS } from "./generated/app/errorTable";
import { MIGRATOR_PROGRAM_ADDRESS } from "./generated/migrator";
import { MIGRATOR_ERRORS } from "./generated/migrator/errorTable";
import { SUCCESSOR_PROGRAM_ADDRESS } from "./generated/successor";
import { SUCCESSOR_ERRORS } from "./generated/successor/errorTable";

/** An error of `app`: its number, its name, and the message of the program's IDL. */
export type AppFailure = { readonly source: "app" } & (typeof APP_ERRORS)[number];
export type MigratorFailure = { readonly source: "migrator" } & (typeof MIGRATOR_ERRORS)[number];
export type SuccessorFailure = { readonly source: "successor" } & (typeof SUCCESSOR_ERRORS)[number];

/** An error of Anchor itself: the instruction was refused before the program's own code ran. */
export type AnchorFailure = { readonly source: "anchor" } & (typeof ANCHOR_ERRORS)[number];

/** An error of a program that this client does not know, such as a token program. */
export interface OtherFailure {
  readonly source: "other";
  readonly program: Address;
  readonly code: number;
}

/** Why a program refused an instruction. */
export type Failure = AppFailure | MigratorFailure | SuccessorFailure | AnchorFailure | OtherFailure;

const APP_FAILURES = APP_ERRORS.map((error): AppFailure => ({ source: "app", ...error }));
const ANCHOR_FAILURES = ANCHOR_ERRORS.map((error): AnchorFailure => ({ source: "anchor", ...error }));

const PROGRAM_FAILURES: Readonly<Partial<Record<Address, readonly Failure[]>>> = {
  [APP_PROGRAM_ADDRESS]: [...APP_FAILURES, ...ANCHOR_FAILURES],
  [MIGRATOR_PROGRAM_ADDRESS]: [
    ...MIGRATOR_ERRORS.map((error): MigratorFailure => ({ source: "migrator", ...error })),
    ...ANCHOR_FAILURES,
  ],
  [SUCCESSOR_PROGRAM_ADDRESS]: [
    ...SUCCESSOR_ERRORS.map((error): SuccessorFailure => ({ source: "successor", ...error })),
    ...ANCHOR_FAILURES,
  ],
};

/** What a program means by an error number. */
export function failureOf(program: Address, code: number): Failure {
  const known = PROGRAM_FAILURES[program]?.find((failure) => failure.code === code);
  return known ?? { source: "other", program, code };
}

/** The failure of `app` with this name. */
export function appFailure(name: AppFailure["name"]): AppFailure {
  return named(APP_FAILURES, name);
}

/** Anchor's failure with this name. */
export function anchorFailure(name: AnchorFailure["name"]): AnchorFailure {
  return named(ANCHOR_FAILURES, name);
}

function named<T extends { readonly name: string }>(failures: readonly T[], name: T["name"]): T {
  const failure = failures.find((failure) => failure.name === name);
  if (failure === undefined) throw new TypeError(`no error is named ${name}`);
  return failure;
}
