// Calls the program as a client of release 1 does: `npx tsx examples/call-old.ts [value]`.

import { AnchorProvider, Wallet, web3 } from "@anchor-lang/core";
import BN from "bn.js";
import { AppClient } from "../src/clients/v1";
import { environment } from "./support/environment";
import { run } from "./support/run";

await run(async () => {
  const { url, secretKey } = environment();
  const wallet = new Wallet(web3.Keypair.fromSecretKey(secretKey));
  const connection = new web3.Connection(url, "confirmed");
  const client = new AppClient(new AnchorProvider(connection, wallet));

  const value = new BN(process.argv[2] ?? "7");
  const authority = wallet.publicKey;
  const exists = (await connection.getAccountInfo(client.configAddress(authority))) !== null;
  const call = exists ? client.update(authority, value) : client.initialize(authority, value);
  await call.rpc();

  console.log(
    `${client.configAddress(authority).toBase58()} ${exists ? "has" : "was created with"} value ${value.toString()}`,
  );
});
