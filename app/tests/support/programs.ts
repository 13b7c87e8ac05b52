import { type KeyPairSigner } from "@solana/kit";
import { type Cluster } from "./cluster";
import { key } from "./key";
import { release } from "./release";

/** The key of the program's address, which a deployment must sign with; on no cluster is it used. */
export function appKey(): Promise<KeyPairSigner> {
  return key("app program id: local tests only");
}

export async function deployRelease1(cluster: Cluster): Promise<void> {
  await cluster.deploy(await appKey(), release("v1/app.so"));
}

/** Upgrades `app` to a release of the repository: a roll-back too is an upgrade. */
export async function upgradeTo(cluster: Cluster, version: 1 | 2): Promise<void> {
  await cluster.upgrade((await appKey()).address, release(`v${version}/app.so`));
}

/** Deploys the two programs that take a config over when its owner must change. */
export async function deployProxyPath(cluster: Cluster): Promise<void> {
  await cluster.deploy(await key("migrator program"), release("v2/migrator.so"));
  await cluster.deploy(await key("successor program"), release("v2/successor.so"));
}
