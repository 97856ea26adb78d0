import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import picomatch from 'picomatch';
import { decodePath, encodePath } from '../../base/path-text.js';
import { statAt } from '../../core/media/plain-path.js';
import { message } from '../../i18n/message.js';
import { MessageError } from '../../i18n/message-error.js';
import { type FoundEntry, lostEntryOf } from './entry.js';
import type { Exclusions } from './exclusions.js';
import type { FileFilter } from './filter.js';
import { createLocalEntry } from './local-entry.js';
import { prestart } from './prestarted.js';
import { isObjectPath } from './s3/address.js';
import { findSidecars } from './sidecars.js';
import { type WalkOptions, walk } from './walk.js';

export interface SourceOptions {
  filter: FileFilter;
  hidden: boolean;
  followSymlinks: boolean;
  /** Read sidecars together with their files. */
  sidecars?: boolean;
  leftOut?: Exclusions | undefined;
  /** Finds objects of a store, for paths that are addresses of one; loaded only then. */
  objects?(path: string, options: SourceOptions): AsyncGenerator<FoundEntry>;
}

/** Sources queried ahead: each object in a list costs a request. */
const PRESTARTED_SOURCES = 32;

/** Yields all files given by the arguments of a scan. */
export async function* findFiles(
  paths: AsyncIterable<string> | Iterable<string>,
  options: SourceOptions,
): AsyncGenerator<FoundEntry> {
  const begin = (path: string) =>
    options.objects !== undefined && isObjectPath(path)
      ? { source: options.objects(path, options), ahead: true }
      : { source: findFilesAt(path, options), ahead: false };
  yield* prestart(paths, begin, PRESTARTED_SOURCES);
}

/**
 * Yields a file, the files of a folder or the matches of a pattern. An existing path takes precedence, because its name
 * may contain `[`.
 */
async function* findFilesAt(path: string, options: SourceOptions): AsyncGenerator<FoundEntry> {
  try {
    const stats = await statAt(path);
    if (stats.isDirectory()) yield* walkFolder(path, options);
    else if (stats.isFile()) {
      // Name filters apply to files found by a walk, not to files given by their path.
      const beside = options.sidecars ? await findSidecars(path, options.followSymlinks) : [];
      yield { entry: createLocalEntry(path, stats, beside) };
    } else yield { lost: { path, code: 'not-a-file', userMessage: message('error.not-a-file') } };
  } catch (error) {
    const { base, glob, isGlob } = picomatch.scan(path);
    if (!isGlob) yield { lost: lostEntryOf(path, error) };
    else yield* findMatches(base === '' ? '.' : base, glob, path, options);
  }
}

function walkFolder(path: string, options: SourceOptions): AsyncGenerator<FoundEntry> {
  const { folderExclusion: leavesFolder, nameExclusion: leavesName } = options.filter;
  return walk(path, { ...walkOptions(options), folderExclusion: leavesFolder, nameExclusion: leavesName });
}

function walkOptions(options: SourceOptions): Omit<WalkOptions, 'folderExclusion' | 'nameExclusion'> {
  const { hidden, followSymlinks, sidecars = false, leftOut } = options;
  return { hidden, followSymlinks, sidecars, leftOut };
}

async function* findMatches(
  base: string,
  glob: string,
  pattern: string,
  options: SourceOptions,
): AsyncGenerator<FoundEntry> {
  const matches = picomatch(glob, { dot: options.hidden, nocase: true });
  const deep = glob.includes('**');
  const depth = glob.split('/').length;
  const { filter } = options;
  let any = false;
  const found = walk(base, {
    ...walkOptions(options),
    folderExclusion: (path) =>
      deep || path.split('/').length < depth ? filter.folderExclusion(path) : 'unasked',
    nameExclusion: (path) => (matches(path) ? filter.nameExclusion(path) : 'unasked'),
  });
  for await (const one of found) {
    // A missing base folder means that nothing matches; one that cannot be read is reported.
    if ('lost' in one && one.lost.path === base && one.lost.code === 'not-found' && !any) break;
    any = true;
    yield one;
  }
  if (!any) yield { lost: { path: pattern, code: 'not-found', userMessage: message('scan.lost.noMatch') } };
}

/**
 * Yields names from a list as they arrive; the list may be an endless pipe. Names are separated by line ends or NULs,
 * whichever the first bytes have, NULs before line ends; a name contains no NUL, so a NUL always separates names. A byte
 * order mark is skipped, and a list in UTF-16, as PowerShell writes it, is decoded.
 */
export async function* readNames(list: string | Readable): AsyncGenerator<string> {
  const stream = typeof list === 'string' ? createReadStream(encodePath(list)) : list;
  let held: Buffer = Buffer.alloc(0);
  let separator: number | undefined;
  for await (const bytes of toUtf8(stream)) {
    // Text carried over contains no separator, or too little to recognise which one is used.
    let from = separator === undefined ? 0 : held.length;
    held = held.length === 0 ? bytes : Buffer.concat([held, bytes]);
    separator ??= held.includes(NUL) ? NUL : held.includes(LINE_END) ? LINE_END : undefined;
    let begin = 0;
    if (separator !== undefined) {
      for (let end = held.indexOf(separator, from); end >= 0; end = held.indexOf(separator, from)) {
        yield* splitNames(held.subarray(begin, end), separator);
        begin = end + 1;
        from = begin;
      }
    }
    held = Buffer.from(held.subarray(begin));
    if (held.length > MAX_NAME_BYTES)
      throw new MessageError(message('scan.longName', { most: String(MAX_NAME_BYTES) }));
  }
  yield* splitNames(held, separator ?? LINE_END);
}

/** A line of a list separated by line ends may still contain NULs. */
function* splitNames(bytes: Buffer, separator: number): Generator<string> {
  const line = separator === LINE_END && bytes.at(-1) === CARRIAGE_RETURN ? bytes.subarray(0, -1) : bytes;
  for (let from = 0; from < line.length; ) {
    const end = line.indexOf(NUL, from);
    const name = line.subarray(from, end < 0 ? undefined : end);
    if (name.length > 0) yield decodePath(name);
    from = end < 0 ? line.length : end + 1;
  }
}

async function* toUtf8(stream: Readable): AsyncGenerator<Buffer> {
  let first: Buffer | undefined = Buffer.alloc(0);
  let utf16: InstanceType<typeof TextDecoder> | undefined;
  for await (const chunk of stream) {
    let bytes: Buffer = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    if (first !== undefined) {
      first = Buffer.concat([first, bytes]);
      if (first.length < 3) continue;
      const encoding = first[0] === 0xff && first[1] === 0xfe ? 'utf-16le' : undefined;
      utf16 = encoding && new TextDecoder(encoding);
      bytes = first.subarray(0, 3).equals(BYTE_ORDER_MARK) ? first.subarray(3) : first;
      first = undefined;
    }
    yield utf16 === undefined ? bytes : Buffer.from(utf16.decode(bytes, { stream: true }));
  }
  if (first !== undefined && first.length > 0) yield first;
}

const NUL = 0x00;
const LINE_END = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const BYTE_ORDER_MARK = Buffer.from('\ufeff');
const MAX_NAME_BYTES = 65_536;
