import { web3 } from "@anchor-lang/core";
import { createKeyPairSignerFromPrivateKeyBytes, type KeyPairSigner } from "@solana/kit";

/** A deterministic key pair for Kit; its name of at most 32 ASCII bytes makes it another than others. */
export function key(name: string): Promise<KeyPairSigner> {
  return createKeyPairSignerFromPrivateKeyBytes(seed(name));
}

/** The same key pair for release-1 clients. */
export function legacyKey(name: string): web3.Keypair {
  return web3.Keypair.fromSeed(seed(name));
}

function seed(name: string): Uint8Array {
  const seed = new Uint8Array(32);
  seed.set(new TextEncoder().encode(name));
  return seed;
}
