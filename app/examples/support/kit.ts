import {
  appendTransactionMessageInstruction,
  assertIsTransactionWithBlockhashLifetime,
  createKeyPairSignerFromBytes,
  createSolanaRpc,
  createSolanaRpcSubscriptions,
  createTransactionMessage,
  getSignatureFromTransaction,
  type Instruction,
  type KeyPairSigner,
  pipe,
  sendAndConfirmTransactionFactory,
  setTransactionMessageFeePayerSigner,
  setTransactionMessageLifetimeUsingBlockhash,
  type Signature,
  signTransactionMessageWithSigners,
} from "@solana/kit";
import { explainError } from "../../src/clients/v2";
import { environment } from "./environment";

/** What a release-2 client needs: a connection, a signer, and a way to send what it builds. */
export async function connect({ url, secretKey } = environment()) {
  const rpc = createSolanaRpc(url);
  const rpcSubscriptions = createSolanaRpcSubscriptions(subscriptionsUrl(url));
  const sendAndConfirm = sendAndConfirmTransactionFactory({ rpc, rpcSubscriptions });
  const signer: KeyPairSigner = await createKeyPairSignerFromBytes(secretKey);

  async function send(instruction: Instruction): Promise<Signature> {
    const { value: blockhash } = await rpc.getLatestBlockhash().send();
    const message = pipe(
      createTransactionMessage({ version: 0 }),
      (message) => setTransactionMessageFeePayerSigner(signer, message),
      (message) => setTransactionMessageLifetimeUsingBlockhash(blockhash, message),
      (message) => appendTransactionMessageInstruction(instruction, message),
    );
    const transaction = await signTransactionMessageWithSigners(message);
    assertIsTransactionWithBlockhashLifetime(transaction);
    try {
      await sendAndConfirm(transaction, { commitment: "confirmed" });
    } catch (error) {
      const failure = explainError(error, message);
      if (failure === null || failure.source === "other") throw error;
      throw new Error(`${failure.source} rejected it: ${failure.name} (${failure.code}): ${failure.message}`);
    }
    return getSignatureFromTransaction(transaction);
  }

  return { rpc, signer, send };
}

/** Nodes take subscriptions at the next port, unless the URL has none. */
export function subscriptionsUrl(rpcUrl: string): string {
  const url = new URL(rpcUrl);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  if (url.port !== "") url.port = String(Number(url.port) + 1);
  return url.href;
}
