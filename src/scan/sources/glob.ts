/**
 * Patterns of `.gitignore` (gitignore(5)): `*`, `?`, `[…]`, `**` between slashes, and a backslash before literal
 * characters. The time is at most the pattern's length times the path's, whoever wrote it; matchers based on regular
 * expressions can be made to take years.
 */

type Token = '*' | '?' | { is(character: string): boolean };
type Segment = '**' | readonly Token[];

export function compileGlob(pattern: string, ignoreCase: boolean): (path: string) => boolean {
  const normalizeCase = (text: string) => (ignoreCase ? text.toLowerCase() : text);
  const segments = parseSegments(normalizeCase(pattern));
  if (segments === undefined) return () => false;
  return (path) => matchesAll(segments, normalizeCase(path).split('/'));
}

function parseSegments(pattern: string): Segment[] | undefined {
  const segments: Segment[] = [];
  for (const piece of pattern.split('/')) {
    const segment = piece === '**' ? '**' : parseTokens(piece);
    if (segment === undefined) return undefined;
    segments.push(segment);
  }
  // A final `**` matches everything inside the folder, but not the folder itself.
  if (segments.at(-1) === '**' && segments.length > 1) segments.push(['*']);
  return segments;
}

/** After a mismatch the last `**` is extended by one segment; everything before it has already matched. */
function matchesAll(segments: readonly Segment[], names: readonly string[]): boolean {
  let [at, name] = [0, 0];
  let again: { at: number; name: number } | undefined;
  while (name < names.length) {
    const segment = segments[at];
    if (segment === '**') {
      again = { at: at + 1, name };
      at += 1;
    } else if (segment !== undefined && matchesName(segment, names[name] ?? '')) {
      at += 1;
      name += 1;
    } else if (again !== undefined) {
      again.name += 1;
      ({ at, name } = again);
    } else return false;
  }
  while (segments[at] === '**') at += 1;
  return at === segments.length;
}

/** Applies the same method to `*` within a name. */
function matchesName(tokens: readonly Token[], name: string): boolean {
  let [at, character] = [0, 0];
  let again: { at: number; character: number } | undefined;
  while (character < name.length) {
    const token = tokens[at];
    if (token === '*') {
      again = { at: at + 1, character };
      at += 1;
    } else if (token === '?' || token?.is(name[character] ?? '')) {
      at += 1;
      character += 1;
    } else if (again !== undefined) {
      again.character += 1;
      ({ at, character } = again);
    } else return false;
  }
  while (tokens[at] === '*') at += 1;
  return at === tokens.length;
}

/** Returns `undefined` if a bracket or backslash is incomplete; such a pattern matches nothing. */
function parseTokens(piece: string): Token[] | undefined {
  const tokens: Token[] = [];
  for (let at = 0; at < piece.length; at += 1) {
    const character = piece[at] ?? '';
    if (character === '*') {
      if (tokens.at(-1) !== '*') tokens.push('*');
    } else if (character === '?') tokens.push('?');
    else if (character === '\\') {
      at += 1;
      const meant = piece[at];
      if (meant === undefined) return undefined;
      tokens.push({ is: (one) => one === meant });
    } else if (character === '[') {
      const set = parseCharacterSet(piece, at + 1);
      if (set === undefined) return undefined;
      tokens.push({ is: set.is });
      at = set.end;
    } else tokens.push({ is: (one) => one === character });
  }
  return tokens;
}

/** Parses `[abc]`, `[a-z]` or `[!a]`, and returns the position of its end. */
function parseCharacterSet(
  piece: string,
  from: number,
): { is(one: string): boolean; end: number } | undefined {
  const isNot = piece[from] === '!' || piece[from] === '^';
  const ranges: [string, string][] = [];
  for (let at = isNot ? from + 1 : from, first = true; at < piece.length; at += 1, first = false) {
    if (piece[at] === ']' && !first)
      return { is: (one) => ranges.some(([low, high]) => low <= one && one <= high) !== isNot, end: at };
    if (piece[at] === '\\') at += 1;
    const low = piece[at] ?? '';
    const hasEnd = piece[at + 1] === '-' && piece[at + 2] !== undefined && piece[at + 2] !== ']';
    ranges.push([low, hasEnd ? (piece[at + 2] ?? low) : low]);
    if (hasEnd) at += 2;
  }
  return undefined;
}
