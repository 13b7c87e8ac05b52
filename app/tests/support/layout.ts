import { createHash } from "node:crypto";
import { type Address, getAddressEncoder } from "@solana/kit";

// The accounts' bytes, written out by hand: what the clients' codecs are compared with.

/** 48 bytes: discriminator 0, authority 8, value 40. */
export function configV1(authority: Address, value: bigint): Uint8Array {
  return concat(discriminator("ConfigV1"), address(authority), u64(value));
}

export interface V2Fields {
  readonly authority: Address;
  readonly value: bigint;
  readonly revision?: number;
  readonly fee?: bigint;
  readonly feeMint?: Address;
  readonly operators?: readonly Address[];
}

/**
 * 96 bytes and 32 per operator: discriminator 0, authority 8, value 40, revision 48, fee 52, fee mint
 * 60, number of operators 92, operators 96.
 */
export function configV2({ authority, value, revision = 0, fee = 0n, feeMint, operators = [] }: V2Fields): Uint8Array {
  return concat(
    discriminator("ConfigV2"),
    address(authority),
    u64(value),
    u32(revision),
    u64(fee),
    feeMint === undefined ? new Uint8Array(32) : address(feeMint),
    u32(operators.length),
    ...operators.map(address),
  );
}

/** What is left of a config whose life in the program has ended. */
export const RETIRED = new Uint8Array(8).fill(0xff);

export function discriminator(account: string): Uint8Array {
  return createHash("sha256").update(`account:${account}`).digest().subarray(0, 8);
}

export function address(address: Address): Uint8Array {
  return Uint8Array.from(getAddressEncoder().encode(address));
}

export function u32(value: number): Uint8Array {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

export function u64(value: bigint): Uint8Array {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(value);
  return bytes;
}

export function concat(...parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(Buffer.concat(parts));
}
