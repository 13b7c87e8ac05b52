import { join } from "node:path";
import { address } from "@solana/kit";
import { expect, test } from "vitest";
import { app, ConfigError, decodeConfig } from "../../src/clients/v2";
import { account } from "../support/account";
import { bytes, front, recorded, type Recorded, written } from "../support/fixture";

/** An account and what Rust reads from it, as `tests/typescript_fixture.rs` records it. */
type Account = Recorded &
  (
    | { readonly kind: "V1"; readonly fields: Record<"authority" | "value", string> }
    | { readonly kind: "V2"; readonly fields: Record<string, unknown> }
    | { readonly kind: "error"; readonly error: string }
  );

const ACCOUNTS = recorded(join(import.meta.dirname, "..", "fixtures", "accounts.json")) as readonly Account[];
const ADDRESS = address("11111111111111111111111111111111");

function ofKind<K extends Account["kind"]>(kind: K) {
  return ACCOUNTS.filter((account): account is Extract<Account, { kind: K }> => account.kind === kind);
}

test("the fixture has accounts of every kind", () => {
  for (const kind of ["V1", "V2", "error"] as const) {
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

test("what Rust rejects is rejected for the same reason", () => {
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
