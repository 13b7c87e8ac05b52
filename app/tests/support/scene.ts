import { Cluster } from "./cluster";
import { release, RELEASES } from "./release";

// The states that tests begin with. Each is brought about once per test file and copied for each test.

const scenes = new Map(RELEASES.map((number) => [number, copies(() => reach(number))]));

/** The oldest release was deployed and upgraded from one to the next, until this one ran. */
export async function onRelease(number: number): Promise<Cluster> {
  const scene = scenes.get(number);
  if (scene === undefined) throw new Error(`there is no release ${number}`);
  return scene();
}

async function reach(number: number): Promise<Cluster> {
  const before = RELEASES[RELEASES.indexOf(number) - 1];
  const cluster = before === undefined ? await Cluster.start() : await onRelease(before);
  await (before === undefined ? cluster.deploy(release(number)) : cluster.upgrade(release(number)));
  return cluster;
}

/** A scene that is set up once and copied whenever it is asked for. */
export function copies(setUp: () => Promise<Cluster>): () => Promise<Cluster> {
  let original: Promise<Cluster> | undefined;
  return async () => (await (original ??= setUp())).copy();
}
