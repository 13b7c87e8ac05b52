import type { Address, Instruction, ReadonlyUint8Array, TransactionSigner } from "@solana/kit";
import { app } from "../v2";
import { getMigrateAccountInstruction } from "./generated/migrator";
import { findSuccessor } from "./successor";

export interface MigrateAccountInput {
  /** The config's authority, in the old program and in the successor. */
  readonly authority: TransactionSigner;
  /** Pays the lamports that the new account needs; the authority if left out. */
  readonly payer?: TransactionSigner;
  /** Receives the old account's lamports, less the rent of the 8 bytes that stay; the payer if left out. */
  readonly recipient?: Address;
  /**
   * The most lamports that the payer pays; the program rejects more with `PaymentAboveLimit`. The new account
   * needs what `successorRent` says.
   */
  readonly maxPayment: bigint;
  /** The old account's data as the authority reviewed it: the program rejects any other. */
  readonly reviewed?: ReadonlyUint8Array;
}

/**
 * The instruction that moves a config, in either layout, to the successor program: it retires the old
 * account and creates the new one, or does neither.
 */
export async function migrateAccount({
  authority,
  payer = authority,
  recipient = payer.address,
  maxPayment,
  reviewed,
}: MigrateAccountInput): Promise<Instruction> {
  const [oldConfig, oldBump] = await app.findConfigPda({ authority: authority.address });
  return getMigrateAccountInstruction({
    oldConfig,
    newConfig: await findSuccessor(oldConfig),
    authority,
    payer,
    recipient,
    oldBump,
    expectedHash: reviewed === undefined ? null : await sha256(reviewed),
    maxPayment,
  });
}

async function sha256(data: ReadonlyUint8Array): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", Uint8Array.from(data)));
}
