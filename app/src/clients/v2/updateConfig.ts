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
   * The revision of a `ConfigV2` whose value is overwritten; at another one the program rejects the update
   * with `RevisionMismatch`. It is the one just read if left out; `null` overwrites any. It does not protect
   * from a fee: a config that is closed and created again counts from 0.
   */
  readonly expectedRevision?: number | null;
  /** The fee that the signer agrees to; none if left out. */
  readonly fee?: AgreedFee;
}

/**
 * What the signer agrees to pay for an update, and how. It is the caller's word: the program rejects a fee above
 * it and a fee in another token, whatever the config says when the update arrives.
 */
export interface AgreedFee {
  /** The most base units of the mint's token. */
  readonly max: bigint;
  readonly mint: Address;
  /** The signer's token account for the mint. */
  readonly source: Address;
  /** Any token account of the config's authority for the mint. */
  readonly vault: Address;
  /** The program that owns the mint: SPL Token or Token-2022. */
  readonly tokenProgram: Address;
}

/**
 * The instruction that sets a config's value: `update` of a `ConfigV1`, which charges nothing, `update_v2` of a
 * `ConfigV2`. A config that is migrated before the instruction arrives takes `update` too.
 *
 * @throws {ConfigError} `WrongAuthority`, `FeeAccountsMissing`, `FeeAboveLimit`, `WrongFeeMint`, `Retired`, or
 * what {@link fetchConfig} throws.
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
  checkAgreement(config, data, fee);
  // What is agreed comes from the caller alone: a fee that was just read may be news to the signer.
  return omitTrailingOptionals(
    getUpdateV2Instruction({
      config,
      signer,
      value,
      expectedRevision: expectedRevision === undefined ? data.revision : expectedRevision,
      maxFee: fee?.max ?? 0n,
      feeSource: fee?.source,
      feeVault: fee?.vault,
      feeMint: fee?.mint,
      tokenProgram: fee?.tokenProgram,
    }),
  );
}

/** Spares the signer a transaction that the program would reject. */
function checkAgreement(config: Address, data: ConfigV2, fee: AgreedFee | undefined): void {
  if (data.fee === 0n) return;
  if (fee === undefined) throw new ConfigError(appFailure("FeeAccountsMissing"), config);
  if (fee.max < data.fee) {
    const compared = { left: fee.max.toString(), right: data.fee.toString() };
    throw new ConfigError(appFailure("FeeAboveLimit", compared), config);
  }
  if (fee.mint !== data.feeMint) {
    throw new ConfigError(appFailure("WrongFeeMint", { left: fee.mint, right: data.feeMint }), config);
  }
}
