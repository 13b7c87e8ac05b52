// What `anchor migrate` runs: brings the deployed program from an older release to the newest, and verifies it.
//
//   releases.ts  which releases there are
//   release.ts   the committed binaries
//   program.ts   what is deployed, and its accounts
//   upgrade.ts   the upgrade, step by step
//   buffer.ts    the buffer that the upgrade takes the binary from
//   loader.ts    the upgradeable loader's accounts and instructions
//   cluster.ts   sending and waiting

import { type AnchorProvider, web3 } from "@anchor-lang/core";
import { Cluster } from "./cluster";
import { type Count, countAccounts, type Program, readProgram } from "./program";
import { isRelease, readReleases, type Release } from "./release";
import { Stop } from "./stop";
import { upgradeTo } from "./upgrade";

/** The layout whose accounts are to be migrated, as config-v1-to-v2.toml has it. */
const OLD_LAYOUT = "ConfigV1";

async function bringToNewest(cluster: Cluster): Promise<void> {
  console.log(`Cluster:            ${cluster.place} (${await cluster.version()})`);
  const releases = readReleases();
  const newest = releases.at(-1);
  if (newest === undefined) throw new Stop("releases/releases.json names no release");
  const deployment = new Deployment(cluster, newest);
  const program = await deployment.read();
  const deployed = releases.find((release) => isRelease(program.elf, release));
  if (deployed === undefined) throw noRelease(program, releases);

  const counts = await deployment.report(program, deployed);
  if (deployed === newest) {
    console.log("Upgrade:            nothing to do, and nothing was sent");
    printNext(counts);
  } else {
    await upgradeTo(newest, program, cluster);
    await deployment.verify();
  }
}

/** The program on a cluster, and the release that it is to be. */
class Deployment {
  constructor(
    private readonly cluster: Cluster,
    private readonly newest: Release,
  ) {}

  read(): Promise<Program> {
    const id = new web3.PublicKey(this.newest.idl.address);
    return readProgram(this.cluster.connection, id, this.newest.path);
  }

  /** Prints what is deployed, who can upgrade it and what accounts it has. */
  async report({ id, authority }: Program, { path, sum }: Release): Promise<readonly Count[]> {
    console.log(`Program:            ${id.toBase58()}`);
    console.log(`Deployed:           ${path} byte for byte, sha256 ${sum}`);
    console.log(`Upgrade authority:  ${describe(authority, this.cluster.payer)}`);
    const counts = await countAccounts(this.cluster.connection, id, this.newest.idl);
    console.log(`Accounts:           ${counts.map(({ accounts, type }) => `${accounts} ${type}`).join(", ")}`);
    return counts;
  }

  /** Reads what is deployed after the upgrade: the newest release, with the upgrade authority of before. */
  async verify(): Promise<void> {
    const program = await this.read();
    if (!isRelease(program.elf, this.newest)) {
      throw new Stop(
        `The program was upgraded and is not ${this.newest.path}: run \`anchor migrate\` again to look once more`,
      );
    }
    if (program.authority === null || !program.authority.equals(this.cluster.payer)) {
      throw new Stop(`The upgrade authority has changed: it is ${describe(program.authority, this.cluster.payer)}`);
    }
    console.log();
    printNext(await this.report(program, this.newest));
  }
}

function printNext(counts: readonly Count[]): void {
  const left = counts.some(({ type, accounts }) => type === OLD_LAYOUT && accounts > 0);
  const next = left
    ? `migrate the ${OLD_LAYOUT} accounts, as docs/rollout.md describes`
    : `nothing: no ${OLD_LAYOUT} is left`;
  console.log(`Next:               ${next}`);
}

function describe(authority: web3.PublicKey | null, wallet: web3.PublicKey): string {
  if (authority === null) return "none: the program can never be upgraded again";
  const whose = authority.equals(wallet) ? "this wallet" : `not this wallet, which is ${wallet.toBase58()}`;
  return `${authority.toBase58()} (${whose})`;
}

function noRelease({ id }: Program, releases: readonly Release[]): Stop {
  const paths = releases.map(({ path }) => path).join(" nor ");
  return new Stop(
    `What is deployed at ${id.toBase58()} is neither ${paths}. Get it with ` +
      `\`solana program dump ${id.toBase58()} deployed.so\`; if it is your release 1, freeze that (FORK.md). ` +
      "What `anchor build` leaves in target/deploy has other bytes than a committed release",
  );
}

// Anchor calls what this module exports, does not await it, and prints a rejection as a stack trace.
export = async function deploy(provider: AnchorProvider): Promise<void> {
  const cluster = new Cluster(provider);
  try {
    await bringToNewest(cluster);
  } catch (error) {
    console.error(error instanceof Stop ? `\nerror: ${error.message}` : error);
    if (!cluster.sent) console.error("Nothing was sent.");
    process.exitCode = 1;
  }
};
