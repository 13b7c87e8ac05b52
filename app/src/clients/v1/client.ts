import { Program, type Provider, web3 } from "@anchor-lang/core";
import type BN from "bn.js";
import type { App } from "./app";
import idl from "./app.json" with { type: "json" };

/**
 * The client that was shipped with release 1. It knows release 1's IDL and nothing newer; the builders
 * that it returns send with `.rpc()` or make an instruction with `.instruction()`.
 */
export class AppClient {
  readonly program: Program<App>;

  constructor(provider: Provider) {
    this.program = new Program<App>(idl, provider);
  }

  /** The address of an authority's config: derived from `["config", authority]`. */
  configAddress(authority: web3.PublicKey): web3.PublicKey {
    const seeds = [Buffer.from("config"), authority.toBuffer()];
    return web3.PublicKey.findProgramAddressSync(seeds, this.program.programId)[0];
  }

  /** The authority's config. */
  fetchConfig(authority: web3.PublicKey) {
    return this.program.account.configV1.fetch(this.configAddress(authority));
  }

  /** Creates the authority's config; the authority pays its rent. */
  initialize(authority: web3.PublicKey, value: BN) {
    return this.program.methods.initialize(value).accounts({ authority });
  }

  /** Sets the value of the authority's config. */
  update(authority: web3.PublicKey, value: BN) {
    return this.program.methods.update(value).accountsPartial({ authority });
  }

  /** Closes the authority's config; its lamports go to the authority. */
  close(authority: web3.PublicKey) {
    return this.program.methods.close().accountsPartial({ authority });
  }
}
