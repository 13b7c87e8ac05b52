import type { Address, GetAccountInfoApi, Instruction, Rpc, TransactionSigner } from "@solana/kit";
import { ConfigError } from "./configError";
import { appFailure } from "./failure";
import { fetchConfig } from "./fetchConfig";
import { type ConfigV2, getUpdateInstruction, getUpdateV2Instruction } from "./generated/app";
import { omitTrailingOptionals } from "./omitTrailingOptionals";

export interface UpdateConfigInput {
  readonly config: Address;
  /** The config's authority, or an operator of a `ConfigV2`. */
  readonly signer: TransactionSigner;
  readonly value: number | bigint;
  /**
   * The revision of a `ConfigV2` that the update is meant for; at another one the program rejects it with
   * `RevisionMismatch`. It is the one just read if left out; `null` accepts any, and any fee.
   */
  readonly expectedRevision?: number | null;
  /** Who pays and who receives the fee of a `ConfigV2` that charges one. */
  readonly fee?: FeeAccounts;
}

export interface FeeAccounts {
  /** The signer's token account for the fee mint. */
  readonly source: Address;
  /** Any token account of the config's authority for the fee mint. */
  readonly vault: Address;
  /** The program that owns the mint: SPL Token or Token-2022. */
  readonly tokenProgram: Address;
}

/**
 * The instruction that sets a config's value: `update` of a `ConfigV1`, `update_v2` of a `ConfigV2`. A
 * config that is migrated before the instruction arrives takes `update` too.
 *
 * @throws {ConfigError} `WrongAuthority`, `FeeAccountsMissing`, `Retired`, or what {@link fetchConfig}
 * throws.
 */
export async function updateConfig(rpc: Rpc<GetAccountInfoApi>, input: UpdateConfigInput): Promise<Instruction> {
  const { config: address, signer, value } = input;
  const config = await fetchConfig(rpc, address);
  switch (config.version) {
    case "V1":
      // `update` derives the config from its signer, so it would answer `ConstraintSeeds`.
      if (config.account.data.authority !== signer.address)
        throw new ConfigError(appFailure("WrongAuthority"), address);
      return getUpdateInstruction({ config: address, authority: signer, value });
    case "V2":
      return updateV2(input, config.account.data);
    case "retired":
      throw new ConfigError(appFailure("Retired"), address);
  }
}

function updateV2({ config, signer, value, expectedRevision, fee }: UpdateConfigInput, data: ConfigV2): Instruction {
  const base = {
    config,
    signer,
    value,
    expectedRevision: expectedRevision === undefined ? data.revision : expectedRevision,
  };
  if (data.fee === 0n) return omitTrailingOptionals(getUpdateV2Instruction(base));
  if (fee === undefined) throw new ConfigError(appFailure("FeeAccountsMissing"), config);
  return getUpdateV2Instruction({
    ...base,
    feeSource: fee.source,
    feeVault: fee.vault,
    feeMint: data.feeMint,
    tokenProgram: fee.tokenProgram,
  });
}
