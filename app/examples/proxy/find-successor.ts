// Reads what became of somebody's retired config: `npx tsx examples/proxy/find-successor.ts [authority]`.

import { address } from "@solana/kit";
import { fetchSuccessor } from "../../src/clients/proxy";
import { app } from "../../src/clients/v2";
import { connect } from "../support/kit";
import { run } from "../support/run";

await run(async () => {
  const { rpc, signer } = await connect();
  const authority = address(process.argv[2] ?? signer.address);
  const [config] = await app.findConfigPda({ authority });

  const successor = await fetchSuccessor(rpc, config);
  if (successor === null) throw new Error(`${config} has no successor: it was not migrated by proxy`);
  console.log(`${successor.address} of the successor program has value ${successor.data.value}`);
});
