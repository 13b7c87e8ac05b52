import { expect, test } from "vitest";
import { explainError, fetchSuccessor, migrateAccount } from "../../src/clients/proxy";
import { matrix } from "../mixed/matrix/matrix";
import { tableOf } from "../mixed/matrix/page";
import { deployProxyPath } from "./support/scene";

test("every cell of the table in docs/proxy.md is what happens to TypeScript clients too", async () => {
  const table = await matrix({
    rows: [{ client: 2, instruction: "migrate_account", build: ({ authority }) => migrateAccount({ authority }) }],
    prepare: deployProxyPath,
    explain: explainError,
    elsewhere: async (cluster, config) => {
      const successor = await fetchSuccessor(cluster.rpc, config);
      return `successor: value ${successor?.data.value}, revision ${successor?.data.revision}`;
    },
  });
  expect(table).toBe(tableOf("proxy.md", "proxy-matrix"));
});
