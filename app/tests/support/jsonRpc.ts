import {
  type Address,
  type EncodedAccount,
  getBase58Decoder,
  getBase58Encoder,
  getBase64Decoder,
  getBase64Encoder,
  getTransactionDecoder,
  type Signature,
} from "@solana/kit";
import { FailedTransactionMetadata, type LiteSVM } from "litesvm";

/** A request as a node gets it from Kit or web3.js. */
export interface JsonRpcRequest {
  readonly id: unknown;
  readonly method: string;
  readonly params?: readonly unknown[];
}

/**
 * Answers as a node does over JSON-RPC, so that clients under test encode and decode what they would
 * on a cluster. A transaction is executed when it is sent, and one that fails is answered as a failed
 * preflight. Integers are bigints.
 */
export function answer(svm: LiteSVM, { id, method, params = [] }: JsonRpcRequest): object {
  const handler = HANDLERS[method];
  if (handler === undefined) throw new Error(`the test node does not know ${method}: add it to HANDLERS`);
  return { jsonrpc: "2.0", id, ...handler(svm, params) };
}

type Answer = { readonly result: unknown } | { readonly error: unknown };
type Handler = (svm: LiteSVM, params: readonly unknown[]) => Answer;

const HANDLERS: Partial<Record<string, Handler>> = {
  getAccountInfo: (svm, [address]) => {
    const account = svm.getAccount(address as Address);
    return inContext(svm, account.exists ? accountInfo(account) : null);
  },
  getProgramAccounts: (svm, [program, config]) => {
    const filters = (config as { readonly filters?: readonly Filter[] }).filters ?? [];
    const accounts = svm
      .getProgramAccounts(program as Address)
      .filter((account) => filters.every((filter) => passes(account, filter)));
    return {
      result: accounts.map((account) => ({
        pubkey: account.address,
        account: accountInfo(account),
      })),
    };
  },
  getLatestBlockhash: (svm) => {
    // Another blockhash makes equal transactions different.
    svm.expireBlockhash();
    return inContext(svm, { blockhash: svm.latestBlockhash(), lastValidBlockHeight: 150n });
  },
  getMinimumBalanceForRentExemption: (svm, [length]) => ({
    result: svm.minimumBalanceForRentExemption(BigInt(length as number | bigint)),
  }),
  getEpochInfo: (svm) => ({ result: { absoluteSlot: svm.getClock().slot, blockHeight: 0n } }),
  getSignatureStatuses: (svm, [signatures]) =>
    inContext(
      svm,
      (signatures as Signature[]).map((signature) => signatureStatus(svm, signature)),
    ),
  sendTransaction: (svm, [transaction]) => send(svm, transaction as string),
};

function inContext(svm: LiteSVM, value: unknown): Answer {
  return { result: { context: { slot: svm.getClock().slot }, value } };
}

function accountInfo(account: EncodedAccount) {
  return {
    data: [getBase64Decoder().decode(account.data), "base64"],
    executable: account.executable,
    lamports: account.lamports,
    owner: account.programAddress,
    rentEpoch: 2n ** 64n - 1n,
    space: account.space,
  };
}

interface Filter {
  readonly memcmp: {
    readonly offset: number | bigint;
    readonly bytes: string;
    readonly encoding?: "base58" | "base64";
  };
}

function passes(account: EncodedAccount, { memcmp }: Filter): boolean {
  const encoder = memcmp.encoding === "base64" ? getBase64Encoder() : getBase58Encoder();
  const expected = encoder.encode(memcmp.bytes);
  const offset = Number(memcmp.offset);
  return Buffer.from(account.data.slice(offset, offset + expected.length)).equals(Buffer.from(expected));
}

function signatureStatus(svm: LiteSVM, signature: Signature) {
  if (svm.getTransaction(signature) === null) return null;
  return {
    slot: svm.getClock().slot,
    confirmations: null,
    err: null,
    confirmationStatus: "finalized",
    status: { Ok: null },
  };
}

function send(svm: LiteSVM, transaction: string): Answer {
  const outcome = svm.sendTransaction(getTransactionDecoder().decode(getBase64Encoder().encode(transaction)));
  if (outcome instanceof FailedTransactionMetadata) {
    const meta = outcome.meta();
    const { err, message } = transactionError(outcome);
    const data = {
      err,
      logs: meta.logs(),
      accounts: null,
      unitsConsumed: meta.computeUnitsConsumed(),
    };
    return { error: { code: -32002, message: `Transaction simulation failed: ${message}`, data } };
  }
  return { result: getBase58Decoder().decode(outcome.signature()) };
}

/** The error as a node reports it: as JSON, such as `{ InstructionError: [0, { Custom: 6001 }] }`, and as text. */
function transactionError(failed: FailedTransactionMetadata): { err: unknown; message: string } {
  const [, error = "", index, reason = "", code] =
    /err: (\w+)(?:\((\d+), (\w+)(?:\((\d+)\))?\))?/.exec(failed.toString()) ?? [];
  if (index === undefined) return { err: error, message: error };
  const custom = code === undefined ? null : Number(code);
  return {
    err: { [error]: [Number(index), custom === null ? reason : { Custom: custom }] },
    message: `Error processing Instruction ${index}: ${
      custom === null ? reason : `custom program error: 0x${custom.toString(16)}`
    }`,
  };
}

/** For `JSON.stringify`: JavaScript's own JSON, which web3.js reads, has no bigints. */
export function bigintsAsNumbers(_key: string, value: unknown): unknown {
  return typeof value === "bigint" ? Number(value) : value;
}
