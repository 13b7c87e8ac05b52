// The buffer that an upgrade takes the new binary from.

import { setTimeout as sleep } from "node:timers/promises";
import { web3 } from "@anchor-lang/core";
import type { Cluster, Draft } from "./cluster";
import { BUFFER_METADATA, initializeBuffer, LOADER, write } from "./loader";
import { Stop } from "./stop";

/** Bytes of a binary that fit one transaction of 1,232 bytes beside a signature and the rest of a `Write`. */
const CHUNK = 1_012;
/** Transactions sent at once. Public nodes take 40 requests of a kind in ten seconds. */
const IN_FLIGHT = 40;
/** How often what is missing is written again. */
const ROUNDS = 5;
const PAUSE_MS = 1_000;

/** How many transactions write a binary that nothing is written of. */
export function writesOf(elf: Buffer): number {
  return Math.ceil(elf.length / CHUNK);
}

/** Creates an empty buffer of the wallet's for a binary of this length. */
export async function createBuffer(
  cluster: Cluster,
  buffer: web3.Keypair,
  elf: Buffer,
  lamports: number,
): Promise<void> {
  const create = web3.SystemProgram.createAccount({
    fromPubkey: cluster.payer,
    newAccountPubkey: buffer.publicKey,
    lamports,
    space: BUFFER_METADATA + elf.length,
    programId: LOADER,
  });
  await cluster.send("creating the buffer", {
    instructions: [create, initializeBuffer(buffer.publicKey, cluster.payer)],
    signers: [buffer],
  });
}

/** Writes the binary until the buffer, read back, holds it byte for byte. */
export async function fillBuffer(cluster: Cluster, buffer: web3.PublicKey, elf: Buffer): Promise<void> {
  let failure: string | null = null;
  for (let round = 0; round <= ROUNDS; round++) {
    const written = await readBuffer(cluster.connection, buffer);
    if (written.equals(elf)) return;
    if (round === ROUNDS) break;
    if (round > 0) await sleep(PAUSE_MS);
    failure = await writeMissing(cluster, buffer, elf, written);
  }
  throw new Stop(`after ${ROUNDS} rounds the buffer still is not what was written (${failure ?? "no write failed"})`);
}

/** The binary in the buffer. A node that has not seen the buffer yet has seen none of its bytes. */
async function readBuffer(connection: web3.Connection, buffer: web3.PublicKey): Promise<Buffer> {
  const account = await connection.getAccountInfo(buffer);
  return account === null ? Buffer.alloc(0) : account.data.subarray(BUFFER_METADATA);
}

/** Writes what the buffer does not hold yet; writing a chunk twice does no harm. Returns a failure, if any. */
async function writeMissing(
  cluster: Cluster,
  buffer: web3.PublicKey,
  elf: Buffer,
  written: Buffer,
): Promise<string | null> {
  const drafts = missingOffsets(elf, written).map((offset): Draft => ({
    instructions: [write(buffer, cluster.payer, offset, elf.subarray(offset, offset + CHUNK))],
  }));
  console.log(`Write:              ${drafts.length} transactions, ${IN_FLIGHT} at once`);
  let failure: string | null = null;
  for (let first = 0; first < drafts.length; first += IN_FLIGHT) {
    const batch = drafts.slice(first, first + IN_FLIGHT);
    const failures = await cluster.sendAll(batch);
    failure = failures[0] ?? failure;
    // What none of them survived, the rest would not either.
    if (failures.length === batch.length) break;
  }
  return failure;
}

function missingOffsets(elf: Buffer, written: Buffer): number[] {
  const offsets = Array.from({ length: writesOf(elf) }, (_, index) => index * CHUNK);
  return offsets.filter((offset) => {
    const end = offset + CHUNK;
    return !written.subarray(offset, end).equals(elf.subarray(offset, end));
  });
}
