import type { web3 } from "@anchor-lang/core";
import { type Instruction, type KeyPairSigner } from "@solana/kit";
import BN from "bn.js";
import type { AppClient } from "../../../src/clients/v1";
import { app, migrateConfigs } from "../../../src/clients/v2";
import type { Owned } from "../../support/config";
import { key } from "../../support/key";
import { TOKEN_PROGRAMS } from "../../support/token";
import { SYSTEM } from "./error";

/** A config without a fee has no fee mint. */
const NO_MINT = SYSTEM;

/** The operator pays the fee, if there is one. */
export const BY_AN_OPERATOR: Row = {
  client: 2,
  instruction: "update_v2",
  how: " by an operator",
  build: async ({ config }) => {
    return app.getUpdateV2Instruction({
      config,
      signer: await key("operator"),
      value: 7,
      expectedRevision: null,
      maxFee: 5,
      feeSource: (await key("source")).address,
      feeVault: (await key("vault")).address,
      feeMint: (await key("mint")).address,
      tokenProgram: TOKEN_PROGRAMS["SPL Token"],
    });
  },
};

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
      /** What the table says behind the instruction's name; no two rows have both in common. */
      readonly how?: string;
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
      app.getUpdateV2Instruction({ config, signer: authority, value: 7, expectedRevision: null, maxFee: 0 }),
  },
  BY_AN_OPERATOR,
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
      app.getSetFeeInstruction({ config, authority, fee: 6, feeMint: authority.address }),
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
  {
    client: 2,
    instruction: "rollback",
    how: " that may discard",
    build: ({ config }, upgradeAuthority) =>
      app.getRollbackInstruction({ config, upgradeAuthority, discardV2Data: true }),
  },
  {
    client: 2,
    instruction: "retire",
    build: ({ authority, config }) => app.getRetireInstruction({ config, authority, recipient: authority.address }),
  },
];
