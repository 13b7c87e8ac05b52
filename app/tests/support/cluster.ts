import { web3 } from "@anchor-lang/core";
import {
  address,
  type Address,
  appendTransactionMessageInstructions,
  assertIsTransactionWithBlockhashLifetime,
  assertIsTransactionWithinSizeLimit,
  createSolanaRpcFromTransport,
  createTransactionMessage,
  type EncodedAccount,
  getBase64EncodedWireTransaction,
  type Instruction,
  type KeyPairSigner,
  lamports,
  partiallySignTransactionMessageWithSigners,
  pipe,
  type Rpc,
  type RpcTransport,
  setTransactionMessageFeePayerSigner,
  setTransactionMessageLifetimeUsingBlockhash,
  type Signature,
  signTransactionMessageWithSigners,
  type SolanaRpcApi,
  type Transaction,
} from "@solana/kit";
import { LiteSVM, Rent } from "litesvm";
import {
  bufferSpace,
  createBuffer,
  extendProgram,
  missingBytes,
  programDataAddress,
  type Target,
  upgrade,
  writesOf,
} from "../../../migrations/loader";
import { answer, bigintsAsNumbers, type JsonRpcRequest } from "./jsonRpc";
import { key } from "./key";
import { deploy, kitInstruction, PROGRAM_LEN } from "./loader";
import type { Binary } from "./release";

/** Lamports that every signer starts with. */
export const FUNDS = 10_000_000_000n;

/** A cluster in this process: LiteSVM with mainnet's features, reached over JSON-RPC. */
export class Cluster {
  /** What Kit's clients talk to. */
  readonly rpc: Rpc<SolanaRpcApi>;
  /** What release-1 clients talk to. */
  readonly connection: web3.Connection;
  private buffers = 0;

  private constructor(
    readonly svm: LiteSVM,
    /** Pays every fee, so that no account under test does. */
    readonly feePayer: KeyPairSigner,
    /** The upgrade authority of every program. */
    readonly upgradeAuthority: KeyPairSigner,
  ) {
    const transport = ({ payload }: { payload: unknown }) => Promise.resolve(answer(svm, payload as JsonRpcRequest));
    this.rpc = createSolanaRpcFromTransport(transport as RpcTransport);
    this.connection = new web3.Connection("http://in-process.invalid", {
      commitment: "confirmed",
      fetch: (_url, request) => {
        const reply = answer(svm, JSON.parse(request?.body as string) as JsonRpcRequest);
        return Promise.resolve(new Response(JSON.stringify(reply, bigintsAsNumbers)));
      },
    });
  }

  /** A cluster without programs of ours. */
  static async start(): Promise<Cluster> {
    const cluster = new Cluster(new LiteSVM(), await key("fee payer"), await key("upgrade authority"));
    cluster.fund(cluster.feePayer.address, 1_000n * FUNDS);
    return cluster;
  }

  /** A cluster that begins as this one is and goes its own way. */
  copy(): Cluster {
    const copy = new Cluster(LiteSVM.fromBytes(this.svm.toBytes()), this.feePayer, this.upgradeAuthority);
    copy.buffers = this.buffers;
    return copy;
  }

  fund(address: Address, amount: bigint): void {
    this.svm.airdrop(address, lamports(amount));
  }

  /** A signer with {@link FUNDS}. */
  async fundedKey(name: string): Promise<KeyPairSigner> {
    const signer = await key(name);
    this.fund(signer.address, FUNDS);
    return signer;
  }

  /** The account, or `null` when there is none. */
  account(address: Address): EncodedAccount | null {
    const account = this.svm.getAccount(address);
    return account.exists ? account : null;
  }

  lamports(address: Address): bigint {
    return this.account(address)?.lamports ?? 0n;
  }

  rentExemptMinimum(dataLength: number): bigint {
    return this.svm.minimumBalanceForRentExemption(BigInt(dataLength));
  }

  setRent(lamportsPerByte: bigint): void {
    this.svm.setRent(new Rent(lamportsPerByte, 1, 0));
  }

