import {
  type Address,
  assertAccountExists,
  fetchEncodedAccount,
  type FetchAccountConfig,
  type GetAccountInfoApi,
  type Rpc,
} from "@solana/kit";
import { type Config, decodeConfig } from "./config";

/**
 * The config at an address, in whichever layout it has.
 *
 * @throws Kit's `SOLANA_ERROR__ACCOUNTS__ACCOUNT_NOT_FOUND` when there is no account, and what
 * {@link decodeConfig} throws when the account is no config.
 */
export async function fetchConfig(
  rpc: Rpc<GetAccountInfoApi>,
  address: Address,
  config?: FetchAccountConfig,
): Promise<Config> {
  const account = await fetchEncodedAccount(rpc, address, config);
  assertAccountExists(account);
  return decodeConfig(account);
}
