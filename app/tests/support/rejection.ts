import type { Address, Instruction } from "@solana/kit";
import { expect } from "vitest";
import { explainError, type FailedTransaction, type Failure } from "../../src/clients/v2";
import type { Cluster } from "./cluster";

/**
 * Sends a transaction that a program must reject, and returns why it did. Every account that the
 * transaction names must be as it was, to the byte and the lamport.
 */
export function rejection(cluster: Cluster, ...instructions: Instruction[]): Promise<Failure> {
  return rejectionAs((error, transaction) => explainError(error, transaction), cluster, instructions);
}

/** The same, for a client that explains errors of other programs as well. */
export async function rejectionAs<TFailure>(
  explain: (error: unknown, transaction: FailedTransaction) => TFailure | null,
  cluster: Cluster,
  instructions: readonly Instruction[],
): Promise<TFailure> {
  const addresses = instructions.flatMap(({ accounts = [] }) => accounts.map(({ address }) => address));
  return unchanged(cluster, addresses, async () => {
    const error = await errorOf(cluster.send(...instructions));
    const failure = explain(error, { instructions });
    if (failure === null) throw error;
    return failure;
  });
}

/** Runs what must leave these accounts as they are. */
export async function unchanged<T>(cluster: Cluster, addresses: readonly Address[], run: () => Promise<T>): Promise<T> {
  const snapshot = () => addresses.map((address) => cluster.account(address));
  const before = snapshot();
  const result = await run();
  expect(snapshot()).toEqual(before);
  return result;
}

/** What the promise rejects with. */
export async function errorOf(promise: Promise<unknown>): Promise<unknown> {
  const outcome = await promise.then(
    () => null,
    (error: unknown) => ({ error }),
  );
  if (outcome === null) throw new Error("it was accepted");
  return outcome.error;
}
