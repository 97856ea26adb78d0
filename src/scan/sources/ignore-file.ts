import { constants } from 'node:fs';
import { decodePath } from '../../base/path-text.js';
import { openAt } from '../../core/media/plain-path.js';
import { message } from '../../i18n/message.js';
import { type LostEntry, lostEntryOf } from './entry.js';
import { Patterns, parsePatterns } from './patterns.js';

/** File in a folder with patterns of files not to be read, if ignore files are enabled. */
export const IGNORE_FILE = '.assayignore';

/** The file comes from the author of the scanned files. One that exceeds these limits is not applied, which is reported. */
export const ignoreLimits = { bytes: 65_536, patterns: 500, patternCharacters: 512, above: 32 } as const;

/** Patterns of one folder. */
export interface IgnoreRules {
  /** Path relative to the start of the walk. */
  folder: string;
  patterns: Patterns;
}

/** Returns `undefined` if the folder has no ignore file. */
export async function readIgnoreRules(
  path: string,
  folder: string,
  { ignoreCase }: { ignoreCase?: boolean | undefined },
): Promise<IgnoreRules | { lost: LostEntry } | undefined> {
  const own = `${path.endsWith('/') ? path : `${path}/`}${IGNORE_FILE}`;
  try {
    // Links are not followed, because they could lead out of the scanned folder.
    const file = await openAt(own, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    try {
      const stats = await file.stat();
      if (!stats.isFile() || stats.size > ignoreLimits.bytes) return { lost: notApplied(own) };
      const bytes = Buffer.alloc(ignoreLimits.bytes + 1);
      const { bytesRead } = await file.read(bytes, 0, bytes.length, 0);
      const texts = parsePatterns(decodePath(bytes.subarray(0, bytesRead)));
      const isLong = (text: string) => text.length > ignoreLimits.patternCharacters;
      if (bytesRead > ignoreLimits.bytes || texts.length > ignoreLimits.patterns || texts.some(isLong))
        return { lost: notApplied(own) };
      return { folder, patterns: new Patterns(texts, { ignoreCase, fromTree: true }) };
    } finally {
      await file.close();
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    return {
      lost:
        error instanceof Error && 'code' in error && error.code === 'ELOOP'
          ? notApplied(own)
          : lostEntryOf(own, error),
    };
  }
}

const notApplied = (path: string): LostEntry => ({
  path,
  code: 'not-checked',
  userMessage: message('scan.lost.ignoreFile'),
});

/** Returns whether a path is ignored. The rules of the innermost folder come first; the first match decides. */
export function isIgnored(rules: readonly IgnoreRules[], relative: string, isFolder: boolean): boolean {
  for (const { folder, patterns } of rules) {
    const own = folder === '' ? relative : relative.slice(folder.length + 1);
    const said = isFolder ? patterns.matchFolder(own) : patterns.matchFile(own);
    if (said !== undefined) return said;
  }
  return false;
}
