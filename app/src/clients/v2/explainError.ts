import {
  type Address,
  isSolanaError,
  SOLANA_ERROR__INSTRUCTION_ERROR__CUSTOM,
  SOLANA_ERROR__JSON_RPC__SERVER_ERROR_SEND_TRANSACTION_PREFLIGHT_FAILURE,
  unwrapSimulationError,
} from "@solana/kit";
import { ConfigError } from "./configError";
import { comparedIn, withValues } from "../compared";
import { APP, type Failure, failureOf, type KnownProgram, type OtherFailure, type ProgramFailure } from "./failure";

/** What is known of the transaction that failed. */
export interface FailedTransaction {
  /** The transaction's instructions; a transaction message has them. */
  readonly instructions: readonly { readonly programAddress: Address }[];
  /** The transaction's logs, unless the error has them: a failed preflight does. */
  readonly logs?: readonly string[] | null;
}

/**
 * Why a program rejected an instruction; `null` when the error is of another kind. An error of a program
 * that is not among `programs` has a number and no name. A message has the values that the program compared,
 * if it logged them.
 */
export function explainError(error: unknown, transaction: FailedTransaction): Failure | null;
export function explainError<TFailure extends ProgramFailure>(
  error: unknown,
  transaction: FailedTransaction,
  programs: readonly KnownProgram<TFailure>[],
): TFailure | Failure | null;
export function explainError(
  error: unknown,
  transaction: FailedTransaction,
  programs: readonly KnownProgram<ProgramFailure>[] = [APP],
): ProgramFailure | OtherFailure | null {
  if (error instanceof ConfigError) return error.failure;
  const cause = unwrapSimulationError(error);
  if (!isSolanaError(cause, SOLANA_ERROR__INSTRUCTION_ERROR__CUSTOM)) return null;
  const { code, index } = cause.context;
  const logs = transaction.logs ?? logsOf(error);
  const program = failedProgram(logs) ?? transaction.instructions[index]?.programAddress;
  if (program === undefined) return null;
  const failure = failureOf(program, code, programs);
  const compared = comparedIn(logs);
  return "message" in failure && compared !== null
    ? { ...failure, message: withValues(failure.message, compared) }
    : failure;
}

function logsOf(error: unknown): readonly string[] {
  return isSolanaError(error, SOLANA_ERROR__JSON_RPC__SERVER_ERROR_SEND_TRANSACTION_PREFLIGHT_FAILURE)
    ? (error.context.logs ?? [])
    : [];
}

/**
 * The program whose error it is. The same number means something else in each program, and an
 * instruction fails with the number of the program that it called: that one is the first to be logged.
 */
function failedProgram(logs: readonly string[]): Address | undefined {
  for (const line of logs) {
    const failed = /^Program (\w+) failed: /.exec(line);
    if (failed !== null) return failed[1] as Address;
  }
  return undefined;
}
