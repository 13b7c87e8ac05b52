import { readFileSync } from "node:fs";
import { join } from "node:path";
import { address, getBase16Encoder } from "@solana/kit";
import { expect, test } from "vitest";
import { app, ConfigError, decodeConfig, successor } from "../../src/clients/v2";
import { account } from "../support/account";

/** An account and what Rust reads from it, as `tests/typescript_fixture.rs` records it. */
type Recorded = { readonly data: string } & (
  | { readonly kind: "V1"; readonly fields: Record<"authority" | "value", string> }
  | { readonly kind: "V2"; readonly fields: Record<string, unknown> }
  | { readonly kind: "SuccessorConfig"; readonly fields: Record<string, unknown> }
  | { readonly kind: "error"; readonly error: string }
);

const FIXTURE = join(import.meta.dirname, "..", "fixtures", "accounts.json");
const RECORDED = JSON.parse(readFileSync(FIXTURE, "utf8")) as readonly Recorded[];
const ADDRESS = address("11111111111111111111111111111111");

function ofKind<K extends Recorded["kind"]>(kind: K) {
  return RECORDED.filter((recorded): recorded is Extract<Recorded, { kind: K }> => recorded.kind === kind);
}

function bytes({ data }: Recorded): Uint8Array {
  return Uint8Array.from(getBase16Encoder().encode(data));
}

/** The fields as the fixture writes them: 64-bit numbers as strings, and no discriminator. */
function written(fields: object): unknown {
  return JSON.parse(
    JSON.stringify(fields, (key, value: unknown) =>
      key === "discriminator" ? undefined : typeof value === "bigint" ? value.toString() : value,
    ),
  );
}

/** The encoded fields, of an account that may have stray bytes behind them. */
function front(recorded: Recorded, encoded: { readonly length: number }): Uint8Array {
  return bytes(recorded).subarray(0, encoded.length);
}

test("the fixture has accounts of every kind", () => {
  for (const kind of ["V1", "V2", "SuccessorConfig", "error"] as const) {
    expect(ofKind(kind).length, kind).toBeGreaterThanOrEqual(50);
  }
});

test("a ConfigV1 is read and written as Rust does", () => {
  for (const recorded of ofKind("V1")) {
    const config = decodeConfig(account(ADDRESS, bytes(recorded)));
    if (config.version !== "V1") throw new Error(`${recorded.data} was read as ${config.version}`);
    expect(written(config.account.data)).toEqual(recorded.fields);
    const encoded = app.getConfigV1Encoder().encode(config.account.data);
    expect(encoded).toEqual(front(recorded, encoded));
  }
});

test("a ConfigV2 is read and written as Rust does", () => {
  for (const recorded of ofKind("V2")) {
    const config = decodeConfig(account(ADDRESS, bytes(recorded)));
    if (config.version !== "V2") throw new Error(`${recorded.data} was read as ${config.version}`);
    expect(written(config.account.data)).toEqual(recorded.fields);
    const encoded = app.getConfigV2Encoder().encode(config.account.data);
    expect(encoded).toEqual(front(recorded, encoded));
  }
});

test("a SuccessorConfig is read and written as Rust does", () => {
  for (const recorded of ofKind("SuccessorConfig")) {
    const config = successor.getSuccessorConfigDecoder().decode(bytes(recorded));
    expect(written(config)).toEqual(recorded.fields);
    const encoded = successor.getSuccessorConfigEncoder().encode(config);
    expect(encoded).toEqual(front(recorded, encoded));
  }
});

test("what Rust refuses to read is refused for the same reason", () => {
  for (const recorded of ofKind("error")) {
    expect(reason(bytes(recorded)), recorded.data).toBe(recorded.error);
  }
});

function reason(data: Uint8Array): string {
  try {
    const { version } = decodeConfig(account(ADDRESS, data));
    return version === "retired" ? "Retired" : version;
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.failure.name;
  }
}
