import type { Address } from "@solana/kit";
import { expect } from "vitest";
import { decodeConfig } from "../../../src/clients/v2";
import type { Cluster } from "../../support/cluster";
import { configV1, configV2 } from "../../support/layout";

/** What the config became; `elsewhere` finds out what a retired one became. */
export async function describe(
  cluster: Cluster,
  config: Address,
  elsewhere: (cluster: Cluster, config: Address) => Promise<string>,
): Promise<string> {
  const account = cluster.account(config);
  if (account === null) return "closed";
  const decoded = decodeConfig(account);
  switch (decoded.version) {
    case "V1": {
      const { authority, value } = decoded.account.data;
      expect(account.data, "stray bytes").toEqual(configV1(authority, value));
      return `V1, value ${value}`;
    }
    case "V2": {
      const { value, revision, fee, operators } = decoded.account.data;
      expect(account.data, "stray bytes").toEqual(configV2(decoded.account.data));
      return `V2, value ${value}, revision ${revision}${feeAndOperators(fee, operators)}`;
    }
    case "retired":
      return `retired; ${await elsewhere(cluster, config)}`;
  }
}

/** What a config has of them, in words. */
export function feeAndOperators(fee: bigint, operators: readonly Address[]): string {
  return (fee > 0n ? `, fee ${fee}` : "") + (operators.length > 0 ? `, ${operators.length} operator` : "");
}
