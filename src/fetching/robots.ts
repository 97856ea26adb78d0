import { fetchLimits as limits } from './fetch-limits.js';

/** By what robots.txt names us (RFC 9309, section 2.2.1). */
const PRODUCT = 'assay';

interface Rule {
  allows: boolean;
  pattern: string;
}

/**
 * Whether a robots.txt lets us ask for that path with its query (RFC 9309). The rules of the groups that name us count, of
 * those for everybody where none does; the longest that fits decides, and of two as long the one that allows. Pure.
 */
export function robotsAllow(text: string, path: string): boolean {
  const wanted = normal(path);
  let best: Rule | undefined;
  for (const rule of rulesFor(text)) {
    const isLonger = best === undefined || rule.pattern.length > best.pattern.length;
    const isKinder = best?.pattern.length === rule.pattern.length && rule.allows;
    if ((isLonger || isKinder) && fits(rule.pattern, wanted)) best = rule;
  }
  return best?.allows ?? true;
}

function rulesFor(text: string): Rule[] {
  const own: Rule[] = [];
  const everybody: Rule[] = [];
  let isNamed = false;
  let groups: Rule[][] = [];
  let isHead = false;
  for (const line of text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/)) {
    const [, key = '', rest = ''] = /^\s*([A-Za-z-]+)\s*:\s*([^#]*)/.exec(line) ?? [];
    const value = rest.trim();
    switch (key.toLowerCase()) {
      case 'user-agent': {
        if (!isHead) groups = [];
        isHead = true;
        // `Assay/1.0` names us too.
        const agent = value === '*' ? '*' : (/^[A-Za-z_-]+/.exec(value)?.[0].toLowerCase() ?? '');
        if (agent === PRODUCT) {
          isNamed = true;
          groups.push(own);
        } else if (agent === '*') groups.push(everybody);
        break;
      }
      case 'allow':
      case 'disallow':
        isHead = false;
        // An empty one says nothing; what is longer than any address fits none.
        if (value === '' || value.length > limits.urlCharacters) break;
        for (const group of new Set(groups))
          group.push({ allows: key.toLowerCase() === 'allow', pattern: normal(value) });
        break;
    }
  }
  return isNamed ? own : everybody;
}

/** Octets beyond ASCII as %XX, letters of hex in capitals, and what need not be encoded as itself (section 2.2.2). */
function normal(text: string): string {
  // A half of a surrogate pair has no octets.
  const encoded = text.replace(/[^\x21-\x7e]+/g, (run) => encodeURIComponent(Buffer.from(run).toString()));
  return encoded.replace(/%[0-9a-f]{2}/gi, (one) => {
    const letter = String.fromCharCode(Number.parseInt(one.slice(1), 16));
    return /[A-Za-z0-9._~-]/.test(letter) ? letter : one.toUpperCase();
  });
}

/** `*` stands for any letters, `$` at the end for the end. Each piece is taken where it first stands: no way back is tried. */
function fits(pattern: string, path: string): boolean {
  const isWhole = pattern.endsWith('$');
  const pieces = (isWhole ? pattern.slice(0, -1) : pattern).split('*');
  const first = pieces[0] ?? '';
  if (!path.startsWith(first)) return false;
  let at = first.length;
  for (const piece of pieces.slice(1, isWhole ? -1 : undefined)) {
    const found = path.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  if (!isWhole) return true;
  if (pieces.length === 1) return at === path.length;
  const last = pieces.at(-1) ?? '';
  return path.length - last.length >= at && path.endsWith(last);
}
