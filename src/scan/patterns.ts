import { basename } from 'node:path';
import picomatch from 'picomatch';
import { globOf } from './glob.js';

/**
 * Patterns as `.gitignore`, ripgrep and rclone have them: without a slash they speak of the name alone, wherever it
 * stands; with one, of the whole path from where the search began. `/x` is x there and nowhere else, `x/` a folder,
 * `!x` takes back what a pattern before it said. The last that matches counts.
 */

export interface PatternOptions {
  ignoreCase?: boolean | undefined;
  /** They came with the files: matched by code whose time no pattern can draw out, without braces and the like. */
  fromTree?: boolean;
}

interface Rule {
  text: string;
  /** `!x`. */
  isNot: boolean;
  /** `x/`. */
  ofFolder: boolean;
  /** Of the name alone. */
  ofName: boolean;
  matches(text: string): boolean;
  met: boolean;
}

export class Patterns {
  readonly #rules: readonly Rule[];
  readonly #anyOfFolder: boolean;

  constructor(texts: readonly string[], options: PatternOptions = {}) {
    this.#rules = texts.map((text) => ruleOf(text, options));
    this.#anyOfFolder = this.#rules.some(({ ofFolder }) => ofFolder);
  }

  /** `!x` alone takes nothing back. */
  get areAllNot(): boolean {
    return this.#rules.every(({ isNot }) => isNot);
  }

  /** Those that say `!` before anything has been said that they could take back. */
  get idle(): string[] {
    const first = this.#rules.findIndex(({ isNot }) => !isNot);
    return this.#rules.slice(0, first < 0 ? undefined : first).map(({ text }) => text);
  }

  /** Those that matched nothing of what they were asked about. */
  get unmet(): string[] {
    return this.#rules.filter(({ met }) => !met).map(({ text }) => text);
  }

  /** What the last pattern that matches says: true for one, false for one with `!`; undefined where none does. */
  ofFile(relative: string): boolean | undefined {
    return this.#said(
      relative,
      (rule, name) => !rule.ofFolder && rule.matches(rule.ofName ? name : relative),
    );
  }

  ofFolder(relative: string): boolean | undefined {
    return this.#said(relative, (rule, name) => rule.matches(rule.ofName ? name : relative));
  }

  /** As of a file; a pattern of a folder speaks of all that is below it. */
  ofFileOrBelow(relative: string): boolean | undefined {
    if (!this.#anyOfFolder) return this.ofFile(relative);
    const folders = foldersOf(relative);
    return this.#said(relative, (rule, name) =>
      rule.ofFolder
        ? folders.some((folder) => rule.matches(rule.ofName ? basename(folder) : folder))
        : rule.matches(rule.ofName ? name : relative),
    );
  }

  /** Whether a pattern with `!` is the last that speaks of the folder. */
  takesFolderBack(relative: string): boolean {
    if (!this.#rules.some(({ isNot }) => isNot)) return false;
    const name = basename(relative);
    const last = this.#rules.findLast((rule) => rule.matches(rule.ofName ? name : relative));
    if (last?.isNot !== true) return false;
    last.met = true;
    return true;
  }

  /** Which have matched is noted too, so those that have not yet are all asked. */
  #said(relative: string, matches: (rule: Rule, name: string) => boolean): boolean | undefined {
    const name = basename(relative);
    let said: boolean | undefined;
    for (let at = this.#rules.length - 1; at >= 0; at -= 1) {
      const rule = this.#rules[at];
      if (rule === undefined || (said !== undefined && rule.met) || !matches(rule, name)) continue;
      rule.met = true;
      said ??= !rule.isNot;
    }
    return said;
  }
}

/** All that a path stands in, the outermost first. */
function foldersOf(relative: string): string[] {
  const folders: string[] = [];
  for (let at = relative.indexOf('/'); at > 0; at = relative.indexOf('/', at + 1))
    folders.push(relative.slice(0, at));
  return folders;
}

function ruleOf(text: string, { ignoreCase = false, fromTree = false }: PatternOptions): Rule {
  // `!(a|b)` is a pattern of its own, as it was before.
  const isNot = text.startsWith('!') && (fromTree || !text.startsWith('!('));
  let pattern = isNot ? text.slice(1) : text;
  const ofFolder = pattern.endsWith('/') && pattern !== '/';
  if (ofFolder) pattern = pattern.slice(0, -1);
  const isAnchored = pattern.startsWith('/') || pattern.startsWith('./');
  if (isAnchored) pattern = pattern.slice(pattern.indexOf('/') + 1);
  const ofName = !isAnchored && !pattern.includes('/');
  return { text, isNot, ofFolder, ofName, matches: matcherOf(pattern, { ignoreCase, fromTree }), met: false };
}

function matcherOf(pattern: string, { ignoreCase, fromTree }: PatternOptions): (text: string) => boolean {
  if (pattern === '') return () => false;
  if (fromTree) return globOf(pattern, ignoreCase === true);
  if (!ignoreCase && !SPECIAL.test(pattern)) return (text) => text === pattern;
  return picomatch(pattern, { dot: true, nocase: ignoreCase === true, nonegate: true });
}

const SPECIAL = /[*?[\]{}()!+@|\\^$"'<>,]/;

/** Patterns of a file: one a line; empty lines and those that begin with `#` are none. */
export function patternsIn(text: string): string[] {
  return text
    .replace(/^\ufeff/, '')
    .split('\n')
    .map((line) => withoutEndSpaces(line.replace(/\r$/, '')))
    .filter((line) => line !== '' && !line.startsWith('#'));
}

/** By a loop: an expression looks through a run of spaces again from each of them, and whoever made the tree wrote the file. */
function withoutEndSpaces(line: string): string {
  let end = line.length;
  while (line[end - 1] === ' ' && line[end - 2] !== '\\') end -= 1;
  return line.slice(0, end);
}
