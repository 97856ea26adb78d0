import { basename } from 'node:path';
import picomatch from 'picomatch';

/**
 * Patterns in the style of `.gitignore`, ripgrep and rclone. Without a slash a pattern applies to the name at any
 * depth; with one, to the whole path relative to the start. `/x` matches x only at the start, `x/` a folder, and `!x`
 * negates an earlier match. Upper and lower case are the same, because cameras write `.JPG`. The last match decides.
 */

interface PatternRule {
  text: string;
  /** `true` for `!x`. */
  isNot: boolean;
  /** `true` for `x/`. */
  ofFolder: boolean;
  /** `true` if the pattern applies to the name alone. */
  ofName: boolean;
  matches(text: string): boolean;
  hasMatched: boolean;
}

export class Patterns {
  readonly #rules: readonly PatternRule[];
  readonly #anyOfFolder: boolean;

  constructor(texts: readonly string[]) {
    this.#rules = texts.map(parseRule);
    this.#anyOfFolder = this.#rules.some(({ ofFolder }) => ofFolder);
  }

  /** Whether all patterns are negated, so that they re-include nothing. */
  get areAllNegated(): boolean {
    return this.#rules.every(({ isNot }) => isNot);
  }

  /** Negated patterns before any other pattern, which therefore have no effect. */
  get ineffective(): string[] {
    const first = this.#rules.findIndex(({ isNot }) => !isNot);
    return this.#rules.slice(0, first < 0 ? undefined : first).map(({ text }) => text);
  }

  /** Patterns that have matched nothing so far. */
  get unmatched(): string[] {
    return this.#rules.filter(({ hasMatched: met }) => !met).map(({ text }) => text);
  }

  /** Returns the result of the last match: `true`, or `false` for a negated pattern; `undefined` if none matches. */
  matchFile(relative: string): boolean | undefined {
    return this.#said(
      relative,
      (rule, name) => !rule.ofFolder && rule.matches(rule.ofName ? name : relative),
    );
  }

  matchFolder(relative: string): boolean | undefined {
    return this.#said(relative, (rule, name) => rule.matches(rule.ofName ? name : relative));
  }

  /** Returns the result for a file; patterns of folders also match everything below them. */
  matchFileOrParents(relative: string): boolean | undefined {
    if (!this.#anyOfFolder) return this.matchFile(relative);
    const folders = parentFolders(relative);
    return this.#said(relative, (rule, name) =>
      rule.ofFolder
        ? folders.some((folder) => rule.matches(rule.ofName ? basename(folder) : folder))
        : rule.matches(rule.ofName ? name : relative),
    );
  }

  /** Returns whether the last match for the folder is a negated pattern. */
  reincludesFolder(relative: string): boolean {
    if (!this.#rules.some(({ isNot }) => isNot)) return false;
    const name = basename(relative);
    const last = this.#rules.findLast((rule) => rule.matches(rule.ofName ? name : relative));
    if (last?.isNot !== true) return false;
    last.hasMatched = true;
    return true;
  }

  /** Patterns that have not matched yet are tested too, so that unmatched ones can be reported. */
  #said(relative: string, matches: (rule: PatternRule, name: string) => boolean): boolean | undefined {
    const name = basename(relative);
    let said: boolean | undefined;
    for (let at = this.#rules.length - 1; at >= 0; at -= 1) {
      const rule = this.#rules[at];
      if (rule === undefined || (said !== undefined && rule.hasMatched) || !matches(rule, name)) continue;
      rule.hasMatched = true;
      said ??= !rule.isNot;
    }
    return said;
  }
}

/** Returns the parent folders of a path, the outermost first. */
function parentFolders(relative: string): string[] {
  const folders: string[] = [];
  for (let at = relative.indexOf('/'); at > 0; at = relative.indexOf('/', at + 1))
    folders.push(relative.slice(0, at));
  return folders;
}

function parseRule(text: string): PatternRule {
  // `!(a|b)` is an extended glob and not negated.
  const isNot = text.startsWith('!') && !text.startsWith('!(');
  let pattern = isNot ? text.slice(1) : text;
  const ofFolder = pattern.endsWith('/') && pattern !== '/';
  if (ofFolder) pattern = pattern.slice(0, -1);
  const isAnchored = pattern.startsWith('/') || pattern.startsWith('./');
  if (isAnchored) pattern = pattern.slice(pattern.indexOf('/') + 1);
  const ofName = !isAnchored && !pattern.includes('/');
  return {
    text,
    isNot,
    ofFolder,
    ofName,
    matches: createMatcher(pattern),
    hasMatched: false,
  };
}

function createMatcher(pattern: string): (text: string) => boolean {
  if (pattern === '') return () => false;
  if (!SPECIAL.test(pattern)) {
    const lower = pattern.toLowerCase();
    return (text) => text.toLowerCase() === lower;
  }
  return picomatch(pattern, { dot: true, nocase: true, nonegate: true });
}

const SPECIAL = /[*?[\]{}()!+@|\\^$"'<>,]/;

/** Parses the patterns of a file, one per line; empty lines and comments (`#`) are skipped. */
export function parsePatterns(text: string): string[] {
  return text
    .replace(/^\ufeff/, '')
    .split('\n')
    .map((line) => trimEndSpaces(line.replace(/\r$/, '')))
    .filter((line) => line !== '' && !line.startsWith('#'));
}

/**
 * Uses a loop, because a regular expression takes quadratic time on runs of spaces, and the file comes from the author
 * of the scanned tree.
 */
function trimEndSpaces(line: string): string {
  let end = line.length;
  while (line[end - 1] === ' ' && line[end - 2] !== '\\') end -= 1;
  return line.slice(0, end);
}
