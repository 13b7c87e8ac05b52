import { isSolanaError } from "@solana/kit";
import { ConfigError } from "../../src/clients/v2";

/** Runs an example; what goes wrong becomes one plain line and the exit code 1. */
export async function run(example: () => Promise<void>): Promise<void> {
  try {
    await example();
  } catch (error) {
    console.error(`error: ${plainly(error)}`);
    process.exitCode = 1;
  }
}

function plainly(error: unknown): string {
  if (error instanceof ConfigError) return error.message;
  if (isSolanaError(error) && error.cause instanceof Error) return `${error.message}: ${plainly(error.cause)}`;
  return error instanceof Error ? error.message : String(error);
}
