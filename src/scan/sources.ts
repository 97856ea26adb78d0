import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import picomatch from 'picomatch';
import { said } from '../say/said.js';
import { SaidError } from '../say/said-error.js';
import { begunAhead } from './begun-ahead.js';
import { sidecarsOf } from './beside.js';
import { type Found, lostBy } from './entry.js';
import type { Filter } from './filter.js';
import { localEntry } from './local-entry.js';
import { isObjectPath } from './s3/address.js';
import { walk } from './walk.js';

export interface SourceOptions {
  filter: Filter;
  hidden: boolean;
  followSymlinks: boolean;
  /** Files that are kept beside others are read with those. */
  sidecars?: boolean;
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
    const stats = await stat(path);
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

function folder(
  path: string,
  { filter, hidden, followSymlinks, sidecars = false }: SourceOptions,
): AsyncGenerator<Found> {
  const { entersFolder, wantsName } = filter;
  return walk(path, { hidden, followSymlinks, sidecars, entersFolder, wantsName });
}

async function* matching(
  base: string,
  glob: string,
  pattern: string,
  options: SourceOptions,
): AsyncGenerator<Found> {
  const matches = picomatch(glob, { dot: options.hidden });
  const deep = glob.includes('**');
  const depth = glob.split('/').length;
  const { filter, hidden, followSymlinks, sidecars = false } = options;
  let any = false;
  const found = walk(base, {
    hidden,
    followSymlinks,
    sidecars,
    entersFolder: (path) => filter.entersFolder(path) && (deep || path.split('/').length < depth),
    wantsName: (path) => matches(path) && filter.wantsName(path),
  });
  for await (const one of found) {
    // The pattern's own place is a fault of the pattern; what is below it is told by its name.
    if ('lost' in one && one.lost.path === base && !any) break;
    any = true;
    yield one;
  }
  if (!any) yield { lost: { path: pattern, code: 'not-found', said: said('scan.lost.noMatch') } };
}

/** Names from a list, with line ends or NULs between them, as they come: the list may be a pipe that never ends. */
export async function* namesFrom(list: string | Readable, nul: boolean): AsyncGenerator<string> {
  const stream = typeof list === 'string' ? createReadStream(list) : list;
  const separator = nul ? '\0' : '\n';
  let held = '';
  stream.setEncoding('utf8');
  for await (const chunk of stream) {
    const pieces = (held + String(chunk)).split(separator);
    held = pieces.pop() ?? '';
    if (held.length > NAME_CHARACTERS)
      throw new SaidError(said('scan.longName', { most: String(NAME_CHARACTERS) }));
    for (const piece of pieces) {
      const name = nul ? piece : piece.replace(/\r$/, '');
      if (name !== '') yield name;
    }
  }
  if (held !== '') yield nul ? held : held.replace(/\r$/, '');
}

const NAME_CHARACTERS = 65_536;
