import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { decodePath, encodePath } from '../../base/path-text.js';
import { type Message, message } from '../../i18n/message.js';
import { messageOf } from '../../i18n/message-error.js';
import { EXCLUSION_REASONS, type Exclusions } from '../../scan/sources/exclusions.js';
import { FileFilter, type FilterOptions } from '../../scan/sources/filter.js';
import { parsePatterns } from '../../scan/sources/patterns.js';
import { UsageError } from '../shared/exit-codes.js';
import { type Io, printMessage } from '../shared/io.js';

const MAX_LIST_BYTES = 4 * 1024 ** 2;
const MAX_PATTERNS = 10_000;
/** Patterns printed one by one; the others are only counted. */
const MAX_PRINTED = 5;

/** Returns the pattern, or those of the file that `@LIST` names; `@(a|b)` is an extended glob. */
export const expandPattern = (text: string): string[] =>
  text.startsWith('@') && !text.startsWith('@(') ? readPatterns(text.slice(1)) : [text];

/** Returns the patterns of a list in its order. Throws `UsageError` if the list cannot be read. */
function readPatterns(list: string): string[] {
  const bytes = readList(list);
  if (bytes.length > MAX_LIST_BYTES)
    throw new UsageError(
      message('cli.scan.usage.patternsSize', { list, most: String(MAX_LIST_BYTES / 1024 ** 2) }),
    );
  return parsePatterns(decodePath(bytes));
}

function readList(list: string): Buffer {
  try {
    const file = openSync(encodePath(list), 'r');
    try {
      // Reads in pieces, because a pipe has no size: `--exclude @<(…)`.
      const pieces: Buffer[] = [];
      if (fstatSync(file).isDirectory())
        throw new UsageError(message('cli.scan.usage.patternList', { list, why: message('error.folder') }));
      for (let length = 0; length <= MAX_LIST_BYTES; ) {
        const piece = Buffer.alloc(65_536);
        const read = readSync(file, piece, 0, piece.length, null);
        if (read === 0) break;
        length += read;
        pieces.push(piece.subarray(0, read));
      }
      return Buffer.concat(pieces);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    const why = isMissing ? message('error.not-found') : messageOf(error);
    throw new UsageError(message('cli.scan.usage.patternList', { list, why }), { cause: error });
  }
}

/** Returns the filter. Throws `UsageError` if a pattern is invalid. */
export function createFilter(options: FilterOptions): FileFilter {
  const patterns = [...(options.include ?? []), ...(options.exclude ?? [])];
  if (patterns.length > MAX_PATTERNS)
    throw new UsageError(message('cli.scan.usage.patterns', { most: String(MAX_PATTERNS) }));
  const long = patterns.find((pattern) => pattern.length > MAX_PATTERN_CHARACTERS);
  if (long !== undefined)
    throw new UsageError(message('cli.scan.usage.patternLong', { most: String(MAX_PATTERN_CHARACTERS) }));
  return new FileFilter(options);
}

const MAX_PATTERN_CHARACTERS = 4_096;

interface ExclusionReport {
  leftOut: Exclusions;
  filter: FileFilter;
  /** Whether everything was visited, so that a pattern without a match will never match. */
  isWhole: boolean;
}

/** Prints what was excluded, and patterns that matched nothing. */
export function printExclusions({ leftOut, filter, isWhole }: ExclusionReport, io: Io): void {
  const { counts } = leftOut;
  if (counts !== undefined) {
    const what = EXCLUSION_REASONS.flatMap((by): Message[] => {
      const { files: { [by]: files = 0 } = {}, folders: { [by]: folders = 0 } = {} } = counts;
      return files + folders === 0
        ? []
        : [message('cli.scan.leftOut.one', { files, folders, why: message(`scan.leftOut.${by}`) })];
    });
    printMessage(io, message('cli.scan.leftOut', { what }));
  }
  const { include, exclude, idle } = filter.unmatchedPatterns;
  for (const pattern of idle.slice(0, MAX_PRINTED))
    printMessage(io, message('cli.scan.patternIdle', { pattern }));
  if (!isWhole) return;
  for (const [option, patterns] of [['--include', include] as const, ['--exclude', exclude] as const]) {
    for (const pattern of patterns.slice(0, MAX_PRINTED))
      printMessage(io, message('cli.scan.patternUnmet', { option, pattern }));
    if (patterns.length > MAX_PRINTED)
      printMessage(io, message('cli.scan.patternsUnmet', { option, count: patterns.length - MAX_PRINTED }));
  }
}
