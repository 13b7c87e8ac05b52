import { LangErrorCode, LangErrorMessage } from "@anchor-lang/core";
import { header } from "./header";

/** The errors that Anchor itself answers with, whichever program it is in. */
export function anchorErrors(): string {
  const rows = Object.entries(LangErrorCode).map(([name, code]) => {
    const message = LangErrorMessage.get(code) ?? name;
    return `  { code: ${code}, name: ${JSON.stringify(name)}, message: ${JSON.stringify(message)} },\n`;
  });
  return `${header("the table of @anchor-lang/core")}export const ANCHOR_ERRORS = [\n${rows.join("")}] as const;\n`;
}
