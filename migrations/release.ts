// The committed releases, and which of them the bytes of a program are.

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { web3 } from "@anchor-lang/core";
import { Stop } from "./stop";

const RELEASES = join(__dirname, "..", "releases");

export interface Release {
  /** Where the binary is, for messages. */
  readonly path: string;
  readonly elf: Buffer;
  /** SHA-256 of the binary, in hexadecimal. */
  readonly sum: string;
}

/** The binary of a release; it must be the one that was committed. */
export function readRelease(version: "v1" | "v2"): Release {
  const path = `releases/${version}/app.so`;
  const elf = read(version, "app.so");
  const sum = createHash("sha256").update(elf).digest("hex");
  if (!read(version, "SHA256SUMS").toString().split("\n").includes(`${sum}  app.so`)) {
    throw new Stop(`${path} is not what its SHA256SUMS says: run \`cargo run -p release -- check\``);
  }
  return { path, elf, sum };
}

/** The program's address, from the IDL of release 2. */
export function programAddress(): web3.PublicKey {
  const idl: { address: string } = JSON.parse(read("v2", "app.json").toString());
  return new web3.PublicKey(idl.address);
}

/** Whether a program is this release; the loader leaves zeros behind a shorter binary. */
export function isRelease(deployed: Buffer, { elf }: Release): boolean {
  return deployed.subarray(0, elf.length).equals(elf) && deployed.subarray(elf.length).every((byte) => byte === 0);
}

function read(version: string, file: string): Buffer {
  try {
    return readFileSync(join(RELEASES, version, file));
  } catch {
    throw new Stop(`releases/${version}/${file} cannot be read: run \`cargo run -p release -- build ${version}\``);
  }
}
