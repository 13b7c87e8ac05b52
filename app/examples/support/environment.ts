import { readFileSync } from "node:fs";

/**
 * The cluster and the key that the Anchor CLI works with too, from the variables that it sets.
 *
 * @throws with a message that says which variable to set.
 */
export function environment(): { url: string; secretKey: Uint8Array<ArrayBuffer> } {
  const url = variable("ANCHOR_PROVIDER_URL", "the RPC URL of a cluster, such as http://127.0.0.1:8899");
  const wallet = variable("ANCHOR_WALLET", "the path of a key pair file, such as solana-keygen makes");
  return { url, secretKey: readKeyPair(wallet) };
}

function variable(name: string, what: string): string {
  const value = process.env[name];
  if (value === undefined || value === "") throw new Error(`set ${name} to ${what}`);
  return value;
}

/** The 64 bytes of a key pair file, as `solana-keygen` writes it. */
export function readKeyPair(path: string): Uint8Array<ArrayBuffer> {
  let bytes: unknown;
  try {
    bytes = JSON.parse(readFileSync(path, "utf8"));
  } catch {
    throw new Error(`${path} cannot be read: set ANCHOR_WALLET to a key pair file`);
  }
  if (!Array.isArray(bytes) || bytes.length !== 64) throw new Error(`${path} is no key pair: it must hold 64 numbers`);
  return Uint8Array.from(bytes as number[]);
}
