import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { bytesOfPath, pathOfBytes } from '../core/ground/path-text.js';
import { type Said, said } from '../say/said.js';
import { errorSaid } from '../say/said-error.js';
import { Filter, type FilterOptions } from '../scan/filter.js';
import { LEFT_OUT_BY, type LeftOut } from '../scan/left-out.js';
import { patternsIn } from '../scan/patterns.js';
import { UsageError } from './exit-codes.js';
import { type Io, tell } from './io.js';

const MOST_LIST_BYTES = 4 * 1024 ** 2;
const MOST_PATTERNS = 10_000;
/** What is told one by one; the others are counted. */
const MOST_TOLD = 5;

/** Patterns of a list, in its order. Throws a UsageError where it cannot be read. */
export function patternsFrom(list: string): string[] {
  const bytes = bytesOfList(list);
  if (bytes.length > MOST_LIST_BYTES)
    throw new UsageError(
      said('cli.scan.usage.patternsSize', { list, most: String(MOST_LIST_BYTES / 1024 ** 2) }),
    );
  return patternsIn(pathOfBytes(bytes));
}

function bytesOfList(list: string): Buffer {
  try {
    const file = openSync(bytesOfPath(list), 'r');
    try {
      // A pipe has no size: `--exclude-from <(…)`.
      const pieces: Buffer[] = [];
      if (fstatSync(file).isDirectory())
        throw new UsageError(said('cli.scan.usage.patternList', { list, why: said('error.folder') }));
      for (let length = 0; length <= MOST_LIST_BYTES; ) {
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
    const why = isMissing ? said('error.not-found') : errorSaid(error);
    throw new UsageError(said('cli.scan.usage.patternList', { list, why }), { cause: error });
  }
}

/** Throws a UsageError for a pattern that is none. */
export function filterOf(options: FilterOptions): Filter {
  const patterns = [...(options.include ?? []), ...(options.exclude ?? [])];
  if (patterns.length > MOST_PATTERNS)
    throw new UsageError(said('cli.scan.usage.patterns', { most: String(MOST_PATTERNS) }));
  const long = patterns.find((pattern) => pattern.length > MOST_CHARACTERS);
  if (long !== undefined)
    throw new UsageError(said('cli.scan.usage.patternLong', { most: String(MOST_CHARACTERS) }));
  return new Filter(options);
}

const MOST_CHARACTERS = 4_096;

interface Told {
  leftOut: LeftOut;
  filter: Filter;
  /** All was looked at: what matched nothing until then matches nothing. */
  isWhole: boolean;
}

/** What was come upon and not read, and what was asked for in vain. */
export function tellLeftOut({ leftOut, filter, isWhole }: Told, io: Io): void {
  const { counts } = leftOut;
  if (counts !== undefined) {
    const what = LEFT_OUT_BY.flatMap((by): Said[] => {
      const { files: { [by]: files = 0 } = {}, folders: { [by]: folders = 0 } = {} } = counts;
      return files + folders === 0
        ? []
        : [said('cli.scan.leftOut.one', { files, folders, why: said(`scan.leftOut.${by}`) })];
    });
    tell(io, said('cli.scan.leftOut', { what }));
  }
  if (leftOut.ignoreFiles > 0) tell(io, said('cli.scan.ignoreFilesMet', { count: leftOut.ignoreFiles }));
  const { include, exclude, idle } = filter.told;
  for (const pattern of idle.slice(0, MOST_TOLD)) tell(io, said('cli.scan.patternIdle', { pattern }));
  if (!isWhole) return;
  for (const [option, patterns] of [['--include', include] as const, ['--exclude', exclude] as const]) {
    for (const pattern of patterns.slice(0, MOST_TOLD))
      tell(io, said('cli.scan.patternUnmet', { option, pattern }));
    if (patterns.length > MOST_TOLD)
      tell(io, said('cli.scan.patternsUnmet', { option, count: patterns.length - MOST_TOLD }));
  }
}
