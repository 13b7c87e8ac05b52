// Reads somebody's config in whichever layout it has: `npx tsx examples/read-either.ts [authority]`.

import { address } from "@solana/kit";
import { app, fetchConfig } from "../src/clients/v2";
import { connect } from "./support/kit";
import { run } from "./support/run";

await run(async () => {
  const { rpc, signer } = await connect();
  const authority = address(process.argv[2] ?? signer.address);
  const [configAddress] = await app.findConfigPda({ authority });

  const config = await fetchConfig(rpc, configAddress);
  switch (config.version) {
    case "V1":
      console.log(`ConfigV1: value ${config.account.data.value}`);
      break;
    case "V2": {
      const { value, revision, fee, operators } = config.account.data;
      console.log(`ConfigV2: value ${value}, revision ${revision}, fee ${fee}, ${operators.length} operators`);
      break;
    }
    case "retired":
      console.log("retired: it lives on in another program");
  }
});
