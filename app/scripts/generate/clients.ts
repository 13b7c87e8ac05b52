import { releaseNumbers, releasePath } from "../../../migrations/releases";

/** The client of release 1 was written by hand, and nobody edits it again. */
const HAND_WRITTEN = 1;

/** A client with generated code, in the folder of this name. */
export interface Client {
  readonly name: string;
  /** Its programs' IDLs: paths below `releases`. */
  readonly idls: readonly string[];
  /** Whether it is the client of a release: such a program is called by clients of older releases too. */
  readonly ofRelease: boolean;
}

/** One for each release newer than 1, and others, each a line. */
export function generatedClients(releases: string): readonly Client[] {
  return [
    ...releaseNumbers(releases)
      .filter((release) => release > HAND_WRITTEN)
      .map(clientOf),
    { name: "proxy", idls: ["proxy/migrator.json", "proxy/successor.json"], ofRelease: false },
  ];
}

function clientOf(release: number): Client {
  return { name: `v${release}`, idls: [releasePath(release, "app.json")], ofRelease: true };
}
