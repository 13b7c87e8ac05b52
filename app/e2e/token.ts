import { getCreateAccountInstruction } from "@solana-program/system";
import {
  findAssociatedTokenPda,
  getCreateAssociatedTokenInstructionAsync,
  getInitializeMint2Instruction,
  getMintSize,
  getMintToInstruction,
  TOKEN_PROGRAM_ADDRESS,
} from "@solana-program/token";
import type { Address } from "@solana/kit";
import type { connect } from "../examples/support/kit";
import { key } from "../tests/support/key";

type Client = Awaited<ReturnType<typeof connect>>;

/** Creates a token of SPL Token and returns its mint. */
export async function createMint({ rpc, signer, send }: Client): Promise<Address> {
  const mint = await key("mint");
  const space = getMintSize();
  const lamports = await rpc.getMinimumBalanceForRentExemption(BigInt(space)).send();
  const programAddress = TOKEN_PROGRAM_ADDRESS;
  await send(getCreateAccountInstruction({ payer: signer, newAccount: mint, lamports, space, programAddress }));
  await send(getInitializeMint2Instruction({ mint: mint.address, decimals: 6, mintAuthority: signer.address }));
  return mint.address;
}

/** Gives somebody a token account with this many base units. */
export async function giveTokens(client: Client, mint: Address, owner: Address, amount: bigint): Promise<Address> {
  const { signer, send } = client;
  await send(await getCreateAssociatedTokenInstructionAsync({ payer: signer, mint, owner }));
  const [token] = await findAssociatedTokenPda({ mint, owner, tokenProgram: TOKEN_PROGRAM_ADDRESS });
  await send(getMintToInstruction({ mint, token, mintAuthority: signer, amount }));
  return token;
}
