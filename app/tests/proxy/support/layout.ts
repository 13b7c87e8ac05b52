import type { Address } from "@solana/kit";
import { address, concat, discriminator, u32, u64, type V2Fields } from "../../support/layout";

/** Lamports of 141 bytes: a successor without operators. */
export const SUCCESSOR_RENT = 1_872_240n;

export interface SuccessorFields extends V2Fields {
  readonly predecessor: Address;
  readonly version: 1 | 2;
  readonly slot: bigint;
}

/**
 * 141 bytes and 32 per operator: discriminator 0, predecessor 8, version 40, slot 41, authority 49,
 * value 81, revision 89, fee mint 97, fee 129, number of operators 137, operators 141.
 */
export function successorConfig(fields: SuccessorFields): Uint8Array {
  const { predecessor, version, slot, authority, value, revision = 0, fee = 0n, feeMint, operators = [] } = fields;
  return concat(
    discriminator("SuccessorConfig"),
    address(predecessor),
    Uint8Array.of(version),
    u64(slot),
    address(authority),
    u64(value),
    u64(BigInt(revision)),
    feeMint === undefined ? new Uint8Array(32) : address(feeMint),
    u64(fee),
    u32(operators.length),
    ...operators.map(address),
  );
}
