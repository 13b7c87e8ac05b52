/** What the tables are made of; the rest of an IDL is Codama's. */
export interface Idl {
  readonly metadata: { readonly name: string };
  readonly instructions: readonly IdlInstruction[];
  readonly errors?: readonly IdlError[];
}

export interface IdlInstruction {
  readonly name: string;
  readonly accounts: readonly { readonly name: string; readonly optional?: boolean }[];
}

export interface IdlError {
  readonly code: number;
  readonly name: string;
  readonly msg: string;
}

export function parseIdl(text: string): Idl {
  return JSON.parse(text) as Idl;
}

/** `update_v2` as `UpdateV2`, as Codama writes names of types. */
export function pascalCase(name: string): string {
  return name
    .split("_")
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");
}
