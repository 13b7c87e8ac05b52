import { web3 } from "@anchor-lang/core";

/** A finding that ends the run; its message says what to do. */
export class Stop extends Error {}

/** Why something failed, with the logs of a transaction that a node rejected. */
export function reason(error: unknown): string {
  if (error instanceof web3.SendTransactionError) {
    const { message, logs = [] } = error.transactionError;
    // Some nodes repeat the logs in the message.
    return [message, ...logs.filter((line) => !message.includes(line))].join("\n  ");
  }
  return error instanceof Error ? error.message : String(error);
}
