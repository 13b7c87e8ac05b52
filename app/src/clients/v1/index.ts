export type { App } from "./app";
export { AppClient } from "./client";
