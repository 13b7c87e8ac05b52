import type { Address, Instruction } from "@solana/kit";
import { expect } from "vitest";
import { explainError, type Failure } from "../../src/clients/v2";
import type { Cluster } from "./cluster";

/**
 * Sends a transaction that a program must refuse, and says why it did. Every account that the
 * transaction names must be as it was, to the byte and the lamport.
 */
export async function refusal(cluster: Cluster, ...instructions: Instruction[]): Promise<Failure> {
  const addresses = instructions.flatMap(({ accounts = [] }) => accounts.map(({ address }) => address));
  return unchanged(cluster, addresses, async () => {
    const error = await rejection(cluster.send(...instructions));
    const failure = explainError(error, { instructions });
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
export async function rejection(promise: Promise<unknown>): Promise<unknown> {
  const outcome = await promise.then(
    () => null,
    (error: unknown) => ({ error }),
  );
  if (outcome === null) throw new Error("it was accepted");
  return outcome.error;
}
