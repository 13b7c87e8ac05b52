// The upgradeable loader: its accounts' bytes, and the steps of an upgrade: an extension if the release has
// grown, a buffer, the writes that fill it, the upgrade. Accounts and data are those of the crate
// solana-loader-v3-interface. The TypeScript tests upgrade their programs by these steps, too.

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
const MINIMUM_EXTENSION = 10_240;

/** Tags of instructions, as u32. */
const INITIALIZE_BUFFER = 0;
const WRITE = 1;
const UPGRADE = 3;
const EXTEND_PROGRAM = 6;

/** Who is upgraded, by whom. */
export interface Target {
  readonly program: web3.PublicKey;
  /** The upgrade authority, which is the buffer's authority as well. */
  readonly authority: web3.PublicKey;
  /** Pays for everything, and gets the buffer's lamports back. */
  readonly payer: web3.PublicKey;
}

/** A part of a binary, and the instruction that writes it into the buffer. */
export interface Write {
  readonly offset: number;
  readonly bytes: Buffer;
  readonly instruction: web3.TransactionInstruction;
}

export function programDataAddress(program: web3.PublicKey): web3.PublicKey {
  return web3.PublicKey.findProgramAddressSync([program.toBuffer()], LOADER)[0];
}

/** By how many bytes a program data account has to grow to hold this binary. */
export function missingBytes(elf: Buffer, programDataLength: number): number {
  const missing = PROGRAM_DATA_METADATA + elf.length - programDataLength;
  return missing > 0 ? Math.max(missing, MINIMUM_EXTENSION) : 0;
}

/** Makes room for a larger release, in a slot of its own. */
export function extendProgram({ program, payer }: Target, additionalBytes: number): web3.TransactionInstruction {
  return instruction(
    [
      writable(programDataAddress(program)),
      writable(program),
      readonly(web3.SystemProgram.programId),
      signer(writable(payer)),
    ],
    Buffer.concat([u32(EXTEND_PROGRAM), u32(additionalBytes)]),
  );
}

/** The length of a buffer account for this binary. */
export function bufferSpace(elf: Buffer): number {
  return BUFFER_METADATA + elf.length;
}

/** Creates an empty buffer, in one transaction: another could make a buffer without authority theirs. */
export function createBuffer(
  { authority, payer }: Target,
  buffer: web3.PublicKey,
  elf: Buffer,
  lamports: number,
): web3.TransactionInstruction[] {
  const create = web3.SystemProgram.createAccount({
    fromPubkey: payer,
    newAccountPubkey: buffer,
    lamports,
    space: bufferSpace(elf),
    programId: LOADER,
  });
  return [create, instruction([writable(buffer), readonly(authority)], u32(INITIALIZE_BUFFER))];
}

/** Writes a binary into the buffer: in any order, each in a transaction of its own, which it fills. */
export function writesOf(target: Target, buffer: web3.PublicKey, elf: Buffer): Write[] {
  const length = chunkLength(target, buffer);
  return Array.from({ length: Math.ceil(elf.length / length) }, (_, index) => {
    const offset = index * length;
    const bytes = elf.subarray(offset, offset + length);
    return { offset, bytes, instruction: write(target, buffer, offset, bytes) };
  });
}

/** The bytes of a binary that fit a transaction beside all else that a write takes. */
function chunkLength(target: Target, buffer: web3.PublicKey): number {
  const message = new web3.Transaction({ feePayer: target.payer, recentBlockhash: web3.PublicKey.default.toBase58() })
    .add(write(target, buffer, 0, Buffer.alloc(0)))
    .compileMessage();
  const signatures = 1 + message.header.numRequiredSignatures * web3.SIGNATURE_LENGTH_IN_BYTES;
  // The length of more than 127 bytes takes two bytes, that of none one.
  return web3.PACKET_DATA_SIZE - signatures - message.serialize().length - 1;
}

function write(
  { authority }: Target,
  buffer: web3.PublicKey,
  offset: number,
  bytes: Buffer,
): web3.TransactionInstruction {
  return instruction(
    [writable(buffer), signer(readonly(authority))],
    Buffer.concat([u32(WRITE), u32(offset), u64(bytes.length), bytes]),
  );
}

/** Replaces the program by what is in the buffer. */
export function upgrade({ program, authority, payer }: Target, buffer: web3.PublicKey): web3.TransactionInstruction {
  return instruction(
    [
      writable(programDataAddress(program)),
      writable(program),
      writable(buffer),
      writable(payer),
      readonly(web3.SYSVAR_RENT_PUBKEY),
      readonly(web3.SYSVAR_CLOCK_PUBKEY),
      signer(readonly(authority)),
    ],
    u32(UPGRADE),
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
