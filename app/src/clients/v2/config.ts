import { type Account, containsBytes, type EncodedAccount, type ReadonlyUint8Array } from "@solana/kit";
import { ConfigError } from "./configError";
import { anchorFailure, appFailure, type AppFailure } from "./failure";
import {
  APP_PROGRAM_ADDRESS,
  CONFIG_V1_DISCRIMINATOR,
  CONFIG_V2_DISCRIMINATOR,
  type ConfigV1,
  type ConfigV2,
  decodeConfigV1,
  decodeConfigV2,
} from "./generated/app";

/** A config and which layout it has. */
export type Config =
  | { readonly version: "V1"; readonly account: Account<ConfigV1> }
  | { readonly version: "V2"; readonly account: Account<ConfigV2> }
  /** Its life in this program has ended. */
  | { readonly version: "retired"; readonly account: EncodedAccount };

export type ConfigVersion = Config["version"];

/** What an account of each version begins with; a retired account holds nothing else. */
export const DISCRIMINATORS: Readonly<Record<ConfigVersion, ReadonlyUint8Array>> = {
  V1: CONFIG_V1_DISCRIMINATOR,
  V2: CONFIG_V2_DISCRIMINATOR,
  retired: new Uint8Array(8).fill(0xff),
};

/** Bytes of a config without operators. */
const LENGTH = { V1: 48, V2: 96 };

/**
 * Reads whichever layout the account's discriminator names, as the program does.
 *
 * @throws {ConfigError} `AccountOwnedByWrongProgram`, `Uninitialized`, `UnknownVersion`, `Truncated` or
 * `Corrupt`: the program's own answers to such an account.
 */
export function decodeConfig(account: EncodedAccount): Config {
  if (account.programAddress !== APP_PROGRAM_ADDRESS) {
    throw new ConfigError(anchorFailure("AccountOwnedByWrongProgram"), account.address);
  }
  const { data } = account;
  if (containsBytes(data, DISCRIMINATORS.V1, 0)) {
    return { version: "V1", account: decodeFields(account, LENGTH.V1, decodeConfigV1) };
  }
  if (containsBytes(data, DISCRIMINATORS.V2, 0)) {
    return { version: "V2", account: decodeFields(account, LENGTH.V2, decodeConfigV2) };
  }
  if (data.length === DISCRIMINATORS.retired.length && containsBytes(data, DISCRIMINATORS.retired, 0)) {
    return { version: "retired", account };
  }
  throw new ConfigError(appFailure(unrecognized(data)), account.address);
}

function decodeFields<T extends object>(
  account: EncodedAccount,
  length: number,
  decode: (account: EncodedAccount) => Account<T>,
): Account<T> {
  if (account.data.length < length) throw new ConfigError(appFailure("Truncated"), account.address);
  try {
    return decode(account);
  } catch {
    throw new ConfigError(appFailure("Corrupt"), account.address);
  }
}

/** Why the data begins with no discriminator. */
function unrecognized(data: ReadonlyUint8Array): AppFailure["name"] {
  const start = data.slice(0, 8);
  if (start.every((byte) => byte === 0)) return "Uninitialized";
  const beginsOne = [DISCRIMINATORS.V1, DISCRIMINATORS.V2].some((known) => containsBytes(known, start, 0));
  return beginsOne ? "Truncated" : "UnknownVersion";
}
