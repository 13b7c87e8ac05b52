import type { Cluster } from "../../support/cluster";
import { binary, NEWEST } from "../../support/release";
import { copies, onRelease } from "../../support/scene";

/** Deploys the two programs that take a config over when its owner must change. */
export async function deployProxyPath(cluster: Cluster): Promise<void> {
  await cluster.deploy(binary("proxy/migrator"));
  await cluster.deploy(binary("proxy/successor"));
}

/** The newest release runs, and so do the two programs. */
export const withProxyPath = copies(async () => {
  const cluster = await onRelease(NEWEST);
  await deployProxyPath(cluster);
  return cluster;
});
