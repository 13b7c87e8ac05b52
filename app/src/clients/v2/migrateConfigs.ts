import { AccountRole, type AccountMeta, type Address, type Instruction, type TransactionSigner } from "@solana/kit";
import { getMigrateManyInstruction } from "./generated/app";

export interface MigrateConfigsInput {
  /** Configs in either layout. 28 fit a transaction that also sets a compute-unit limit and price. */
  readonly configs: readonly Address[];
  /** The program's upgrade authority. */
  readonly upgradeAuthority: TransactionSigner;
  /** Pays the lamports that the migrated configs lack; the upgrade authority if left out. */
  readonly payer?: TransactionSigner;
  /** The most lamports that the payer may pay for all of them together. */
  readonly maxTopUp: bigint;
}

/** The instruction that makes every `ConfigV1` among the configs a `ConfigV2` and skips those that are one. */
export function migrateConfigs({
  configs,
  upgradeAuthority,
  payer = upgradeAuthority,
  maxTopUp,
}: MigrateConfigsInput): Instruction {
  const instruction: Instruction = getMigrateManyInstruction({ upgradeAuthority, payer, maxTopUp });
  const remaining = configs.map((address): AccountMeta => ({ address, role: AccountRole.WRITABLE }));
  return { ...instruction, accounts: [...(instruction.accounts ?? []), ...remaining] };
}
