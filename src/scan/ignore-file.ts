import { constants } from 'node:fs';
import { pathOfBytes } from '../core/ground/path-text.js';
import { openAt } from '../core/media/reach.js';
import { said } from '../say/said.js';
import { type Lost, lostBy } from './entry.js';
import { Patterns, patternsIn } from './patterns.js';

/** What stands in a folder and says what of it is not to be read, where that is followed. */
export const IGNORE_FILE = '.assayignore';

/** It came with the files, from whoever made them: what is longer is not followed, and that is told. */
export const ignoreLimits = { bytes: 65_536, patterns: 500, patternCharacters: 512, above: 32 } as const;

/** The patterns of one folder, and where it is. */
export interface IgnoreRules {
  /** Relative to where the walk began. */
  folder: string;
  patterns: Patterns;
}

/** Undefined where there is none. */
export async function ignoreRulesOf(
  path: string,
  folder: string,
  { ignoreCase }: { ignoreCase?: boolean | undefined },
): Promise<IgnoreRules | { lost: Lost } | undefined> {
  const own = `${path.endsWith('/') ? path : `${path}/`}${IGNORE_FILE}`;
  try {
    // No link is followed: it could lead out of what is scanned.
    const file = await openAt(own, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    try {
      const stats = await file.stat();
      if (!stats.isFile() || stats.size > ignoreLimits.bytes) return { lost: notFollowed(own) };
      const bytes = Buffer.alloc(ignoreLimits.bytes + 1);
      const { bytesRead } = await file.read(bytes, 0, bytes.length, 0);
      const texts = patternsIn(pathOfBytes(bytes.subarray(0, bytesRead)));
      const isLong = (text: string) => text.length > ignoreLimits.patternCharacters;
      if (bytesRead > ignoreLimits.bytes || texts.length > ignoreLimits.patterns || texts.some(isLong))
        return { lost: notFollowed(own) };
      return { folder, patterns: new Patterns(texts, { ignoreCase, fromTree: true }) };
    } finally {
      await file.close();
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    return {
      lost:
        error instanceof Error && 'code' in error && error.code === 'ELOOP'
          ? notFollowed(own)
          : lostBy(own, error),
    };
  }
}

const notFollowed = (path: string): Lost => ({
  path,
  code: 'not-checked',
  said: said('scan.lost.ignoreFile'),
});

/** The folder's own before those above it; the first that says anything counts. */
export function isIgnored(rules: readonly IgnoreRules[], relative: string, isFolder: boolean): boolean {
  for (const { folder, patterns } of rules) {
    const own = folder === '' ? relative : relative.slice(folder.length + 1);
    const said = isFolder ? patterns.ofFolder(own) : patterns.ofFile(own);
    if (said !== undefined) return said;
  }
  return false;
}
