import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import picomatch from 'picomatch';
import { bytesOfPath, pathOfBytes } from '../core/ground/path-text.js';
import { statAt } from '../core/media/reach.js';
import { said } from '../say/said.js';
import { SaidError } from '../say/said-error.js';
import { begunAhead } from './begun-ahead.js';
import { sidecarsOf } from './beside.js';
import { type Found, lostBy } from './entry.js';
import type { Filter } from './filter.js';
import type { LeftOut } from './left-out.js';
import { localEntry } from './local-entry.js';
import { isObjectPath } from './s3/address.js';
import { type WalkOptions, walk } from './walk.js';

export interface SourceOptions {
  filter: Filter;
  hidden: boolean;
  followSymlinks: boolean;
  /** Files that are kept beside others are read with those. */
  sidecars?: boolean;
  oneFileSystem?: boolean;
  /** `.assayignore` in folders is followed. */
  ignoreFiles?: boolean;
  /** As in patterns of the filter. */
  ignoreCase?: boolean;
  leftOut?: LeftOut | undefined;
  /** Objects of a store, where the path is an address of one; loaded only then. */
  objects?(path: string, options: SourceOptions): AsyncGenerator<Found>;
}

/** A list of objects costs a question each: so many are asked at once. */
const ASKED_AHEAD = 32;

/** All files that the arguments of a scan lead to, one at a time. */
export async function* filesIn(
  paths: AsyncIterable<string> | Iterable<string>,
  options: SourceOptions,
): AsyncGenerator<Found> {
  const begin = (path: string) =>
    options.objects !== undefined && isObjectPath(path)
      ? { source: options.objects(path, options), ahead: true }
      : { source: filesAt(path, options), ahead: false };
  yield* begunAhead(paths, begin, ASKED_AHEAD);
}

/** A file, a folder or a pattern. What stands there under the very name comes first: `[` may be part of one. */
async function* filesAt(path: string, options: SourceOptions): AsyncGenerator<Found> {
  try {
    const stats = await statAt(path);
    if (stats.isDirectory()) yield* folder(path, options);
    else if (stats.isFile()) {
      // Named outright: filters by name are for what a walk comes upon.
      const beside = options.sidecars ? await sidecarsOf(path, options.followSymlinks) : [];
      yield { entry: localEntry(path, stats, beside) };
    } else yield { lost: { path, code: 'not-a-file', said: said('error.not-a-file') } };
  } catch (error) {
    const { base, glob, isGlob } = picomatch.scan(path);
    if (!isGlob) yield { lost: lostBy(path, error) };
    else yield* matching(base === '' ? '.' : base, glob, path, options);
  }
}

function folder(path: string, options: SourceOptions): AsyncGenerator<Found> {
  const { leavesFolder, leavesName } = options.filter;
  return walk(path, { ...walkOptions(options), leavesFolder, leavesName });
}

function walkOptions(options: SourceOptions): Omit<WalkOptions, 'leavesFolder' | 'leavesName'> {
  const { hidden, followSymlinks, sidecars = false, oneFileSystem, leftOut } = options;
  const ignoreFiles = options.ignoreFiles ? { ignoreCase: options.ignoreCase } : undefined;
  return { hidden, followSymlinks, sidecars, oneFileSystem, ignoreFiles, leftOut };
}

async function* matching(
  base: string,
  glob: string,
  pattern: string,
  options: SourceOptions,
): AsyncGenerator<Found> {
  const matches = picomatch(glob, { dot: options.hidden, nocase: options.ignoreCase === true });
  const deep = glob.includes('**');
  const depth = glob.split('/').length;
  const { filter } = options;
  let any = false;
  const found = walk(base, {
    ...walkOptions(options),
    leavesFolder: (path) => (deep || path.split('/').length < depth ? filter.leavesFolder(path) : 'unasked'),
    leavesName: (path) => (matches(path) ? filter.leavesName(path) : 'unasked'),
  });
  for await (const one of found) {
    // Where its own place is not there, nothing matches it; where nobody could look there, that is told.
    if ('lost' in one && one.lost.path === base && one.lost.code === 'not-found' && !any) break;
    any = true;
    yield one;
  }
  if (!any) yield { lost: { path: pattern, code: 'not-found', said: said('scan.lost.noMatch') } };
}

/**
 * Names from a list, as they come: the list may be a pipe that never ends. Between them stand line ends, or NULs; no name
 * has a NUL, so where one stands it parts names, whether that was said (`nul`) or not. A byte order mark is none of the
 * first name; a list in UTF-16, as PowerShell writes it, is read as such.
 */
export async function* namesFrom(list: string | Readable, nul: boolean): AsyncGenerator<string> {
  const stream = typeof list === 'string' ? createReadStream(bytesOfPath(list)) : list;
  let held: Buffer = Buffer.alloc(0);
  let separator: number | undefined = nul ? NUL : undefined;
  for await (const bytes of inUtf8(stream, nul)) {
    // What was held has no end of a name in it, or is too little to tell what parts names.
    let from = separator === undefined ? 0 : held.length;
    held = held.length === 0 ? bytes : Buffer.concat([held, bytes]);
    separator ??= held.includes(NUL) ? NUL : held.includes(LINE_END) ? LINE_END : undefined;
    let begin = 0;
    if (separator !== undefined) {
      for (let end = held.indexOf(separator, from); end >= 0; end = held.indexOf(separator, from)) {
        yield* namesOf(held.subarray(begin, end), separator);
        begin = end + 1;
        from = begin;
      }
    }
    held = Buffer.from(held.subarray(begin));
    if (held.length > NAME_BYTES) throw new SaidError(said('scan.longName', { most: String(NAME_BYTES) }));
  }
  yield* namesOf(held, separator ?? LINE_END);
}

/** A line of a list that has line ends may have NULs all the same. */
function* namesOf(bytes: Buffer, separator: number): Generator<string> {
  const line = separator === LINE_END && bytes.at(-1) === CARRIAGE_RETURN ? bytes.subarray(0, -1) : bytes;
  for (let from = 0; from < line.length; ) {
    const end = line.indexOf(NUL, from);
    const name = line.subarray(from, end < 0 ? undefined : end);
    if (name.length > 0) yield pathOfBytes(name);
    from = end < 0 ? line.length : end + 1;
  }
}

/** With `-0` the first bytes are a name's, whatever they are. */
async function* inUtf8(stream: Readable, nul: boolean): AsyncGenerator<Buffer> {
  let first: Buffer | undefined = Buffer.alloc(0);
  let utf16: InstanceType<typeof TextDecoder> | undefined;
  for await (const chunk of stream) {
    let bytes: Buffer = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    if (first !== undefined && !nul) {
      first = Buffer.concat([first, bytes]);
      if (first.length < 3) continue;
      const encoding = first[0] === 0xff && first[1] === 0xfe ? 'utf-16le' : undefined;
      utf16 = encoding && new TextDecoder(encoding);
      bytes = first.subarray(0, 3).equals(MARK) ? first.subarray(3) : first;
      first = undefined;
    }
    yield utf16 === undefined ? bytes : Buffer.from(utf16.decode(bytes, { stream: true }));
  }
  if (first !== undefined && first.length > 0) yield first;
}

const NUL = 0x00;
const LINE_END = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const MARK = Buffer.from('\ufeff');
const NAME_BYTES = 65_536;
