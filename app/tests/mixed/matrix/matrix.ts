import { type Address } from "@solana/kit";
import { expect } from "vitest";
import { app, migrateConfig } from "../../../src/clients/v2";
import { type Cluster, FUNDS } from "../../support/cluster";
import { type Owned, ownerOfV1, person } from "../../support/config";
import { key, legacyKey } from "../../support/key";
import { oldClient } from "../../support/oldClient";
import { release as binaryOf, RELEASES } from "../../support/release";
import { onRelease } from "../../support/scene";
import { describe } from "./describe";
import { type Explain, newClientsError, oldClientsError } from "./error";
import type { Row } from "./rows";

/** A part of the table, and what its rows need beside the program `app`. */
export interface Rows {
  readonly rows: readonly Row[];
  /** Deploys other programs and creates other accounts. */
  readonly prepare: (cluster: Cluster) => Promise<void>;
  /** Ends the life of this person's config in `app`. */
  readonly retire: (cluster: Cluster, owned: Owned) => Promise<void>;
  readonly explain: Explain;
  /** What became of a config whose life in `app` has ended. */
  readonly elsewhere: (cluster: Cluster, config: Address) => Promise<string>;
}

/** The state in which a cell's instruction meets the program and the account. */
interface Column {
  readonly release: number;
  readonly layout: Layout;
}

/** Each account by the head of its columns. */
const LAYOUTS = {
  none: "no account",
  v1: "V1 account",
  v2: "V2 account",
  fullV2: "V2 account with fee and operator",
  retired: "retired account",
} as const;
type Layout = keyof typeof LAYOUTS;

const COLUMNS: readonly Column[] = RELEASES.flatMap((release) =>
  (Object.keys(LAYOUTS) as Layout[]).map((layout) => ({ release, layout })),
);

/** Executes every cell and returns the table in Markdown, as the Rust tests write it into the documentation. */
export async function matrix(table: Rows): Promise<string> {
  const start = await onRelease(1);
  await table.prepare(start);
  start.fund(start.upgradeAuthority.address, FUNDS);
  const columns = await Promise.all(COLUMNS.map((column) => runColumn(start.copy(), column, table)));
  const heads = COLUMNS.map(({ release, layout }) => `release ${release}, ${LAYOUTS[layout]}`);
  const rows = table.rows.map((row, i) => [
    `release ${row.client}`,
    `\`${row.instruction}\`${howOf(row)}`,
    ...columns.map((cells) => cells[i]),
  ]);
  const separator = ["---", "---", ...COLUMNS.map(() => "---")];
  return [["client", "instruction", ...heads], separator, ...rows]
    .map((cells) => `| ${cells.join(" | ")} |\n`)
    .join("");
}

async function runColumn(cluster: Cluster, { release, layout }: Column, table: Rows): Promise<string[]> {
  const owners: Owned[] = [];
  for (const row of table.rows) {
    const name = authorityOf(row);
    owners.push(layout === "none" ? await person(cluster, name) : await ownerOfV1(cluster, 1, name));
  }
  const isMigrated = layout !== "none" && layout !== "v1";
  if (isMigrated) {
    await cluster.upgrade(binaryOf(2));
    for (const owned of owners) {
      await cluster.send(await migrateConfig(cluster.rpc, owned));
      if (layout === "fullV2") await fill(cluster, owned);
      if (layout === "retired") await table.retire(cluster, owned);
    }
  }
  if (release !== (isMigrated ? 2 : 1)) await cluster.upgrade(binaryOf(release));

  const cells: string[] = [];
  for (const [i, row] of table.rows.entries()) {
    const owned = owners[i];
    if (owned === undefined) continue;
    const error = await run(cluster, row, owned, table.explain);
    cells.push(error ?? (await describe(cluster, owned.config, table.elsewhere)));
  }
  return cells;
}

/** Gives a config a fee and an operator. */
async function fill(cluster: Cluster, { authority, config }: Owned): Promise<void> {
  const operators = [(await key("operator")).address];
  await cluster.send(
    app.getSetOperatorsInstruction({ config, authority, operators }),
    app.getSetFeeInstruction({ config, authority, fee: 5, feeMint: (await key("mint")).address }),
  );
}

/** The name of the person on whose config a row is executed. */
export function authorityOf(row: Row): string {
  return row.instruction + howOf(row);
}

function howOf(row: Row): string {
  return row.client === 1 ? "" : (row.how ?? "");
}

/** Sends a row's instruction and returns the error when it was rejected; then nothing has changed. */
async function run(cluster: Cluster, row: Row, owned: Owned, explain: Explain): Promise<string | null> {
  const before = accounts(cluster, owned);
  const error = await send(cluster, row, owned, explain);
  if (error !== null) expect(accounts(cluster, owned), row.instruction).toEqual(before);
  return error;
}

function accounts(cluster: Cluster, { authority, config }: Owned) {
  return [authority.address, config, cluster.upgradeAuthority.address].map((address) => cluster.account(address));
}

async function send(cluster: Cluster, row: Row, owned: Owned, explain: Explain): Promise<string | null> {
  if (row.client === 1) {
    const builder = row.send(oldClient(cluster, authorityOf(row)), legacyKey(authorityOf(row)).publicKey);
    return errorOf(builder.rpc(), oldClientsError);
  }
  const instruction = await row.build(owned, cluster.upgradeAuthority);
  return errorOf(cluster.send(instruction), (error) => newClientsError(error, instruction, explain));
}

function errorOf(sent: Promise<string>, name: (error: unknown) => string): Promise<string | null> {
  return sent.then(() => null, name);
}
