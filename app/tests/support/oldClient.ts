import { type Provider, web3 } from "@anchor-lang/core";
import { AppClient } from "../../src/clients/v1";
import type { Cluster } from "./cluster";
import { legacyKey } from "./key";

/** The release-1 client of the person with this key. */
export function oldClient(cluster: Cluster, name: string): AppClient {
  return new AppClient(new OneKeyProvider(cluster.connection, legacyKey(name)));
}

/** Anchor's own provider confirms over a websocket; here a transaction is final once it is sent. */
class OneKeyProvider implements Provider {
  readonly publicKey: web3.PublicKey;

  constructor(
    readonly connection: web3.Connection,
    private readonly signer: web3.Keypair,
  ) {
    this.publicKey = signer.publicKey;
  }

  async sendAndConfirm(transaction: web3.Transaction | web3.VersionedTransaction): Promise<string> {
    if (!(transaction instanceof web3.Transaction)) throw new TypeError("Anchor makes legacy transactions");
    const feePayer = legacyKey("fee payer");
    transaction.feePayer = feePayer.publicKey;
    transaction.recentBlockhash = (await this.connection.getLatestBlockhash()).blockhash;
    transaction.sign(feePayer, this.signer);
    return this.connection.sendRawTransaction(transaction.serialize());
  }
}
