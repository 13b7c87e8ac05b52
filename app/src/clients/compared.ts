/** The two values whose comparison failed: messages of errors have the words left and right in their place. */
export interface Compared {
  readonly left: string;
  readonly right: string;
}

/** As Anchor logs them: a key has a line of its own. */
const LOGGED =
  /^Program log: Left:(?: |\nProgram log: )(.*)\nProgram log: Right:(?: |\nProgram log: )(.*)\n(?:Program \w+ consumed .*\n)?Program \w+ failed: /m;

/** What the program that failed has compared; `null` when it logged nothing of the kind. */
export function comparedIn(logs: readonly string[]): Compared | null {
  const [, left, right] = LOGGED.exec(logs.join("\n")) ?? [];
  return left === undefined || right === undefined ? null : { left, right };
}

/** The message with the values in place of the words left and right in its parentheses. */
export function withValues(message: string, compared: Compared): string {
  return message.replace(/(?<=\([^()]*)\b(?:left|right)\b/g, (side) => compared[side as keyof Compared]);
}
