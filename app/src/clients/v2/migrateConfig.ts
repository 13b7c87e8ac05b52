import type { Address, GetAccountInfoApi, Instruction, Rpc, TransactionSigner } from "@solana/kit";
import { ConfigError } from "./configError";
import { appFailure } from "./failure";
import { fetchConfig } from "./fetchConfig";
import { APP_PROGRAM_ADDRESS, getMigrateInstruction } from "./generated/app";
import { omitTrailingOptionals } from "./omitTrailingOptionals";

export interface MigrateConfigInput {
  readonly config: Address;
  /** The config's authority or the program's upgrade authority. */
  readonly authority: TransactionSigner;
  /** Pays the lamports that a `ConfigV2` needs and the config lacks; the authority if left out. */
  readonly payer?: TransactionSigner;
}

/**
 * The instruction that makes a `ConfigV1` a `ConfigV2`.
 *
 * @throws {ConfigError} `AlreadyMigrated`, `Retired`, or what {@link fetchConfig} throws.
 */
export async function migrateConfig(
  rpc: Rpc<GetAccountInfoApi>,
  { config: address, authority, payer = authority }: MigrateConfigInput,
): Promise<Instruction> {
  const config = await fetchConfig(rpc, address);
  if (config.version !== "V1") {
    const failure = config.version === "V2" ? "AlreadyMigrated" : "Retired";
    throw new ConfigError(appFailure(failure), address);
  }
  const input = { config: address, authority, payer };
  // Only the upgrade authority has to prove who it is; the program's id stands for no account.
  return config.account.data.authority === authority.address
    ? omitTrailingOptionals(getMigrateInstruction({ ...input, programData: APP_PROGRAM_ADDRESS }))
    : getMigrateInstruction(input);
}
