import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Address } from "@solana/kit";
import { releaseNumbers, releasePath } from "../../../migrations/releases";

/** The folder `releases`. */
export const FOLDER = join(import.meta.dirname, "..", "..", "..", "releases");

/** The numbers of the committed releases, the oldest first. */
export const RELEASES = releaseNumbers(FOLDER);

/** The release whose source is `programs/app`. */
export const NEWEST = Math.max(...RELEASES);

/** A program as it was committed. */
export interface Binary {
  readonly elf: Buffer;
  readonly idl: Idl;
}

/** What tests read of an IDL. */
export interface Idl {
  readonly address: Address;
  readonly errors: readonly { readonly code: number; readonly name: string; readonly msg: string }[];
}

/** A release of `app`. */
export function release(number: number): Binary {
  return binary(releasePath(number, "app"));
}

/** The binary and the IDL of this name below `releases`. */
export function binary(name: string): Binary {
  return { elf: file(`${name}.so`), idl: JSON.parse(file(`${name}.json`).toString()) as Idl };
}

/** A file of `releases`, by its path there. */
export function file(path: string): Buffer {
  return readFileSync(join(FOLDER, path));
}
