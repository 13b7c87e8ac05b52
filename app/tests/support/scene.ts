import { Cluster } from "./cluster";
import { deployProxyPath, deployRelease1, upgradeTo } from "./programs";

// The states that tests begin with. Each is brought about once per test file and copied for each test.

/** Release 1 runs. */
export const onRelease1 = copies(async () => {
  const cluster = await Cluster.start();
  await deployRelease1(cluster);
  return cluster;
});

/** Release 1 was upgraded to release 2. */
export const onRelease2 = copies(async () => {
  const cluster = await onRelease1();
  await upgradeTo(cluster, 2);
  return cluster;
});

/** Release 2 runs, and so do the two programs that take a config over when its owner must change. */
export const withProxyPath = copies(async () => {
  const cluster = await onRelease2();
  await deployProxyPath(cluster);
  return cluster;
});

function copies(setUp: () => Promise<Cluster>): () => Promise<Cluster> {
  let original: Promise<Cluster> | undefined;
  return async () => (await (original ??= setUp())).copy();
}
