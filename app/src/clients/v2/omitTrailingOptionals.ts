import type { AccountMeta, Instruction } from "@solana/kit";

/**
 * The instruction without the optional accounts at its end for which the program's id stands. The
 * program takes both; without them the transaction is a byte shorter for each.
 */
export function omitTrailingOptionals<TInstruction extends Instruction & { accounts: readonly AccountMeta[] }>(
  instruction: TInstruction,
): Instruction<TInstruction["programAddress"], readonly AccountMeta[]> & Pick<TInstruction, "data"> {
  const { accounts, programAddress } = instruction;
  const last = accounts.findLastIndex((account) => account.address !== programAddress);
  return { ...instruction, accounts: accounts.slice(0, last + 1) };
}
