import { getCreateAccountInstruction } from "@solana-program/system";
import {
  fetchToken,
  getInitializeAccount3Instruction,
  getInitializeMint2Instruction,
  getMintSize,
  getMintToInstruction,
  getTokenSize,
} from "@solana-program/token";
import { address, type Address } from "@solana/kit";
import type { Cluster } from "./cluster";
import { key } from "./key";

export const TOKEN_PROGRAMS = {
  "SPL Token": address("TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA"),
  "Token-2022": address("TokenzQdBNbLqP5VEhdkAS6EPFLC1PHnBqCXEpPxuEb"),
};

export interface Token {
  readonly program: Address;
  readonly mint: Address;
}

/** A mint of a token program. */
export async function createMint(cluster: Cluster, program: Address, name = "mint"): Promise<Token> {
  const mint = await key(name);
  const mintAuthority = (await key("mint authority")).address;
  await cluster.send(
    await allocate(cluster, program, name, getMintSize()),
    getInitializeMint2Instruction({ mint: mint.address, decimals: 6, mintAuthority }, { programAddress: program }),
  );
  return { program, mint: mint.address };
}

/** A token account of `owner` that holds `amount` base units. */
export async function createTokenAccount(
  cluster: Cluster,
  { program, mint }: Token,
  name: string,
  owner: Address,
  amount: bigint,
): Promise<Address> {
  const account = (await key(name)).address;
  await cluster.send(
    await allocate(cluster, program, name, getTokenSize()),
    getInitializeAccount3Instruction({ account, mint, owner }, { programAddress: program }),
    getMintToInstruction(
      { mint, token: account, mintAuthority: await key("mint authority"), amount },
      { programAddress: program },
    ),
  );
  return account;
}

/** Base units that a token account holds. */
export async function tokenAmount(cluster: Cluster, account: Address): Promise<bigint> {
  return (await fetchToken(cluster.rpc, account)).data.amount;
}

async function allocate(cluster: Cluster, program: Address, name: string, space: number) {
  return getCreateAccountInstruction({
    payer: cluster.feePayer,
    newAccount: await key(name),
    lamports: cluster.rentExemptMinimum(space),
    space,
    programAddress: program,
  });
}
