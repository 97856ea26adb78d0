/**
 * One value on one line, for whatever reads it next. JSON leaves C1 controls, line and paragraph separators and bidi
 * marks as they are: a terminal acts on the first, `splitlines` breaks at the second, an editor turns text around at
 * the last. As escapes they say the same to every parser.
 */
export function jsonLine(value: unknown): string {
  return `${JSON.stringify(value).replace(BARE, escaped)}\n`;
}

const BARE = /[\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/g;

const escaped = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
