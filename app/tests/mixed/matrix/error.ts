import { AnchorError, web3 } from "@anchor-lang/core";
import { address, type Instruction } from "@solana/kit";
import type { Failure, FailedTransaction, ProgramFailure } from "../../../src/clients/v2";

export const SYSTEM = address("11111111111111111111111111111111");

const ALREADY_IN_USE = "error 0 `AccountAlreadyInUse`";

/** How a client finds out which program's error it is. */
export type Explain = (error: unknown, transaction: FailedTransaction) => Failure | ProgramFailure | null;

/** What a release-2 client reports. */
export function newClientsError(error: unknown, instruction: Instruction, explain: Explain): string {
  const failure = explain(error, { instructions: [instruction] });
  if (failure === null) throw error;
  if (!("program" in failure)) return `error ${failure.code} \`${failure.name}\``;
  if (failure.program === SYSTEM && failure.code === 0) return ALREADY_IN_USE;
  throw error;
}

/** What a release-1 client reports: an Anchor error, or the system program's through the logs. */
export function oldClientsError(error: unknown): string {
  if (error instanceof AnchorError) {
    const { code, number } = error.error.errorCode;
    return `error ${number} \`${code}\``;
  }
  const system = `Program ${SYSTEM} failed: custom program error: 0x0`;
  if (error instanceof web3.SendTransactionError && error.logs?.includes(system) === true) return ALREADY_IN_USE;
  throw error;
}
