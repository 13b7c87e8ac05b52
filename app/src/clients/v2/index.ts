export * as app from "./generated/app";
export { type Config, type ConfigVersion, decodeConfig } from "./config";
export { ConfigError } from "./configError";
export { explainError, type FailedTransaction } from "./explainError";
export {
  type AnchorFailure,
  APP,
  type AppFailure,
  type Failure,
  type FailureIn,
  type KnownProgram,
  type OtherFailure,
  type ProgramFailure,
} from "./failure";
export { fetchConfig } from "./fetchConfig";
export { findConfigs } from "./findConfigs";
export { migrateConfig, type MigrateConfigInput } from "./migrateConfig";
export { migrateConfigs, type MigrateConfigsInput } from "./migrateConfigs";
export { omitTrailingOptionals } from "./omitTrailingOptionals";
export { parseInstruction } from "./parseInstruction";
export { type AgreedFee, updateConfig, type UpdateConfigInput } from "./updateConfig";
