// The upgradeable loader: its accounts' bytes, and the instructions that an upgrade takes. Both are those
// of the crate solana-loader-v3-interface.

import { web3 } from "@anchor-lang/core";

export const LOADER = new web3.PublicKey("BPFLoaderUpgradeab1e11111111111111111111111");

/** Tags of accounts, as u32. A program is its tag and the address of its program data. */
export const TAG_PROGRAM = 2;
/** Program data: tag, u64 slot, Option<address> upgrade authority, ELF. */
export const TAG_PROGRAM_DATA = 3;
export const AUTHORITY_OFFSET = 12;
export const PROGRAM_DATA_METADATA = 45;
/** A buffer: tag, Option<address> authority, ELF. */
export const BUFFER_METADATA = 37;

/** The fewest bytes that the loader extends a program by. */
export const MINIMUM_EXTENSION = 10_240;

/** Tags of instructions, as u32. */
const INITIALIZE_BUFFER = 0;
const WRITE = 1;
const UPGRADE = 3;
const EXTEND_PROGRAM = 6;

/** Who is upgraded by whom. */
export interface Target {
  readonly program: web3.PublicKey;
  readonly programData: web3.PublicKey;
  /** The upgrade authority, which is the buffer's authority as well, and pays. */
  readonly authority: web3.PublicKey;
}

/** Belongs into the transaction that creates the account, or another can make the buffer theirs. */
export function initializeBuffer(buffer: web3.PublicKey, authority: web3.PublicKey): web3.TransactionInstruction {
  return instruction([writable(buffer), readonly(authority)], u32(INITIALIZE_BUFFER));
}

export function write(
  buffer: web3.PublicKey,
  authority: web3.PublicKey,
  offset: number,
  bytes: Buffer,
): web3.TransactionInstruction {
  return instruction(
    [writable(buffer), signer(readonly(authority))],
    Buffer.concat([u32(WRITE), u32(offset), u64(bytes.length), bytes]),
  );
}

/** Replaces the program by what is in the buffer; what the buffer holds in lamports goes to the authority. */
export function upgrade(target: Target, buffer: web3.PublicKey): web3.TransactionInstruction {
  return instruction(
    [
      writable(target.programData),
      writable(target.program),
      writable(buffer),
      writable(target.authority),
      readonly(web3.SYSVAR_RENT_PUBKEY),
      readonly(web3.SYSVAR_CLOCK_PUBKEY),
      signer(readonly(target.authority)),
    ],
    u32(UPGRADE),
  );
}

/** Makes room for a larger release. */
export function extendProgram(target: Target, additionalBytes: number): web3.TransactionInstruction {
  return instruction(
    [
      writable(target.programData),
      writable(target.program),
      readonly(web3.SystemProgram.programId),
      signer(writable(target.authority)),
    ],
    Buffer.concat([u32(EXTEND_PROGRAM), u32(additionalBytes)]),
  );
}

function instruction(keys: web3.AccountMeta[], data: Buffer): web3.TransactionInstruction {
  return new web3.TransactionInstruction({ programId: LOADER, keys, data });
}

function writable(pubkey: web3.PublicKey): web3.AccountMeta {
  return { pubkey, isSigner: false, isWritable: true };
}

function readonly(pubkey: web3.PublicKey): web3.AccountMeta {
  return { pubkey, isSigner: false, isWritable: false };
}

function signer(meta: web3.AccountMeta): web3.AccountMeta {
  return { ...meta, isSigner: true };
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function u64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}
