export * as migrator from "./generated/migrator";
export * as successor from "./generated/successor";
export { explainError, type Failure } from "./explainError";
export { MIGRATOR, type MigratorFailure, SUCCESSOR, type SuccessorFailure } from "./failure";
export { migrateAccount, type MigrateAccountInput } from "./migrateAccount";
export { fetchSuccessor, findSuccessor } from "./successor";
export { successorRent } from "./successorRent";
