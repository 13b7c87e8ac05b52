// Sets the value of your config, whichever layout it has: `npx tsx examples/call-new.ts [value]`.

import { app, fetchConfig, updateConfig } from "../src/clients/v2";
import { connect } from "./support/kit";
import { run } from "./support/run";

await run(async () => {
  const { rpc, signer, send } = await connect();
  const [config] = await app.findConfigPda({ authority: signer.address });

  await send(await updateConfig(rpc, { config, signer, value: BigInt(process.argv[2] ?? "8") }));

  const { version, account } = await fetchConfig(rpc, config);
  if (version !== "retired") console.log(`${config} is a Config${version} with value ${account.data.value}`);
});
