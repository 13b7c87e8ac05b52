import { getCreateAccountInstruction } from "@solana-program/system";
import {
  type AccountMeta,
  AccountRole,
  type AccountSignerMeta,
  type Address,
  address,
  getAddressEncoder,
  getProgramDerivedAddress,
  getStructEncoder,
  getU32Encoder,
  getU64Encoder,
  type Instruction,
  type ReadonlyUint8Array,
  type TransactionSigner,
} from "@solana/kit";

// The upgradeable loader's instructions that a deployment and an upgrade take. Accounts and data are
// those of the crate solana-loader-v3-interface.

export const LOADER = address("BPFLoaderUpgradeab1e11111111111111111111111");
const RENT = address("SysvarRent111111111111111111111111111111111");
const CLOCK = address("SysvarC1ock11111111111111111111111111111111");
const SYSTEM = address("11111111111111111111111111111111");

/** Bytes before the ELF in a buffer and in a program data account, and of a program account. */
export const BUFFER_METADATA = 37;
export const PROGRAM_DATA_METADATA = 45;
export const PROGRAM_LEN = 36;
/** The fewest bytes that a program may be extended by. */
export const MINIMUM_EXTENSION = 10_240;

type LoaderInstruction = Instruction<string, readonly (AccountMeta | AccountSignerMeta)[]>;

export async function programDataAddress(program: Address): Promise<Address> {
  const seeds = [getAddressEncoder().encode(program)];
  return (await getProgramDerivedAddress({ programAddress: LOADER, seeds }))[0];
}

/** An account that the loader will own. */
export function createLoaderAccount(
  payer: TransactionSigner,
  newAccount: TransactionSigner,
  lamports: bigint,
  space: number,
): LoaderInstruction {
  return getCreateAccountInstruction({ payer, newAccount, lamports, space, programAddress: LOADER });
}

export function initializeBuffer(buffer: Address, authority: Address): LoaderInstruction {
  return {
    programAddress: LOADER,
    accounts: [
      { address: buffer, role: AccountRole.WRITABLE },
      { address: authority, role: AccountRole.READONLY },
    ],
    data: getU32Encoder().encode(0),
  };
}

export function write(
  buffer: Address,
  authority: TransactionSigner,
  offset: number,
  bytes: ReadonlyUint8Array,
): LoaderInstruction {
  const head = getStructEncoder([
    ["tag", getU32Encoder()],
    ["offset", getU32Encoder()],
    ["length", getU64Encoder()],
  ]).encode({ tag: 1, offset, length: bytes.length });
  return {
    programAddress: LOADER,
    accounts: [{ address: buffer, role: AccountRole.WRITABLE }, readonlySigner(authority)],
    data: new Uint8Array([...head, ...bytes]),
  };
}

/** Deploys what is in the buffer; later releases of the program may have `maxLength` bytes. */
export async function deploy(
  payer: TransactionSigner,
  program: Address,
  buffer: Address,
  authority: TransactionSigner,
  maxLength: number,
): Promise<LoaderInstruction> {
  return {
    programAddress: LOADER,
    accounts: [
      { address: payer.address, role: AccountRole.WRITABLE_SIGNER, signer: payer },
      { address: await programDataAddress(program), role: AccountRole.WRITABLE },
      { address: program, role: AccountRole.WRITABLE },
      { address: buffer, role: AccountRole.WRITABLE },
      { address: RENT, role: AccountRole.READONLY },
      { address: CLOCK, role: AccountRole.READONLY },
      { address: SYSTEM, role: AccountRole.READONLY },
      readonlySigner(authority),
    ],
    data: getStructEncoder([
      ["tag", getU32Encoder()],
      ["maxLength", getU64Encoder()],
    ]).encode({ tag: 2, maxLength }),
  };
}

/** Replaces the program by what is in the buffer; the buffer's lamports go to `spill`. */
export async function upgrade(
  program: Address,
  buffer: Address,
  authority: TransactionSigner,
  spill: Address,
): Promise<LoaderInstruction> {
  return {
    programAddress: LOADER,
    accounts: [
      { address: await programDataAddress(program), role: AccountRole.WRITABLE },
      { address: program, role: AccountRole.WRITABLE },
      { address: buffer, role: AccountRole.WRITABLE },
      { address: spill, role: AccountRole.WRITABLE },
      { address: RENT, role: AccountRole.READONLY },
      { address: CLOCK, role: AccountRole.READONLY },
      readonlySigner(authority),
    ],
    data: getU32Encoder().encode(3),
  };
}

/** Makes room for a larger release. */
export async function extendProgram(
  program: Address,
  payer: TransactionSigner,
  additionalBytes: number,
): Promise<LoaderInstruction> {
  return {
    programAddress: LOADER,
    accounts: [
      { address: await programDataAddress(program), role: AccountRole.WRITABLE },
      { address: program, role: AccountRole.WRITABLE },
      { address: SYSTEM, role: AccountRole.READONLY },
      { address: payer.address, role: AccountRole.WRITABLE_SIGNER, signer: payer },
    ],
    data: getStructEncoder([
      ["tag", getU32Encoder()],
      ["additionalBytes", getU32Encoder()],
    ]).encode({ tag: 6, additionalBytes }),
  };
}

function readonlySigner(signer: TransactionSigner): AccountSignerMeta {
  return { address: signer.address, role: AccountRole.READONLY_SIGNER, signer };
}
