import type { GetMinimumBalanceForRentExemptionApi, Lamports, Rpc } from "@solana/kit";

/** Bytes of a successor without operators, and of each operator. */
const SPACE = 141n;
const OPERATOR_SPACE = 32n;

/**
 * The lamports that the successor of a config with this many operators needs at the cluster's rent: a payer
 * who migrates such a config pays no more. The number is the one that the payer agrees to, because a config may
 * get more operators until the migration arrives; a `ConfigV1` has none.
 */
export function successorRent(rpc: Rpc<GetMinimumBalanceForRentExemptionApi>, operators: number): Promise<Lamports> {
  return rpc.getMinimumBalanceForRentExemption(SPACE + OPERATOR_SPACE * BigInt(operators)).send();
}
