import { web3 } from "@anchor-lang/core";
import {
  type Address,
  appendTransactionMessageInstructions,
  assertIsTransactionWithBlockhashLifetime,
  createSolanaRpcFromTransport,
  createTransactionMessage,
  type EncodedAccount,
  getBase64EncodedWireTransaction,
  type Instruction,
  type KeyPairSigner,
  lamports,
  pipe,
  type Rpc,
  type RpcTransport,
  setTransactionMessageFeePayerSigner,
  setTransactionMessageLifetimeUsingBlockhash,
  type Signature,
  signTransactionMessageWithSigners,
  type SolanaRpcApi,
} from "@solana/kit";
import { LiteSVM, Rent } from "litesvm";
import { answer, bigintsAsNumbers, type JsonRpcRequest } from "./jsonRpc";
import { key } from "./key";
import * as loader from "./loader";

/** Lamports that every signer starts with. */
export const FUNDS = 10_000_000_000n;

/** Bytes of an ELF that fit one transaction beside the two signatures of a `Write`. */
const CHUNK = 900;

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
    return this.rpc.sendTransaction(getBase64EncodedWireTransaction(transaction), { encoding: "base64" }).send();
  }

  /** Deploys a program as `solana program deploy` does. */
  async deploy(program: KeyPairSigner, elf: Uint8Array): Promise<void> {
    const buffer = await this.writeBuffer(elf);
    const { feePayer, upgradeAuthority } = this;
    const rent = this.rentExemptMinimum(loader.PROGRAM_LEN);
    await this.send(
      loader.createLoaderAccount(feePayer, program, rent, loader.PROGRAM_LEN),
      await loader.deploy(feePayer, program.address, buffer, upgradeAuthority, elf.length),
    );
    this.nextSlot();
  }

  /** Upgrades a program; one that has grown gets room first. */
  async upgrade(program: Address, elf: Uint8Array): Promise<void> {
    const { feePayer, upgradeAuthority } = this;
    const programData = this.account(await loader.programDataAddress(program));
    if (programData === null) throw new Error(`nothing is deployed at ${program}`);
    const missing = loader.PROGRAM_DATA_METADATA + elf.length - programData.data.length;
    if (missing > 0) {
      await this.send(await loader.extendProgram(program, feePayer, Math.max(missing, loader.MINIMUM_EXTENSION)));
      this.nextSlot();
    }
    const buffer = await this.writeBuffer(elf);
    await this.send(await loader.upgrade(program, buffer, upgradeAuthority, feePayer.address));
    this.nextSlot();
  }

  /** Writes an ELF into a new buffer of the upgrade authority. */
  private async writeBuffer(elf: Uint8Array): Promise<Address> {
    const { feePayer, upgradeAuthority } = this;
    const buffer = await key(`buffer ${this.buffers++}`);
    const space = loader.BUFFER_METADATA + elf.length;
    await this.send(
      loader.createLoaderAccount(feePayer, buffer, this.rentExemptMinimum(space), space),
      loader.initializeBuffer(buffer.address, upgradeAuthority.address),
    );
    for (let offset = 0; offset < elf.length; offset += CHUNK) {
      await this.send(loader.write(buffer.address, upgradeAuthority, offset, elf.subarray(offset, offset + CHUNK)));
    }
    return buffer.address;
  }

  /** What was deployed can be called from the next slot on. */
  private nextSlot(): void {
    this.svm.warpToSlot(this.svm.getClock().slot + 1n);
  }
}
