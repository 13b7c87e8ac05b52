import { header } from "./header";
import { type Idl, type IdlInstruction, pascalCase } from "./idl";

/**
 * How many accounts each instruction takes, and how many of them a caller may not leave out. Codama's
 * parsers ask for all. `source` is the IDL's path.
 */
export function accountCounts(idl: Idl, source: string): string {
  const enumName = `${pascalCase(idl.metadata.name)}Instruction`;
  const rows = idl.instructions.map((instruction) => {
    const all = instruction.accounts.length;
    return `  [${enumName}.${pascalCase(instruction.name)}]: { all: ${all}, required: ${required(instruction)} },\n`;
  });
  return (
    header(source) +
    `import { ${enumName} } from "./programs";\n\n` +
    `export const ${idl.metadata.name.toUpperCase()}_ACCOUNT_COUNTS = {\n${rows.join("")}} as const;\n`
  );
}

/** The number of accounts up to the last one that is not optional. */
function required(instruction: IdlInstruction): number {
  return instruction.accounts.findLastIndex((account) => account.optional !== true) + 1;
}
