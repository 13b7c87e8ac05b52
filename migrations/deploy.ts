// What `anchor migrate` runs after a deployment: looks at what is on the cluster and changes nothing.

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type AnchorProvider, utils, web3 } from "@anchor-lang/core";

/** The release that is to be found on the cluster. */
const RELEASE = join(__dirname, "..", "releases", "v2");

const LOADER = new web3.PublicKey("BPFLoaderUpgradeab1e11111111111111111111111");
/** The loader's tag for a program: u32 tag, address of the program data. */
const TAG_PROGRAM = 2;
/** Its tag for program data: u32 tag, u64 slot, Option<address> authority, ELF from byte 45. */
const TAG_PROGRAM_DATA = 3;
const AUTHORITY_OFFSET = 12;
const ELF_OFFSET = 45;

/** A finding that ends the check; its message says what to do. */
class Stop extends Error {}

async function verify(provider: AnchorProvider): Promise<void> {
  const { connection } = provider;
  const version = await reach(connection);
  console.log(`Cluster:            ${place(connection)} (${version})`);

  const programId = new web3.PublicKey(releaseAddress());
  console.log(`Program:            ${programId.toBase58()}`);

  const data = await programData(connection, programId);
  const authority = upgradeAuthority(data);
  console.log(`Upgrade authority:  ${describe(authority, provider.publicKey)}`);

  const v1 = await count(connection, programId, "ConfigV1");
  const v2 = await count(connection, programId, "ConfigV2");
  console.log(`Accounts:           ${v1} ConfigV1, ${v2} ConfigV2`);
  checkElf(data.subarray(ELF_OFFSET), programId);
  console.log(
    v1 > 0
      ? "Next:               migrate them, as docs/rollout.md describes"
      : "Next:               nothing: every config has the layout of release 2",
  );
}

/** The program's address, from the release's IDL. */
function releaseAddress(): string {
  const idl: { address: string } = JSON.parse(readRelease("app.json").toString());
  return idl.address;
}

function readRelease(file: string): Buffer {
  try {
    return readFileSync(join(RELEASE, file));
  } catch {
    throw new Stop(`releases/v2/${file} cannot be read: run \`cargo run -p release -- build v2\``);
  }
}

/** The cluster without the path and query of its URL, which may hold a key. */
function place(connection: web3.Connection): string {
  return new URL(connection.rpcEndpoint).origin;
}

/** The version of the node that answers. */
async function reach(connection: web3.Connection): Promise<string> {
  try {
    const version = await connection.getVersion();
    return version["solana-core"];
  } catch (error) {
    throw new Stop(
      `No cluster answers at ${place(connection)}: start a local validator there and deploy to it, ` +
        `or name another cluster with \`anchor migrate --provider.cluster <URL>\` (${reason(error)})`,
    );
  }
}

/** The program data account's bytes; the program must exist and be upgradeable. */
async function programData(connection: web3.Connection, programId: web3.PublicKey): Promise<Buffer> {
  const program = await connection.getAccountInfo(programId);
  if (program === null) {
    throw new Stop(
      `There is no program at ${programId.toBase58()}: deploy it with ` +
        `\`solana program deploy --program-id <KEYPAIR> releases/v2/app.so\``,
    );
  }
  if (!program.owner.equals(LOADER) || !program.executable || program.data.readUInt32LE(0) !== TAG_PROGRAM) {
    throw new Stop(
      `${programId.toBase58()} is no upgradeable program (its owner is ${program.owner.toBase58()}): ` +
        `deploy it with the upgradeable loader, or accounts can only move to another program`,
    );
  }
  const address = new web3.PublicKey(program.data.subarray(4, 36));
  const account = await connection.getAccountInfo(address);
  if (account === null || account.data.readUInt32LE(0) !== TAG_PROGRAM_DATA) {
    throw new Stop(`${programId.toBase58()} has no program data at ${address.toBase58()}: it was closed`);
  }
  return account.data;
}

function upgradeAuthority(data: Buffer): web3.PublicKey | null {
  if (data[AUTHORITY_OFFSET] === 0) return null;
  return new web3.PublicKey(data.subarray(AUTHORITY_OFFSET + 1, ELF_OFFSET));
}

function describe(authority: web3.PublicKey | null, wallet: web3.PublicKey): string {
  if (authority === null) return "none: the program can never be upgraded again";
  const whose = authority.equals(wallet) ? "this wallet" : `not this wallet, which is ${wallet.toBase58()}`;
  return `${authority.toBase58()} (${whose})`;
}

/** The deployed ELF is the release's; the loader leaves zeros behind a shorter one. */
function checkElf(deployed: Buffer, programId: web3.PublicKey): void {
  const release = readRelease("app.so");
  const sum = sha256(release).toString("hex");
  if (!readRelease("SHA256SUMS").toString().split("\n").includes(`${sum}  app.so`)) {
    throw new Stop("releases/v2/app.so is not what its SHA256SUMS says: run `cargo run -p release -- check`");
  }
  const padding = deployed.subarray(release.length);
  if (!deployed.subarray(0, release.length).equals(release) || padding.some((byte) => byte !== 0)) {
    throw new Stop(
      `What is deployed is not releases/v2/app.so (sha256 ${sum}): upgrade it with ` +
        `\`solana program deploy --program-id ${programId.toBase58()} releases/v2/app.so\` ` +
        "(what `anchor build` leaves in target/deploy has other bytes)",
    );
  }
  console.log(`Deployed:           releases/v2/app.so, sha256 ${sum}`);
}

/** How many accounts of a type the program owns. */
async function count(connection: web3.Connection, programId: web3.PublicKey, type: string): Promise<number> {
  const discriminator = sha256(Buffer.from(`account:${type}`)).subarray(0, 8);
  const accounts = await connection.getProgramAccounts(programId, {
    dataSlice: { offset: 0, length: 0 },
    filters: [{ memcmp: { offset: 0, bytes: utils.bytes.bs58.encode(discriminator) } }],
  });
  return accounts.length;
}

function sha256(bytes: Buffer): Buffer {
  return createHash("sha256").update(bytes).digest();
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

// Anchor calls what this module exports, does not await it, and prints a rejection as a stack trace.
export = async function deploy(provider: AnchorProvider): Promise<void> {
  try {
    await verify(provider);
  } catch (error) {
    console.error(error instanceof Stop ? `\nerror: ${error.message}` : error);
    process.exitCode = 1;
  }
};
