import { type Address, type EncodedAccount, lamports } from "@solana/kit";
import { app } from "../../src/clients/v2";

/** An account that the program might be handed. */
export function account(address: Address, data: Uint8Array, owner: Address = app.APP_PROGRAM_ADDRESS): EncodedAccount {
  return {
    address,
    data,
    executable: false,
    lamports: lamports(1_000_000_000n),
    programAddress: owner,
    space: BigInt(data.length),
  };
}
