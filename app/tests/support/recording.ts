import { AccountRole, type AccountMeta, address, type Instruction, type TransactionSigner } from "@solana/kit";
import { file } from "./release";

/** An instruction that a release-1 client sent, as `releases/v1/instructions.txt` records it. */
export interface Recorded {
  readonly name: string;
  /** `address:flags`, in which `s` is a signer and `w` is writable. */
  readonly accounts: readonly string[];
  /** Hexadecimal. */
  readonly data: string;
}

export function recording(): Recorded[] {
  const lines = file("v1/instructions.txt").toString().trimEnd().split("\n");
  return lines.map((line) => {
    const [name = "", accounts = "", data = ""] = line.split(" ");
    return { name, accounts: accounts.split(","), data };
  });
}

/** The recorded instruction, to be signed by this person. */
export function replay({ accounts, data }: Recorded, program: string, signer: TransactionSigner): Instruction {
  return {
    programAddress: address(program),
    accounts: accounts.map((account) => {
      const [key = "", flags] = account.split(":");
      const meta: AccountMeta = { address: address(key), role: role(flags) };
      return meta.address === signer.address ? { ...meta, signer } : meta;
    }),
    data: Uint8Array.from(Buffer.from(data, "hex")),
  };
}

function role(flags: string | undefined): AccountRole {
  switch (flags) {
    case "sw":
      return AccountRole.WRITABLE_SIGNER;
    case "s-":
      return AccountRole.READONLY_SIGNER;
    case "-w":
      return AccountRole.WRITABLE;
    default:
      return AccountRole.READONLY;
  }
}
