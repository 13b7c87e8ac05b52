import type { Instruction } from "@solana/kit";
import { explainError, type Failure } from "../../../src/clients/proxy";
import type { Cluster } from "../../support/cluster";
import { rejectionAs } from "../../support/rejection";

/** As the function of the same name in `tests/support`, with the errors of `migrator` and `successor` too. */
export function rejection(cluster: Cluster, ...instructions: Instruction[]): Promise<Failure> {
  return rejectionAs(explainError, cluster, instructions);
}
