// Brings your config to the layout of release 2: `npx tsx examples/migrate-one.ts`.

import { app, fetchConfig, migrateConfig } from "../src/clients/v2";
import { connect } from "./support/kit";
import { run } from "./support/run";

await run(async () => {
  const { rpc, signer, send } = await connect();
  const [config] = await app.findConfigPda({ authority: signer.address });

  const before = await fetchConfig(rpc, config);
  await send(await migrateConfig(rpc, { config, authority: signer }));
  const after = await fetchConfig(rpc, config);

  console.log(
    `${config}: ${before.version}, ${before.account.space} bytes -> ${after.version}, ${after.account.space} bytes`,
  );
});
