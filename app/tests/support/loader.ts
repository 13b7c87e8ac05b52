import { web3 } from "@anchor-lang/core";
import { AccountRole, address, type Instruction, type KeyPairSigner } from "@solana/kit";
import { LOADER, programDataAddress, type Target } from "../../../migrations/loader";

// What only tests need of the loader beside the steps in migrations/loader.ts: the first deployment, and Kit.

const DEPLOY_WITH_MAX_DATA_LEN = 2;

/** Bytes of a program account. */
export const PROGRAM_LEN = 36;

/** Creates the program's account and deploys what is in the buffer; later releases may have `maxLength` bytes. */
export function deploy(
  { program, authority, payer }: Target,
  buffer: web3.PublicKey,
  lamports: number,
  maxLength: number,
): web3.TransactionInstruction[] {
  const create = web3.SystemProgram.createAccount({
    fromPubkey: payer,
    newAccountPubkey: program,
    lamports,
    space: PROGRAM_LEN,
    programId: LOADER,
  });
  const data = Buffer.alloc(12);
  data.writeUInt32LE(DEPLOY_WITH_MAX_DATA_LEN);
  data.writeBigUInt64LE(BigInt(maxLength), 4);
  const keys: web3.AccountMeta[] = [
    { pubkey: payer, isSigner: true, isWritable: true },
    { pubkey: programDataAddress(program), isSigner: false, isWritable: true },
    { pubkey: program, isSigner: false, isWritable: true },
    { pubkey: buffer, isSigner: false, isWritable: true },
    { pubkey: web3.SYSVAR_RENT_PUBKEY, isSigner: false, isWritable: false },
    { pubkey: web3.SYSVAR_CLOCK_PUBKEY, isSigner: false, isWritable: false },
    { pubkey: web3.SystemProgram.programId, isSigner: false, isWritable: false },
    { pubkey: authority, isSigner: true, isWritable: false },
  ];
  return [create, new web3.TransactionInstruction({ programId: LOADER, keys, data })];
}

/** The instruction for Kit, with those of its signers that are here. */
export function kitInstruction(
  { programId, keys, data }: web3.TransactionInstruction,
  signers: readonly KeyPairSigner[],
): Instruction {
  const accounts = keys.map(({ pubkey, isSigner, isWritable }) => {
    const meta = { address: address(pubkey.toBase58()), role: ROLES[`${isSigner}:${isWritable}`] };
    const signer = signers.find(({ address }) => address === meta.address);
    return signer === undefined ? meta : { ...meta, signer };
  });
  return { programAddress: address(programId.toBase58()), accounts, data };
}

/** By whether the account signs and whether it is written. */
const ROLES = {
  "true:true": AccountRole.WRITABLE_SIGNER,
  "true:false": AccountRole.READONLY_SIGNER,
  "false:true": AccountRole.WRITABLE,
  "false:false": AccountRole.READONLY,
} as const;
