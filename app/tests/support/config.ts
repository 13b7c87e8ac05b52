import type { Address, KeyPairSigner } from "@solana/kit";
import BN from "bn.js";
import { app, migrateConfig } from "../../src/clients/v2";
import { account } from "./account";
import type { Cluster } from "./cluster";
import { legacyKey } from "./key";
import { RETIRED } from "./layout";
import { oldClient } from "./oldClient";

/** A person and the config that they own. */
export interface Owned {
  readonly authority: KeyPairSigner;
  readonly config: Address;
}

/** A funded person and the address of the config that they may create. */
export async function person(cluster: Cluster, name = "authority"): Promise<Owned> {
  const authority = await cluster.fundedKey(name);
  const [config] = await app.findConfigPda({ authority: authority.address });
  return { authority, config };
}

/** A funded person with a `ConfigV1`, made by the release-1 client. */
export async function ownerOfV1(cluster: Cluster, value: number, name = "authority"): Promise<Owned> {
  const owned = await person(cluster, name);
  await oldClient(cluster, name).initialize(legacyKey(name).publicKey, new BN(value)).rpc();
  return owned;
}

/** A funded person with a `ConfigV2` that was a `ConfigV1`. */
export async function ownerOfV2(cluster: Cluster, value: number, name = "authority"): Promise<Owned> {
  const owned = await ownerOfV1(cluster, value, name);
  await cluster.send(await migrateConfig(cluster.rpc, owned));
  return owned;
}

/** Leaves of a config what `retire` leaves of it. Only the migration program can call that instruction. */
export function retire(cluster: Cluster, { config }: Owned): void {
  cluster.svm.setAccount(account(config, RETIRED));
}
