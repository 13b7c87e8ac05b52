import { join } from "node:path";
import { expect, test } from "vitest";
import { successor } from "../../src/clients/proxy";
import { bytes, front, recorded, type Recorded, written } from "../support/fixture";

type Account = Recorded & { readonly fields: unknown };

const ACCOUNTS = recorded(join(import.meta.dirname, "fixtures", "accounts.json")) as readonly Account[];

test("a SuccessorConfig is read and written as Rust does", () => {
  expect(ACCOUNTS.length).toBeGreaterThanOrEqual(50);
  for (const account of ACCOUNTS) {
    const config = successor.getSuccessorConfigDecoder().decode(bytes(account));
    expect(written(config)).toEqual(account.fields);
    const encoded = successor.getSuccessorConfigEncoder().encode(config);
    expect(encoded).toEqual(front(account, encoded));
  }
});
