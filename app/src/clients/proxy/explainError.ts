import {
  APP,
  type AppFailure,
  explainError as explain,
  type FailedTransaction,
  type Failure as V2Failure,
} from "../v2";
import { MIGRATOR, type MigratorFailure, SUCCESSOR, type SuccessorFailure } from "./failure";

/** Why one of the three programs of the migration by proxy rejected an instruction, or a program of others. */
export type Failure = V2Failure | MigratorFailure | SuccessorFailure;

type ProxyFailure = AppFailure | MigratorFailure | SuccessorFailure;

/** As the function of the same name in `clients/v2`, with the errors of `migrator` and `successor` too. */
export function explainError(error: unknown, transaction: FailedTransaction): Failure | null {
  return explain<ProxyFailure>(error, transaction, [APP, MIGRATOR, SUCCESSOR]);
}
