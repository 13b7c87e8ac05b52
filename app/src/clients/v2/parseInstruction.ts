import { AccountRole, type AccountMeta, type Instruction, type ReadonlyUint8Array } from "@solana/kit";
import {
  APP_PROGRAM_ADDRESS,
  type AppInstruction,
  identifyAppInstruction,
  parseAppInstruction,
  type ParsedAppInstruction,
} from "./generated/app";
import { APP_ACCOUNT_COUNTS } from "./generated/app/accountCounts";

/** What release 2 reads in the place of an optional account that a client did not pass. */
const PLACEHOLDER: AccountMeta = { address: APP_PROGRAM_ADDRESS, role: AccountRole.READONLY };

/**
 * Reads an instruction as release 2 of the program does, whichever release's client made it: optional
 * accounts at the end may be missing. Codama's own parser throws then.
 *
 * @returns `null` when the instruction is of another program or of no known release.
 */
export function parseInstruction(instruction: Instruction): ParsedAppInstruction | null {
  const { programAddress, accounts = [], data = new Uint8Array() } = instruction;
  if (programAddress !== APP_PROGRAM_ADDRESS) return null;
  const type = identify(data);
  if (type === null) return null;
  const { all, required } = APP_ACCOUNT_COUNTS[type];
  const missing = accounts.length < required ? 0 : Math.max(0, all - accounts.length);
  const padded = [...accounts, ...Array<AccountMeta>(missing).fill(PLACEHOLDER)];
  return parseAppInstruction({ programAddress: APP_PROGRAM_ADDRESS, accounts: padded, data });
}

function identify(data: ReadonlyUint8Array): AppInstruction | null {
  try {
    return identifyAppInstruction(data);
  } catch {
    return null;
  }
}
