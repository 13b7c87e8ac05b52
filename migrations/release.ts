// The committed releases, and which of them the bytes of a program are.

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { releaseNumbers, releasePath } from "./releases";
import { Stop } from "./stop";

const RELEASES = join(__dirname, "..", "releases");

export interface Release {
  /** Where the binary is, for messages. */
  readonly path: string;
  readonly elf: Buffer;
  /** SHA-256 of the binary, in hexadecimal. */
  readonly sum: string;
  readonly idl: Idl;
}

/** What is read of an IDL. */
export interface Idl {
  readonly address: string;
  /** The account types; newer layouts stand beside older ones. */
  readonly accounts: readonly { readonly name: string; readonly discriminator: readonly number[] }[];
}

/** All releases, the oldest first; each binary must be the one that was committed. */
export function readReleases(): readonly Release[] {
  return releaseNumbers(RELEASES).map(readRelease);
}

function readRelease(number: number): Release {
  const path = `releases/${releasePath(number, "app.so")}`;
  const elf = read(number, "app.so");
  const sum = createHash("sha256").update(elf).digest("hex");
  if (!read(number, "SHA256SUMS").toString().split("\n").includes(`${sum}  app.so`)) {
    throw new Stop(`${path} is not what its SHA256SUMS says: run \`cargo xtask artefacts check\``);
  }
  return { path, elf, sum, idl: JSON.parse(read(number, "app.json").toString()) as Idl };
}

/** Whether a program is this release; the loader leaves zeros behind a shorter binary. */
export function isRelease(deployed: Buffer, { elf }: Release): boolean {
  return deployed.subarray(0, elf.length).equals(elf) && deployed.subarray(elf.length).every((byte) => byte === 0);
}

function read(release: number, file: string): Buffer {
  const path = releasePath(release, file);
  try {
    return readFileSync(join(RELEASES, path));
  } catch {
    throw new Stop(`releases/${path} cannot be read: run \`cargo xtask artefacts build v${release}\``);
  }
}
