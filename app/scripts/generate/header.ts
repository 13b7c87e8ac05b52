/** The first lines of a generated file. */
export function header(source: string): string {
  return `// Made from ${source} by \`npm run generate\`: do not edit.\n\n`;
}
