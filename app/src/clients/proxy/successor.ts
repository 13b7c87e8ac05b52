import {
  type Account,
  type Address,
  containsBytes,
  fetchEncodedAccount,
  type FetchAccountConfig,
  type GetAccountInfoApi,
  type Rpc,
} from "@solana/kit";
import {
  decodeSuccessorConfig,
  findConfigPda,
  SUCCESSOR_CONFIG_DISCRIMINATOR,
  SUCCESSOR_PROGRAM_ADDRESS,
  type SuccessorConfig,
} from "./generated/successor";

/** The address at which a config of the old program lives on, or will when it is migrated by proxy. */
export async function findSuccessor(oldConfig: Address): Promise<Address> {
  const [address] = await findConfigPda({ predecessor: oldConfig });
  return address;
}

/** The successor of a config of the old program, or `null` when it was not migrated by proxy. */
export async function fetchSuccessor(
  rpc: Rpc<GetAccountInfoApi>,
  oldConfig: Address,
  config?: FetchAccountConfig,
): Promise<Account<SuccessorConfig> | null> {
  const account = await fetchEncodedAccount(rpc, await findSuccessor(oldConfig), config);
  // Whoever sends lamports to the address makes an account there, but not one of the successor program.
  const adopted =
    account.exists &&
    account.programAddress === SUCCESSOR_PROGRAM_ADDRESS &&
    containsBytes(account.data, SUCCESSOR_CONFIG_DISCRIMINATOR, 0);
  return adopted ? decodeSuccessorConfig(account) : null;
}
