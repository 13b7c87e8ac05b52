// What is deployed: the program, and the accounts that it owns.

import { utils, web3 } from "@anchor-lang/core";
import { AUTHORITY_OFFSET, LOADER, PROGRAM_DATA_METADATA, TAG_PROGRAM, TAG_PROGRAM_DATA } from "./loader";
import type { Idl } from "./release";
import { reason, Stop } from "./stop";

export interface Program {
  readonly id: web3.PublicKey;
  readonly data: web3.PublicKey;
  /** What the program data account holds. */
  readonly lamports: number;
  /** `null` when nobody can upgrade the program any more. */
  readonly authority: web3.PublicKey | null;
  /** The binary, and zeros up to the end of the account. */
  readonly elf: Buffer;
}

/** How many accounts there are of a type. */
export interface Count {
  readonly type: string;
  readonly accounts: number;
}

/** The program at this address, which must exist and be upgradeable; it would be deployed from `binary`. */
export async function readProgram(connection: web3.Connection, id: web3.PublicKey, binary: string): Promise<Program> {
  const program = await connection.getAccountInfo(id);
  if (program === null) {
    throw new Stop(
      `There is no program at ${id.toBase58()}: deploy the first release yourself, with the program's key pair, by ` +
        `\`solana program deploy --program-id <KEYPAIR> ${binary}\` (or an older release, to rehearse the upgrade)`,
    );
  }
  if (!program.owner.equals(LOADER) || !program.executable || tag(program) !== TAG_PROGRAM) {
    throw new Stop(
      `${id.toBase58()} is no upgradeable program (its owner is ${program.owner.toBase58()}): ` +
        "deploy it with the upgradeable loader, or move its accounts to another program (docs/choosing-a-path.md)",
    );
  }
  return readProgramData(connection, id, new web3.PublicKey(program.data.subarray(4, 36)));
}

async function readProgramData(
  connection: web3.Connection,
  id: web3.PublicKey,
  address: web3.PublicKey,
): Promise<Program> {
  const account = await connection.getAccountInfo(address);
  if (account === null || tag(account) !== TAG_PROGRAM_DATA) {
    throw new Stop(
      `${id.toBase58()} has no program data at ${address.toBase58()}: it was closed, and its accounts are ` +
        "out of reach",
    );
  }
  return {
    id,
    data: address,
    lamports: account.lamports,
    authority: upgradeAuthority(account.data),
    elf: account.data.subarray(PROGRAM_DATA_METADATA),
  };
}

function tag({ data }: web3.AccountInfo<Buffer>): number | null {
  return data.length < 4 ? null : data.readUInt32LE(0);
}

function upgradeAuthority(data: Buffer): web3.PublicKey | null {
  if (data[AUTHORITY_OFFSET] === 0) return null;
  return new web3.PublicKey(data.subarray(AUTHORITY_OFFSET + 1, PROGRAM_DATA_METADATA));
}

/** What `account_migration::retire` leaves of an account, whose life in the program has ended. */
const RETIRED = Buffer.alloc(8, 0xff);

/** Counts the program's accounts by their discriminators; `idl` is the newest, which knows all of them. */
export async function countAccounts(connection: web3.Connection, id: web3.PublicKey, idl: Idl): Promise<Count[]> {
  const starts = idl.accounts.map(({ name, discriminator }) => [name, Buffer.from(discriminator)] as const);
  return Promise.all(
    [...starts, ["retired", RETIRED] as const].map(async ([type, start]) => ({
      type,
      accounts: await count(connection, id, start),
    })),
  );
}

async function count(connection: web3.Connection, id: web3.PublicKey, start: Buffer): Promise<number> {
  try {
    const accounts = await connection.getProgramAccounts(id, {
      dataSlice: { offset: 0, length: 0 },
      filters: [{ memcmp: { offset: 0, bytes: utils.bytes.bs58.encode(start) } }],
    });
    return accounts.length;
  } catch (error) {
    throw new Stop(
      `The accounts cannot be counted: name a node that answers getProgramAccounts, with ` +
        `\`anchor migrate --provider.cluster <URL>\` (${reason(error)})`,
    );
  }
}
