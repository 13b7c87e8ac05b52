// What `anchor migrate` runs: brings the deployed program from release 1 to release 2, and verifies it.
//
//   release.ts   the committed binaries
//   program.ts   what is deployed, and its accounts
//   upgrade.ts   the upgrade, step by step
//   buffer.ts    the buffer that the upgrade takes the binary from
//   loader.ts    the upgradeable loader's accounts and instructions
//   cluster.ts   sending and waiting

import type { AnchorProvider, web3 } from "@anchor-lang/core";
import { Cluster } from "./cluster";
import { countAccounts, type Counts, type Program, readProgram } from "./program";
import { isRelease, programAddress, readRelease, type Release } from "./release";
import { Stop } from "./stop";
import { upgradeTo } from "./upgrade";

async function bringToRelease2(cluster: Cluster): Promise<void> {
  console.log(`Cluster:            ${cluster.place} (${await cluster.version()})`);
  const [release1, release2] = [readRelease("v1"), readRelease("v2")];
  const program = await readProgram(cluster.connection, programAddress());

  if (isRelease(program.elf, release2)) {
    const counts = await report(program, release2, cluster);
    console.log("Upgrade:            nothing to do, and nothing was sent");
    sayNext(counts);
  } else if (isRelease(program.elf, release1)) {
    await report(program, release1, cluster);
    await upgradeTo(release2, program, cluster);
    await verify(release2, program, cluster);
  } else {
    throw neither(program, release1, release2);
  }
}

/** Says what is deployed, who can upgrade it and what accounts it has. */
async function report({ id, authority }: Program, { path, sum }: Release, cluster: Cluster): Promise<Counts> {
  console.log(`Program:            ${id.toBase58()}`);
  console.log(`Deployed:           ${path} byte for byte, sha256 ${sum}`);
  console.log(`Upgrade authority:  ${describe(authority, cluster.payer)}`);
  const counts = await countAccounts(cluster.connection, id);
  console.log(`Accounts:           ${counts.v1} ConfigV1, ${counts.v2} ConfigV2, ${counts.retired} retired`);
  return counts;
}

function sayNext({ v1 }: Counts): void {
  const next = v1 > 0 ? "migrate the ConfigV1 accounts, as docs/rollout.md describes" : "nothing: no ConfigV1 is left";
  console.log(`Next:               ${next}`);
}

/** What is deployed after the upgrade, from the cluster: the release, with the upgrade authority of before. */
async function verify(release: Release, before: Program, cluster: Cluster): Promise<void> {
  const program = await readProgram(cluster.connection, before.id);
  if (!isRelease(program.elf, release)) {
    throw new Stop(
      `The program was upgraded and is not ${release.path}: run \`anchor migrate\` again to look once more`,
    );
  }
  if (program.authority === null || !program.authority.equals(cluster.payer)) {
    throw new Stop(`The upgrade authority has changed: it is ${describe(program.authority, cluster.payer)}`);
  }
  console.log();
  sayNext(await report(program, release, cluster));
}

function describe(authority: web3.PublicKey | null, wallet: web3.PublicKey): string {
  if (authority === null) return "none: the program can never be upgraded again";
  const whose = authority.equals(wallet) ? "this wallet" : `not this wallet, which is ${wallet.toBase58()}`;
  return `${authority.toBase58()} (${whose})`;
}

function neither({ id }: Program, release1: Release, release2: Release): Stop {
  return new Stop(
    `What is deployed at ${id.toBase58()} is neither ${release1.path} nor ${release2.path}. Get it with ` +
      `\`solana program dump ${id.toBase58()} deployed.so\`; if it is your release 1, freeze that (README.md, ` +
      "section Fork it). What `anchor build` leaves in target/deploy has other bytes than releases/v2",
  );
}

// Anchor calls what this module exports, does not await it, and prints a rejection as a stack trace.
export = async function deploy(provider: AnchorProvider): Promise<void> {
  const cluster = new Cluster(provider);
  try {
    await bringToRelease2(cluster);
  } catch (error) {
    console.error(error instanceof Stop ? `\nerror: ${error.message}` : error);
    if (!cluster.sent) console.error("Nothing was sent.");
    process.exitCode = 1;
  }
};
