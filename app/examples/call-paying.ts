// Sets the value of a config that you operate, for a fee that you agree to:
// `npx tsx examples/call-paying.ts <authority> <value> <the most base units> <mint of SPL Token>`.

import { findAssociatedTokenPda, TOKEN_PROGRAM_ADDRESS } from "@solana-program/token";
import { type Address, address } from "@solana/kit";
import { app, fetchConfig, updateConfig } from "../src/clients/v2";
import { connect } from "./support/kit";
import { run } from "./support/run";

await run(async () => {
  const { rpc, signer, send } = await connect();
  const [authority, mint] = [address(process.argv[2] ?? ""), address(process.argv[5] ?? "")];
  const [value, max] = [BigInt(process.argv[3] ?? ""), BigInt(process.argv[4] ?? "")];
  const [config] = await app.findConfigPda({ authority });
  const tokenProgram = TOKEN_PROGRAM_ADDRESS;
  const tokensOf = async (owner: Address) => (await findAssociatedTokenPda({ mint, owner, tokenProgram }))[0];

  const fee = { max, mint, source: await tokensOf(signer.address), vault: await tokensOf(authority), tokenProgram };
  await send(await updateConfig(rpc, { config, signer, value, fee }));

  const { version, account } = await fetchConfig(rpc, config);
  if (version === "V2") console.log(`${config} has value ${account.data.value}, for a fee of ${account.data.fee}`);
});
