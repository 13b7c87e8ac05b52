import { header } from "./header";
import type { Idl } from "./idl";

/**
 * The program's errors with their names and messages. Codama's own functions know no names, and no
 * messages in production. `source` is the IDL's path.
 */
export function errorTable(idl: Idl, source: string): string {
  const rows = (idl.errors ?? []).map(
    ({ code, name, msg }) => `  { code: ${code}, name: ${JSON.stringify(name)}, message: ${JSON.stringify(msg)} },\n`,
  );
  const constant = `${idl.metadata.name.toUpperCase()}_ERRORS`;
  return `${header(source)}export const ${constant} = [\n${rows.join("")}] as const;\n`;
}
