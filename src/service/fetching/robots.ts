import { fetchLimits as limits } from './fetch-limits.js';

/** User agent token in robots.txt (RFC 9309, section 2.2.1). */
const USER_AGENT_TOKEN = 'assay';

interface Rule {
  allows: boolean;
  pattern: string;
}

/**
 * Returns whether a robots.txt allows this program to request a path with its query (RFC 9309). Uses the groups that
 * name this program, otherwise those for everybody. The longest matching rule decides; among equals, the one that
 * allows. Pure.
 */
export function isAllowedByRobots(text: string, path: string): boolean {
  const wanted = normalizePath(path);
  let best: Rule | undefined;
  for (const rule of rulesFor(text)) {
    const isLonger = best === undefined || rule.pattern.length > best.pattern.length;
    const isKinder = best?.pattern.length === rule.pattern.length && rule.allows;
    if ((isLonger || isKinder) && matchesPattern(rule.pattern, wanted)) best = rule;
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
        // `Assay/1.0` matches too.
        const agent = value === '*' ? '*' : (/^[A-Za-z_-]+/.exec(value)?.[0].toLowerCase() ?? '');
        if (agent === USER_AGENT_TOKEN) {
          isNamed = true;
          groups.push(own);
        } else if (agent === '*') groups.push(everybody);
        break;
      }
      case 'allow':
      case 'disallow':
        isHead = false;
        // An empty rule has no effect; a rule longer than any address matches none.
        if (value === '' || value.length > limits.urlCharacters) break;
        for (const group of new Set(groups))
          group.push({ allows: key.toLowerCase() === 'allow', pattern: normalizePath(value) });
        break;
    }
  }
  return isNamed ? own : everybody;
}

/** Encodes octets beyond ASCII as %XX with capital hex digits, and decodes unreserved characters (section 2.2.2). */
function normalizePath(text: string): string {
  // A lone surrogate has no octets.
  const encoded = text.replace(/[^\x21-\x7e]+/g, (run) => encodeURIComponent(Buffer.from(run).toString()));
  return encoded.replace(/%[0-9a-f]{2}/gi, (one) => {
    const letter = String.fromCharCode(Number.parseInt(one.slice(1), 16));
    return /[A-Za-z0-9._~-]/.test(letter) ? letter : one.toUpperCase();
  });
}

/**
 * `*` matches any characters, a final `$` the end. Each piece matches at its first occurrence, so there is no
 * backtracking.
 */
function matchesPattern(pattern: string, path: string): boolean {
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
