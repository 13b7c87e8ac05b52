// The buffer that an upgrade takes the new binary from.

import { setTimeout as sleep } from "node:timers/promises";
import type { web3 } from "@anchor-lang/core";
import type { Cluster, Draft } from "./cluster";
import { BUFFER_METADATA, type Write } from "./loader";
import { Stop } from "./stop";

/** Transactions sent at once. Public nodes take 40 requests of a kind in ten seconds. */
const IN_FLIGHT = 40;
/** How often what is missing is written again. */
const ROUNDS = 5;
const PAUSE_MS = 1_000;

/** Writes the binary until the buffer, read back, holds it byte for byte. */
export async function fillBuffer(
  cluster: Cluster,
  buffer: web3.PublicKey,
  elf: Buffer,
  writes: readonly Write[],
): Promise<void> {
  let failure: string | null = null;
  for (let round = 0; round <= ROUNDS; round++) {
    const written = await readBuffer(cluster.connection, buffer);
    if (written.equals(elf)) return;
    if (round === ROUNDS) break;
    if (round > 0) await sleep(PAUSE_MS);
    failure = await send(
      cluster,
      writes.filter((write) => isMissing(write, written)),
    );
  }
  throw new Stop(`after ${ROUNDS} rounds the buffer still is not what was written (${failure ?? "no write failed"})`);
}

/** The binary in the buffer. A node that has not seen the buffer yet has seen none of its bytes. */
async function readBuffer(connection: web3.Connection, buffer: web3.PublicKey): Promise<Buffer> {
  const account = await connection.getAccountInfo(buffer);
  return account === null ? Buffer.alloc(0) : account.data.subarray(BUFFER_METADATA);
}

function isMissing({ offset, bytes }: Write, written: Buffer): boolean {
  return !written.subarray(offset, offset + bytes.length).equals(bytes);
}

/** Sends the writes; one that arrives twice does no harm. Returns a failure, if any. */
async function send(cluster: Cluster, writes: readonly Write[]): Promise<string | null> {
  console.log(`Write:              ${writes.length} transactions, ${IN_FLIGHT} at once`);
  let failure: string | null = null;
  for (let first = 0; first < writes.length; first += IN_FLIGHT) {
    const batch = writes.slice(first, first + IN_FLIGHT);
    const failures = await cluster.sendAll(batch.map(({ instruction }): Draft => ({ instructions: [instruction] })));
    failure = failures[0] ?? failure;
    // What none of them survived, the rest would not either.
    if (failures.length === batch.length) break;
  }
  return failure;
}
