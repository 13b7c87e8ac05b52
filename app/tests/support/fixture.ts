import { readFileSync } from "node:fs";
import { getBase16Encoder } from "@solana/kit";

// Accounts and what Rust reads from them, as Rust tests record them.

/** An account's data, in hexadecimal. */
export interface Recorded {
  readonly data: string;
}

/** The accounts of a fixture, of the kinds that its test knows. */
export function recorded(path: string): unknown {
  return JSON.parse(readFileSync(path, "utf8"));
}

export function bytes({ data }: Recorded): Uint8Array {
  return Uint8Array.from(getBase16Encoder().encode(data));
}

/** The fields as a fixture has them: 64-bit numbers as strings, and no discriminator. */
export function written(fields: object): unknown {
  return JSON.parse(
    JSON.stringify(fields, (key, value: unknown) =>
      key === "discriminator" ? undefined : typeof value === "bigint" ? value.toString() : value,
    ),
  );
}

/** The encoded fields, of an account that may have stray bytes behind them. */
export function front(recorded: Recorded, encoded: { readonly length: number }): Uint8Array {
  return bytes(recorded).subarray(0, encoded.length);
}
