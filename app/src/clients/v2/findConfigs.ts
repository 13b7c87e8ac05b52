import {
  type Base58EncodedBytes,
  getBase58Decoder,
  type GetProgramAccountsApi,
  parseBase64RpcAccount,
  type Rpc,
} from "@solana/kit";
import { type Config, type ConfigVersion, decodeConfig, DISCRIMINATORS } from "./config";
import { APP_PROGRAM_ADDRESS } from "./generated/app";

/** Every config of one version. The node filters by discriminator, so no other account is sent. */
export async function findConfigs<TVersion extends ConfigVersion>(
  rpc: Rpc<GetProgramAccountsApi>,
  version: TVersion,
): Promise<Extract<Config, { version: TVersion }>[]> {
  const bytes = getBase58Decoder().decode(DISCRIMINATORS[version]) as Base58EncodedBytes;
  const found = await rpc
    .getProgramAccounts(APP_PROGRAM_ADDRESS, {
      encoding: "base64",
      filters: [{ memcmp: { offset: 0n, bytes, encoding: "base58" } }],
    })
    .send();
  return found
    .map(({ pubkey, account }) => decodeConfig(parseBase64RpcAccount(pubkey, account)))
    .filter((config): config is Extract<Config, { version: TVersion }> => config.version === version);
}
