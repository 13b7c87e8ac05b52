// Lists every config that still has the layout of release 1: `npx tsx examples/find-v1.ts`.

import { findConfigs } from "../src/clients/v2";
import { connect } from "./support/kit";
import { run } from "./support/run";

await run(async () => {
  const { rpc } = await connect();

  const configs = await findConfigs(rpc, "V1");

  for (const { account } of configs) console.log(`${account.address} of ${account.data.authority}`);
  console.log(`${configs.length} to migrate`);
});
