import { readFileSync } from "node:fs";
import { join } from "node:path";
import { convertIdlToCamelCase, type Idl, type web3 } from "@anchor-lang/core";
import BN from "bn.js";
import { expect, test } from "vitest";
import { Cluster } from "../support/cluster";
import { legacyKey } from "../support/key";
import { oldClient } from "../support/oldClient";
import { recording } from "../support/recording";
import { file } from "../support/release";

const CLIENT = join(import.meta.dirname, "..", "..", "src", "clients", "v1");

test("the client's IDL is release 1's, byte for byte", () => {
  expect(readFileSync(join(CLIENT, "app.json")).equals(file("v1/app.json"))).toBe(true);
});

test("the client's type is the one of its IDL", () => {
  const source = readFileSync(join(CLIENT, "app.ts"), "utf8");
  const [, type = ""] = /^export type App = (.*);$/ms.exec(source) ?? [];
  const idl = JSON.parse(file("v1/app.json").toString()) as Idl;
  expect(JSON.parse(type)).toEqual(convertIdlToCamelCase(idl));
});

test("the client still sends the instructions that were recorded", async () => {
  const client = oldClient(await Cluster.start(), "authority");
  const authority = legacyKey("authority").publicKey;
  const sent = {
    initialize: client.initialize(authority, new BN(7)),
    update: client.update(authority, new BN("18446744073709551615")),
    close: client.close(authority),
  };
  const found = await Promise.all(
    Object.entries(sent).map(async ([name, builder]) => {
      const { keys, data } = await builder.instruction();
      return { name, accounts: keys.map(describe), data: data.toString("hex") };
    }),
  );
  expect(found).toEqual(recording());
});

function describe({ pubkey, isSigner, isWritable }: web3.AccountMeta): string {
  return `${pubkey.toBase58()}:${isSigner ? "s" : "-"}${isWritable ? "w" : "-"}`;
}
