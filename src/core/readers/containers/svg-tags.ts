/** Scans SVG tag by tag, so that words in a comment, a CDATA section or a script are not taken for an element. */

export interface SvgTag {
  kind: 'open' | 'close' | 'other';
  name: string;
  /** First character after the tag. */
  end: number;
}

/** Markup whose content is skipped, by its opening; longer openings come first. */
const SKIPPED = [
  { open: '<!--', close: '-->' },
  { open: '<![CDATA[', close: ']]>' },
  { open: '<?', close: '?>' },
] as const;

/** Reads the tag that starts at `at`; `undefined` if it does not end. */
export function parseTag(text: string, at: number): SvgTag | undefined {
  for (const { open, close } of SKIPPED) {
    if (!text.startsWith(open, at)) continue;
    const end = text.indexOf(close, at + open.length);
    return end < 0 ? undefined : { kind: 'other', name: '', end: end + close.length };
  }
  const end = findTagEnd(text, at + 1);
  if (end === undefined) return undefined;
  if (text[at + 1] === '!') return { kind: 'other', name: '', end };
  if (text[at + 1] === '/') return { kind: 'close', name: '', end };
  const name = /^[^\s/>]{0,256}/.exec(text.slice(at + 1, at + 258))?.[0] ?? '';
  return { kind: text[end - 2] === '/' ? 'other' : 'open', name, end };
}

/** Returns the offset of the `>` that is not inside a quoted attribute. A DOCTYPE's internal subset has nested brackets. */
function findTagEnd(text: string, from: number): number | undefined {
  let quote = '';
  let brackets = 0;
  for (let at = from; at < text.length; at++) {
    const c = text[at] ?? '';
    if (quote !== '') quote = c === quote ? '' : quote;
    else if (c === '"' || c === "'") quote = c;
    else if (c === '[') brackets += 1;
    else if (c === ']') brackets -= 1;
    else if (c === '>' && brackets <= 0) return at + 1;
  }
  return undefined;
}