  /** Sends one transaction; rejects with Kit's error when it fails. */
  async send(...instructions: Instruction[]): Promise<Signature> {
    const { value: blockhash } = await this.rpc.getLatestBlockhash().send();
    const message = pipe(
      createTransactionMessage({ version: 0 }),
      (message) => setTransactionMessageFeePayerSigner(this.feePayer, message),
      (message) => setTransactionMessageLifetimeUsingBlockhash(blockhash, message),
      (message) => appendTransactionMessageInstructions(instructions, message),
    );
    const transaction = await signTransactionMessageWithSigners(message);
    assertIsTransactionWithBlockhashLifetime(transaction);
    return this.sendSigned(transaction);
  }

  /**
   * Deploys a program as `solana program deploy` does, at the address of its IDL. Its key has to sign, and
   * nobody has that here, so the cluster looks at no signature of this one transaction.
   */
  async deploy({ elf, idl }: Binary): Promise<void> {
    const target = this.targetOf(idl.address);
    const buffer = await this.writeBuffer(target, elf);
    const rent = Number(this.rentExemptMinimum(PROGRAM_LEN));
    this.svm.withSigverify(false);
    await this.sendSteps(deploy(target, buffer, rent, elf.length), this.upgradeAuthority);
    this.svm.withSigverify(true);
    this.nextSlot();
  }

  /** Upgrades a program by the steps of `anchor migrate`. */
  async upgrade({ elf, idl }: Binary): Promise<void> {
    const target = this.targetOf(idl.address);
    const programData = this.account(address(programDataAddress(target.program).toBase58()));
    if (programData === null) throw new Error(`nothing is deployed at ${idl.address}`);
    const missing = missingBytes(elf, programData.data.length);
    if (missing > 0) {
      await this.sendSteps([extendProgram(target, missing)]);
      this.nextSlot();
    }
    const buffer = await this.writeBuffer(target, elf);
    await this.sendSteps([upgrade(target, buffer)], this.upgradeAuthority);
    this.nextSlot();
  }

  /** Writes an ELF into a new buffer of the upgrade authority. */
  private async writeBuffer(target: Target, elf: Buffer): Promise<web3.PublicKey> {
    const signer = await key(`buffer ${this.buffers++}`);
    const buffer = new web3.PublicKey(signer.address);
    const rent = Number(this.rentExemptMinimum(bufferSpace(elf)));
    await this.sendSteps(createBuffer(target, buffer, elf, rent), signer);
    for (const { instruction } of writesOf(target, buffer, elf)) {
      await this.sendSteps([instruction], this.upgradeAuthority);
    }
    return buffer;
  }

  /** Sends steps of the loader in one transaction, of the format that their length was made for. */
  private async sendSteps(steps: readonly web3.TransactionInstruction[], ...signers: KeyPairSigner[]): Promise<void> {
    const { value: blockhash } = await this.rpc.getLatestBlockhash().send();
    const message = pipe(
      createTransactionMessage({ version: "legacy" }),
      (message) => setTransactionMessageFeePayerSigner(this.feePayer, message),
      (message) => setTransactionMessageLifetimeUsingBlockhash(blockhash, message),
      (message) =>
        appendTransactionMessageInstructions(
          steps.map((step) => kitInstruction(step, signers)),
          message,
        ),
    );
    const transaction = await partiallySignTransactionMessageWithSigners(message);
    assertIsTransactionWithinSizeLimit(transaction);
    await this.sendSigned(transaction);
  }

  private sendSigned(transaction: Transaction): Promise<Signature> {
    return this.rpc.sendTransaction(getBase64EncodedWireTransaction(transaction), { encoding: "base64" }).send();
  }

  private targetOf(program: Address): Target {
    return {
      program: new web3.PublicKey(program),
      authority: new web3.PublicKey(this.upgradeAuthority.address),
      payer: new web3.PublicKey(this.feePayer.address),
    };
  }

  /** What was deployed can be called from the next slot on. */
  private nextSlot(): void {
    this.svm.warpToSlot(this.svm.getClock().slot + 1n);
  }
}
