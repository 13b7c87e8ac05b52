import type { Address } from "@solana/kit";
import type { AnchorFailure, AppFailure } from "./failure";

/** What the program would reject, found without asking it: no transaction was sent. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";

  constructor(
    /** The program's own error. */
    readonly failure: AppFailure | AnchorFailure,
    /** The config that it is about. */
    readonly address: Address,
  ) {
    super(`${failure.name} (${failure.code}): ${failure.message} [${address}]`);
  }
}
