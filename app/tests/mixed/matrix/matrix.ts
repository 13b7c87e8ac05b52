import { expect } from "vitest";
import { migrateConfig } from "../../../src/clients/v2";
import { type Cluster, FUNDS } from "../../support/cluster";
import { type Owned, ownerOfV1, person } from "../../support/config";
import { legacyKey } from "../../support/key";
import { oldClient } from "../../support/oldClient";
import { deployProxyPath, upgradeTo } from "../../support/programs";
import { onRelease1 } from "../../support/scene";
import { describe } from "./describe";
import { newClientsError, oldClientsError } from "./error";
import { type Row, ROWS } from "./rows";

/** The state in which a cell's instruction meets the program and the account. */
interface Column {
  readonly release: 1 | 2;
  readonly layout: "no" | "V1" | "V2";
}

const COLUMNS: readonly Column[] = [1, 2].flatMap((release) =>
  ["no", "V1", "V2"].map((layout) => ({ release, layout }) as Column),
);

/** Executes every cell and returns the table in Markdown, as the Rust tests write it into README.md. */
export async function matrix(): Promise<string> {
  const start = await onRelease1();
  await deployProxyPath(start);
  start.fund(start.upgradeAuthority.address, FUNDS);
  const columns = await Promise.all(COLUMNS.map((column) => runColumn(start.copy(), column)));
  const heads = COLUMNS.map(({ release, layout }) => `release ${release}, ${layout} account`);
  const rows = ROWS.map(({ client, instruction }, i) => [
    `release ${client}`,
    `\`${instruction}\``,
    ...columns.map((cells) => cells[i]),
  ]);
  const separator = ["---", "---", ...COLUMNS.map(() => "---")];
  return [["client", "instruction", ...heads], separator, ...rows]
    .map((cells) => `| ${cells.join(" | ")} |\n`)
    .join("");
}

async function runColumn(cluster: Cluster, { release, layout }: Column): Promise<string[]> {
  const owners: Owned[] = [];
  for (const { instruction } of ROWS) {
    owners.push(layout === "no" ? await person(cluster, instruction) : await ownerOfV1(cluster, 1, instruction));
  }
  if (layout === "V2") {
    await upgradeTo(cluster, 2);
    for (const owned of owners) await cluster.send(await migrateConfig(cluster.rpc, owned));
    if (release === 1) await upgradeTo(cluster, 1);
  } else if (release === 2) {
    await upgradeTo(cluster, 2);
  }

  const cells: string[] = [];
  for (const [i, row] of ROWS.entries()) {
    const owned = owners[i];
    if (owned !== undefined) cells.push((await run(cluster, row, owned)) ?? (await describe(cluster, owned.config)));
  }
  return cells;
}

/** Sends a row's instruction and returns the error when it was refused; then nothing has changed. */
async function run(cluster: Cluster, row: Row, owned: Owned): Promise<string | null> {
  const before = accounts(cluster, owned);
  const error = await send(cluster, row, owned);
  if (error !== null) expect(accounts(cluster, owned), row.instruction).toEqual(before);
  return error;
}

function accounts(cluster: Cluster, { authority, config }: Owned) {
  return [authority.address, config, cluster.upgradeAuthority.address].map((address) => cluster.account(address));
}

async function send(cluster: Cluster, row: Row, owned: Owned): Promise<string | null> {
  if (row.client === 1) {
    const builder = row.send(oldClient(cluster, row.instruction), legacyKey(row.instruction).publicKey);
    return errorOf(builder.rpc(), oldClientsError);
  }
  const instruction = await row.build(owned, cluster.upgradeAuthority);
  return errorOf(cluster.send(instruction), (error) => newClientsError(error, instruction));
}

function errorOf(sent: Promise<string>, name: (error: unknown) => string): Promise<string | null> {
  return sent.then(() => null, name);
}
