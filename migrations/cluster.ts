// The cluster: reaching it, sending transactions to it, waiting for it.

import { setTimeout as sleep } from "node:timers/promises";
import { type AnchorProvider, utils, web3 } from "@anchor-lang/core";
import { reason, Stop } from "./stop";

/** How long a transaction is waited for: a blockhash lives 150 slots, a minute at 400 ms. */
const CONFIRMATION_MS = 90_000;
/** How long a slot is waited for. */
const SLOT_MS = 30_000;
const POLL_MS = 400;

/** What one transaction is made of; the wallet signs as well, and pays. */
export interface Draft {
  readonly instructions: readonly web3.TransactionInstruction[];
  readonly signers?: readonly web3.Keypair[];
}

/** What became of a transaction. */
type Outcome = { readonly slot: number } | { readonly failure: string };
const UNCONFIRMED: Outcome = { failure: "no confirmation arrived in time" };

export class Cluster {
  readonly connection: web3.Connection;
  /** Whether a transaction was handed to the cluster, whatever became of it. */
  sent = false;
  private readonly wallet: AnchorProvider["wallet"];

  constructor(provider: AnchorProvider) {
    // The provider's connection sees blocks that can still be dropped; nothing may be built on those.
    this.connection = new web3.Connection(provider.connection.rpcEndpoint, "confirmed");
    this.wallet = provider.wallet;
  }

  /** The address of the wallet, which pays for everything. */
  get payer(): web3.PublicKey {
    return this.wallet.publicKey;
  }

  /** The cluster without the path and query of its URL, which may hold a key. */
  get place(): string {
    return new URL(this.connection.rpcEndpoint).origin;
  }

  /** The version of the node that answers. */
  async version(): Promise<string> {
    try {
      const version = await this.connection.getVersion();
      return version["solana-core"];
    } catch (error) {
      throw new Stop(
        `No cluster answers at ${this.place}: start a local one there (app/README.md), or name another ` +
          `with \`anchor migrate --provider.cluster <URL>\` (${reason(error)})`,
      );
    }
  }

  /** Sends one transaction and waits until it is confirmed; `what` is what it does, for the error. */
  async send(what: string, draft: Draft): Promise<{ readonly slot: number }> {
    const [outcome = UNCONFIRMED] = await this.run([draft]);
    if ("failure" in outcome) throw new Stop(`${what} failed: ${outcome.failure}`);
    return outcome;
  }

  /** Sends transactions at once and waits until each is confirmed or has failed; returns the failures. */
  async sendAll(drafts: readonly Draft[]): Promise<string[]> {
    const outcomes = await this.run(drafts);
    return outcomes.flatMap((outcome) => ("failure" in outcome ? [outcome.failure] : []));
  }

  /** Waits until a transaction can no longer land in this slot. */
  async passed(slot: number): Promise<void> {
    const deadline = Date.now() + SLOT_MS;
    while ((await this.connection.getSlot("processed")) <= slot) {
      if (Date.now() > deadline) throw new Stop(`no slot followed slot ${slot}: the cluster stands still`);
      await sleep(POLL_MS);
    }
  }

  private async run(drafts: readonly Draft[]): Promise<Outcome[]> {
    const signed = await this.sign(drafts);
    this.sent = true;
    const outcomes = new Map<web3.TransactionSignature, Outcome>();
    const signatures = await Promise.all(
      signed.map(async (transaction) => {
        const signature = signatureOf(transaction);
        try {
          await this.connection.sendRawTransaction(transaction.serialize());
        } catch (error) {
          outcomes.set(signature, { failure: reason(error) });
        }
        return signature;
      }),
    );
    await this.confirm(signatures, outcomes);
    return signatures.map((signature) => outcomes.get(signature) ?? UNCONFIRMED);
  }

  private async sign(drafts: readonly Draft[]): Promise<web3.Transaction[]> {
    const lifetime = await this.connection.getLatestBlockhash();
    const transactions = drafts.map(({ instructions, signers = [] }) => {
      const transaction = new web3.Transaction({ feePayer: this.payer, ...lifetime }).add(...instructions);
      if (signers.length > 0) transaction.partialSign(...signers);
      return transaction;
    });
    return this.wallet.signAllTransactions(transactions);
  }

  /** Enters outcomes until each of these transactions has one or time is up. */
  private async confirm(
    signatures: readonly web3.TransactionSignature[],
    outcomes: Map<web3.TransactionSignature, Outcome>,
  ): Promise<void> {
    const deadline = Date.now() + CONFIRMATION_MS;
    for (;;) {
      const open = signatures.filter((signature) => !outcomes.has(signature));
      if (open.length === 0 || Date.now() > deadline) return;
      const statuses = await this.statuses(open);
      open.forEach((signature, index) => {
        const outcome = outcomeOf(statuses[index] ?? null);
        if (outcome !== null) outcomes.set(signature, outcome);
      });
      if (open.some((signature) => !outcomes.has(signature))) await sleep(POLL_MS);
    }
  }

  /** Nothing when the node does not answer: it is asked again. */
  private async statuses(signatures: web3.TransactionSignature[]): Promise<(web3.SignatureStatus | null)[]> {
    try {
      return (await this.connection.getSignatureStatuses(signatures)).value;
    } catch {
      return [];
    }
  }
}

/** `null` as long as the transaction may still be dropped. */
function outcomeOf(status: web3.SignatureStatus | null): Outcome | null {
  if (status === null || (status.confirmationStatus ?? "processed") === "processed") return null;
  return status.err === null ? { slot: status.slot } : { failure: JSON.stringify(status.err) };
}

function signatureOf({ signature }: web3.Transaction): web3.TransactionSignature {
  if (signature === null) throw new Error("the wallet did not sign");
  return utils.bytes.bs58.encode(signature);
}
