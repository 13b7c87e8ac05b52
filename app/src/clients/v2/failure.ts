import type { Address } from "@solana/kit";
import { type Compared, withValues } from "../compared";
import { ANCHOR_ERRORS } from "./generated/anchorErrors";
import { APP_PROGRAM_ADDRESS } from "./generated/app";
import { APP_ERRORS } from "./generated/app/errorTable";

/**
 * An error of a program: its number, its name, and the message of the program's IDL, with the values that were
 * compared in place of the words left and right where they are known.
 */
export interface ProgramFailure {
  readonly source: string;
  readonly code: number;
  readonly name: string;
  readonly message: string;
}

/** One of the errors of a generated table. */
export type FailureIn<TSource extends string, TError> =
  TError extends Pick<ProgramFailure, "code" | "name">
    ? {
        readonly source: TSource;
        readonly code: TError["code"];
        readonly name: TError["name"];
        readonly message: string;
      }
    : never;

export type AppFailure = FailureIn<"app", (typeof APP_ERRORS)[number]>;

/** An error of Anchor itself: the instruction was rejected before the program's own code ran. */
export type AnchorFailure = FailureIn<"anchor", (typeof ANCHOR_ERRORS)[number]>;

/** An error of a program that this client does not know, such as a token program. */
export interface OtherFailure {
  readonly source: "other";
  readonly program: Address;
  readonly code: number;
}

/** Why a program rejected an instruction. */
export type Failure = AppFailure | AnchorFailure | OtherFailure;

/** An Anchor program whose errors have names here. */
export interface KnownProgram<TFailure extends ProgramFailure> {
  readonly address: Address;
  readonly failures: readonly TFailure[];
}

/** The program `app`. */
export const APP: KnownProgram<AppFailure> = {
  address: APP_PROGRAM_ADDRESS,
  failures: APP_ERRORS.map((error): AppFailure => ({ source: "app", ...error })),
};

const ANCHOR_FAILURES = ANCHOR_ERRORS.map((error): AnchorFailure => ({ source: "anchor", ...error }));

/** What a program means by an error number. */
export function failureOf<TFailure extends ProgramFailure>(
  address: Address,
  code: number,
  programs: readonly KnownProgram<TFailure>[],
): TFailure | AnchorFailure | OtherFailure {
  const program = programs.find((program) => program.address === address);
  const failures = program === undefined ? [] : [...program.failures, ...ANCHOR_FAILURES];
  return failures.find((failure) => failure.code === code) ?? { source: "other", program: address, code };
}

/** The failure of `app` with this name, and what it would have compared. */
export function appFailure(name: AppFailure["name"], compared?: Compared): AppFailure {
  const failure = named(APP.failures, name);
  return compared === undefined ? failure : { ...failure, message: withValues(failure.message, compared) };
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
