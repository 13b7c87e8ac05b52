import type { Address } from "@solana/kit";
import { type AgreedFee, app, updateConfig, type UpdateConfigInput } from "../../src/clients/v2";
import { ownerOfV2 } from "./config";
import { onRelease } from "./scene";
import { createMint, createTokenAccount, tokenAmount } from "./token";

/**
 * An operator who has `supply` base units of a token, agreed to a fee of 5, and a config at revision 1 that charges
 * it. The config's authority receives it.
 */
export async function feeScene(tokenProgram: Address, supply: bigint) {
  const cluster = await onRelease(2);
  const { authority, config } = await ownerOfV2(cluster, 7);
  const operator = await cluster.fundedKey("operator");
  const token = await createMint(cluster, tokenProgram);
  const source = await createTokenAccount(cluster, token, "source", operator.address, supply);
  const vault = await createTokenAccount(cluster, token, "vault", authority.address, 0n);
  await cluster.send(
    app.getSetOperatorsInstruction({ config, authority, operators: [operator.address] }),
    app.getSetFeeInstruction({ config, authority, fee: 5, feeMint: token.mint }),
  );
  const fee: AgreedFee = { max: 5n, mint: token.mint, source, vault, tokenProgram };
  /** The operator's update to the value 8. */
  const update = (input?: Pick<UpdateConfigInput, "fee" | "expectedRevision">) =>
    updateConfig(cluster.rpc, { config, signer: operator, value: 8, fee, ...input });
  /** Base units of the operator and of the authority. */
  const amounts = async () => [await tokenAmount(cluster, source), await tokenAmount(cluster, vault)];
  return { cluster, authority, config, operator, token, fee, update, amounts };
}
