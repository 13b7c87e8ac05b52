import type { web3 } from "@anchor-lang/core";
import { type Instruction, type KeyPairSigner } from "@solana/kit";
import BN from "bn.js";
import type { AppClient } from "../../../src/clients/v1";
import { app, migrateConfigs } from "../../../src/clients/v2";
import type { Owned } from "../../support/config";
import { SYSTEM } from "./error";

/** A config without a fee has no fee mint. */
const NO_MINT = SYSTEM;

/** What a client sends. */
export type Row =
  | {
      readonly client: 1;
      readonly instruction: string;
      readonly send: (client: AppClient, authority: web3.PublicKey) => { rpc(): Promise<string> };
    }
  | {
      readonly client: 2;
      readonly instruction: string;
      readonly build: (owned: Owned, upgradeAuthority: KeyPairSigner) => Instruction | Promise<Instruction>;
    };

/** The rows of the table in docs/matrix.md. */
export const ROWS: readonly Row[] = [
  { client: 1, instruction: "initialize", send: (client, authority) => client.initialize(authority, new BN(7)) },
  { client: 1, instruction: "update", send: (client, authority) => client.update(authority, new BN(7)) },
  { client: 1, instruction: "close", send: (client, authority) => client.close(authority) },
  {
    client: 2,
    instruction: "initialize_v2",
    build: ({ authority }) =>
      app.getInitializeV2InstructionAsync({ authority, value: 7, fee: 0, feeMint: NO_MINT, operators: [] }),
  },
  {
    client: 2,
    instruction: "update_v2",
    build: ({ authority, config }) =>
      app.getUpdateV2Instruction({ config, signer: authority, value: 7, expectedRevision: 0 }),
  },
  {
    client: 2,
    instruction: "set_operators",
    build: ({ authority, config }) =>
      app.getSetOperatorsInstruction({ config, authority, operators: [authority.address] }),
  },
  {
    client: 2,
    instruction: "set_fee",
    build: ({ authority, config }) =>
      app.getSetFeeInstruction({ config, authority, fee: 5, feeMint: authority.address }),
  },
  {
    client: 2,
    instruction: "migrate",
    build: ({ authority, config }) => app.getMigrateInstruction({ config, authority, payer: authority }),
  },
  {
    client: 2,
    instruction: "migrate_many",
    build: ({ config }, upgradeAuthority) =>
      migrateConfigs({ configs: [config], upgradeAuthority, maxTopUp: 334_080n }),
  },
  {
    client: 2,
    instruction: "rollback",
    build: ({ config }, upgradeAuthority) =>
      app.getRollbackInstruction({ config, upgradeAuthority, discardV2Data: false }),
  },
];
