// The upgrade of a deployed program, by a wallet that is its upgrade authority.

import { web3 } from "@anchor-lang/core";
import { fillBuffer } from "./buffer";
import type { Cluster } from "./cluster";
import {
  bufferSpace,
  createBuffer,
  extendProgram,
  missingBytes,
  PROGRAM_DATA_METADATA,
  type Target,
  upgrade,
  type Write,
  writesOf,
} from "./loader";
import type { Program } from "./program";
import type { Release } from "./release";
import { reason, Stop } from "./stop";

/** Lamports for each signature. */
const FEE = 5_000;

/** What an upgrade takes from the wallet, in lamports. */
interface Costs {
  /** The buffer's rent; it comes back when the program is upgraded. */
  readonly buffer: number;
  /** Rent for the bytes that the program data account grows by. */
  readonly extension: number;
  readonly fees: number;
  /** What the wallet has to keep to exist. */
  readonly rest: number;
}

/** An upgrade that is checked before its first transaction is sent. */
interface Upgrade {
  readonly target: Target;
  readonly release: Release;
  /** By how many bytes the program data account has to grow. */
  readonly growth: number;
  readonly buffer: web3.Keypair;
  readonly writes: readonly Write[];
}

/** Replaces the program by this release, which is callable when this returns. */
export async function upgradeTo(release: Release, program: Program, cluster: Cluster): Promise<void> {
  checkAuthority(program, cluster.payer);
  const target = { program: program.id, authority: cluster.payer, payer: cluster.payer };
  const growth = missingBytes(release.elf, PROGRAM_DATA_METADATA + program.elf.length);
  const buffer = web3.Keypair.generate();
  const writes = writesOf(target, buffer.publicKey, release.elf);
  const checked: Upgrade = { target, release, growth, buffer, writes };
  const costs = await costsOf(checked, program, cluster.connection);
  await checkFunds(costs, cluster);

  console.log(`Upgrade:            to ${release.path}, sha256 ${release.sum}`);
  if (growth > 0) await extend(target, growth, cluster);
  await replace(checked, costs.buffer, cluster);
}

function checkAuthority({ id, authority }: Program, wallet: web3.PublicKey): void {
  if (authority === null) {
    throw new Stop(
      `${id.toBase58()} has no upgrade authority: nobody can upgrade it, and its accounts can only move to another ` +
        "program (docs/choosing-a-path.md)",
    );
  }
  if (!authority.equals(wallet)) {
    throw new Stop(
      `Only ${authority.toBase58()} can upgrade ${id.toBase58()}, and this wallet is ${wallet.toBase58()}: pass the ` +
        "upgrade authority's key pair with `--provider.wallet <KEYPAIR>`. A multisig has none: there, write the " +
        "buffer yourself, and let the multisig approve it (docs/rollout.md, section 2)",
    );
  }
}

async function costsOf(
  { release, growth, writes }: Upgrade,
  { elf, lamports }: Program,
  connection: web3.Connection,
): Promise<Costs> {
  const rent = (length: number) => connection.getMinimumBalanceForRentExemption(length);
  const grown = await rent(PROGRAM_DATA_METADATA + elf.length + growth);
  return {
    buffer: await rent(bufferSpace(release.elf)),
    extension: growth > 0 ? Math.max(grown - lamports, 0) : 0,
    // Creating the buffer takes its signature too; the other transactions are an extension and the upgrade.
    fees: FEE * (2 + writes.length + (growth > 0 ? 1 : 0) + 1),
    rest: await rent(0),
  };
}

async function checkFunds({ buffer, extension, fees, rest }: Costs, cluster: Cluster): Promise<void> {
  const needed = buffer + extension + fees + rest;
  const lacking = needed - (await cluster.connection.getBalance(cluster.payer));
  if (lacking > 0) {
    throw new Stop(
      `The wallet ${cluster.payer.toBase58()} lacks ${lacking} lamports: the upgrade takes ${needed} (${buffer} for ` +
        `the buffer, which come back, ${extension} for a longer program, ${fees} for fees, ${rest} that a wallet ` +
        "must keep)",
    );
  }
}

/** The loader rejects an upgrade in the slot of an extension. */
async function extend(target: Target, bytes: number, cluster: Cluster): Promise<void> {
  const { slot } = await cluster.send("extending the program", { instructions: [extendProgram(target, bytes)] });
  console.log(`Extended:           by ${bytes} bytes, in slot ${slot}`);
  await cluster.passed(slot);
}

/** New code is callable from the slot after that of the upgrade. */
async function replace(
  { target, release, buffer, writes }: Upgrade,
  lamports: number,
  cluster: Cluster,
): Promise<void> {
  console.log(`Buffer:             ${buffer.publicKey.toBase58()}`);
  const slot = await namingBuffer(buffer.publicKey, async () => {
    const instructions = createBuffer(target, buffer.publicKey, release.elf, lamports);
    await cluster.send("creating the buffer", { instructions, signers: [buffer] });
    await fillBuffer(cluster, buffer.publicKey, release.elf, writes);
    console.log("Written:            the buffer, read back, is the release byte for byte");
    const upgraded = await cluster.send("the upgrade", { instructions: [upgrade(target, buffer.publicKey)] });
    return upgraded.slot;
  });
  console.log(`Upgraded:           in slot ${slot}`);
  await cluster.passed(slot);
}

/**
 * Names the buffer when a step fails. It is not closed here: the step may still arrive, or the cluster may
 * be out of reach.
 */
async function namingBuffer<T>(buffer: web3.PublicKey, steps: () => Promise<T>): Promise<T> {
  try {
    return await steps();
  } catch (error) {
    throw new Stop(
      `The upgrade did not finish: ${reason(error)}\n` +
        `The buffer ${buffer.toBase58()} may be left, with lamports of this wallet. To get them back:\n` +
        `  solana program close ${buffer.toBase58()} --url <URL> --keypair <KEYPAIR>\n` +
        "Then run `anchor migrate` again: it looks at what is deployed and begins anew",
    );
  }
}
