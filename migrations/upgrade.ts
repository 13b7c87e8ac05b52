// The upgrade of a deployed program, by a wallet that is its upgrade authority.

import { web3 } from "@anchor-lang/core";
import { createBuffer, fillBuffer, writesOf } from "./buffer";
import type { Cluster } from "./cluster";
import {
  BUFFER_METADATA,
  extendProgram,
  MINIMUM_EXTENSION,
  PROGRAM_DATA_METADATA,
  type Target,
  upgrade,
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

/** Replaces the program by this release, which is callable when this returns. Checks before it sends. */
export async function upgradeTo(release: Release, program: Program, cluster: Cluster): Promise<void> {
  const target = { program: program.id, programData: program.data, authority: cluster.payer };
  checkAuthority(program, cluster.payer);
  const growth = missingBytes(release, program);
  const costs = await costsOf(release, program, growth, cluster.connection);
  await checkFunds(costs, cluster);

  console.log(`Upgrade:            to ${release.path}, sha256 ${release.sum}`);
  if (growth > 0) await extend(target, growth, cluster);
  await replace(target, release, costs.buffer, cluster);
}

function checkAuthority({ id, authority }: Program, wallet: web3.PublicKey): void {
  if (authority === null) {
    throw new Stop(
      `${id.toBase58()} has no upgrade authority: nobody can upgrade it, and its accounts can only move to another ` +
        "program (docs/proxy.md)",
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

/** By how many bytes the program data account has to grow. */
function missingBytes({ elf }: Release, program: Program): number {
  const missing = elf.length - program.elf.length;
  return missing > 0 ? Math.max(missing, MINIMUM_EXTENSION) : 0;
}

async function costsOf(
  { elf }: Release,
  program: Program,
  growth: number,
  connection: web3.Connection,
): Promise<Costs> {
  const rent = (length: number) => connection.getMinimumBalanceForRentExemption(length);
  const grown = await rent(PROGRAM_DATA_METADATA + program.elf.length + growth);
  return {
    buffer: await rent(BUFFER_METADATA + elf.length),
    extension: growth > 0 ? Math.max(grown - program.lamports, 0) : 0,
    // Creating the buffer takes its signature too; the other transactions are an extension and the upgrade.
    fees: FEE * (2 + writesOf(elf) + (growth > 0 ? 1 : 0) + 1),
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

/** The loader refuses to extend and to upgrade in the same slot. */
async function extend(target: Target, bytes: number, cluster: Cluster): Promise<void> {
  const { slot } = await cluster.send("extending the program", { instructions: [extendProgram(target, bytes)] });
  console.log(`Extended:           by ${bytes} bytes, in slot ${slot}`);
  await cluster.passed(slot);
}

/** New code is callable from the slot after that of the upgrade. */
async function replace(target: Target, release: Release, lamports: number, cluster: Cluster): Promise<void> {
  const buffer = web3.Keypair.generate();
  console.log(`Buffer:             ${buffer.publicKey.toBase58()}`);
  const slot = await namingBuffer(buffer.publicKey, async () => {
    await createBuffer(cluster, buffer, release.elf, lamports);
    await fillBuffer(cluster, buffer.publicKey, release.elf);
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
