import { web3 } from "@anchor-lang/core";
import { expect, test } from "vitest";
import { missingBytes, PROGRAM_DATA_METADATA, type Target, writesOf } from "../../../migrations/loader";
import { legacyKey } from "../support/key";
import { NEWEST, release } from "../support/release";

// The steps of an upgrade; that they upgrade a program is what every other test begins with.

const elf = release(NEWEST).elf.subarray(0, 10_500);
const buffer = legacyKey("buffer").publicKey;

/** An upgrade whose authority pays or has another payer. */
function target(payer: string): Target {
  const program = legacyKey("program").publicKey;
  return { program, authority: legacyKey("authority").publicKey, payer: legacyKey(payer).publicKey };
}

test.each(["authority", "payer"])("writes fill their transactions when the %s pays", (payer) => {
  const writes = writesOf(target(payer), buffer, elf);
  expect(Buffer.concat(writes.map(({ bytes }) => bytes)).equals(elf)).toBe(true);

  const lengths = writes.map(({ instruction }) => {
    const transaction = new web3.Transaction().add(instruction);
    transaction.feePayer = target(payer).payer;
    transaction.recentBlockhash = web3.PublicKey.default.toBase58();
    return transaction.serialize({ requireAllSignatures: false }).length;
  });
  expect(new Set(lengths.slice(0, -1))).toEqual(new Set([1_232]));
  expect(lengths.at(-1)).toBeLessThanOrEqual(1_232);
});

test("a program grows by what is missing, and by no less than the loader takes", () => {
  const room = (bytes: number) => PROGRAM_DATA_METADATA + bytes;
  expect(missingBytes(elf, room(elf.length))).toBe(0);
  expect(missingBytes(elf, room(elf.length + 1))).toBe(0);
  expect(missingBytes(elf, room(elf.length - 1))).toBe(10_240);
  expect(missingBytes(elf, room(elf.length - 10_241))).toBe(10_241);
});
