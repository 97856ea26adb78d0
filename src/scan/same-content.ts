import { saysTheSame, wordsOfName } from '../core/detectors/name-signals.js';
import { sha256Base64 } from '../core/ground/digest.js';
import { pathTold, toldPath } from '../core/ground/path-text.js';
import { saidOf } from '../core/media/said.js';
import type { Entry } from './entry.js';
import { nameOf } from './entry.js';
import type { ParsedLine } from './parse.js';
import { folderOf } from './places.js';
import type { SlimRecord } from './record.js';
import type { Answer } from './results.js';
import { linkTold, slimOfFull } from './slim.js';

/** Same-sized files whose bytes all differ (raw frames, say): after so many the size is no hint any more. */
const FRUITLESS_HASHES = 16;
const MOST_SIZES = 100_000;

/** Sizes at which hashing a file for its twin has come to nothing. */
export class FruitlessSizes {
  readonly #tries = new Map<number, number>();

  isHopeless(bytes: number): boolean {
    return (this.#tries.get(bytes) ?? 0) >= FRUITLESS_HASHES;
  }

  found(bytes: number): void {
    this.#tries.delete(bytes);
  }

  missed(bytes: number): void {
    if (this.#tries.size < MOST_SIZES) this.#tries.set(bytes, (this.#tries.get(bytes) ?? 0) + 1);
  }
}

/** Whose answer it is that stands for other bytes too: its path as it is inside. */
export function originOf(answer: Answer): string {
  const { duplicateOf = '', duplicateOfBytes } = 'slim' in answer ? answer.slim : {};
  return pathTold({ path: duplicateOf, pathBytes: duplicateOfBytes });
}

type Line = Extract<ParsedLine, { is: 'slim' | 'full' }>;

/** The first file with certain bytes, as its record has it. */
export interface First {
  /** As it is inside. */
  path: string;
  asset: Pick<SlimRecord['asset'], 'name' | 'bytes' | 'mediaType'>;
}

export const assetIn = ({ record }: Line): SlimRecord['asset'] =>
  'report' in record ? record.report.asset : record.asset;

/** Whether nothing but its bytes and its name was asked: what lies beside a file makes another answer of the same bytes. */
export const isOfBytesAlone = ({ sidecars, init }: Pick<SlimRecord, 'sidecars' | 'init'>): boolean =>
  sidecars === undefined && init === undefined;

/**
 * The first file with the same bytes whose name says the same. `key`: what such a one is to be held under; `under` gives
 * whoever is held under a key. The first of all is held under the digest of the bytes alone.
 */
export async function firstAs<F extends First>(
  sha256: string,
  name: string,
  under: (key: string) => F | undefined | Promise<F | undefined>,
): Promise<{ key: string; first?: F | undefined }> {
  const first = await under(sha256);
  if (first === undefined) return { key: sha256 };
  const words = wordsOfName({ name }, first.asset);
  if (words === wordsOfName({ name: first.asset.name }, first.asset)) return { key: sha256, first };
  const key = `${sha256} ${sha256Base64(words)}`;
  return { key, first: await under(key) };
}

/** An answer that names the first file with its bytes, however it was come to. */
export function withFirst(answer: Answer, first: First): Answer {
  if ('error' in answer) return answer;
  const { entry, slim, full, beside } = answer;
  const told = duplicateTold(first.path);
  const kept = beside && { beside };
  if (full === undefined) return { entry, slim: { ...slim, ...told }, ...kept };
  const { report, ...known } = full;
  return { entry, slim: { ...slim, ...told }, full: { ...known, ...told, report }, ...kept };
}

function duplicateTold(path: string): Pick<SlimRecord, 'duplicateOf' | 'duplicateOfBytes'> {
  const first = toldPath(path);
  return {
    duplicateOf: first.path,
    ...(first.pathBytes === undefined ? {} : { duplicateOfBytes: first.pathBytes }),
  };
}

/** What is said of one file, said of another with the same bytes: what the name says is the other file's own. */
export function copyOf(line: Line, entry: Entry): Exclude<Answer, { error: unknown }> | undefined {
  // What was said of a segment in a stream is not said of the same bytes elsewhere.
  if (!isOfBytesAlone(line.record)) return undefined;
  const { name } = saidOf({ name: nameOf(entry) });
  const asset = assetIn(line);
  // Of a record in brief not all is there to say it anew: a name that says something else is read.
  if (!saysTheSame({ name }, asset, asset)) return undefined;
  const { duplicateOf, duplicateOfBytes } = line.record;
  const first =
    duplicateOf === undefined
      ? pathTold(line.record)
      : pathTold({ path: duplicateOf, pathBytes: duplicateOfBytes });
  const { path, pathBytes } = toldPath(entry.path);
  // In the order of a record that was read, so that one that is read after all is the same line.
  const own = {
    path,
    ...(pathBytes === undefined ? {} : { pathBytes }),
    modified: new Date(entry.modified).toISOString(),
    ...(entry.etag === undefined ? {} : { etag: entry.etag }),
    ...linkTold(entry.linkOf),
  };
  const told = duplicateTold(first);
  if (line.is === 'slim') {
    const { schema, ...known } = withoutOwn(line.record);
    const ofName = { folder: folderOf(path), asset: { ...known.asset, name } };
    return { entry, slim: { schema, ...own, ...known, ...own, ...ofName, ...told } };
  }
  const { schema, report, ...known } = withoutOwn(line.record);
  const said = { ...report, asset: { ...report.asset, name } };
  const full = { schema, ...own, ...known, ...own, ...told, report: said };
  return { entry, slim: slimOfFull(full), full };
}

/** A record without what only some files have, and each has of its own. */
function withoutOwn<R extends Line['record']>(record: R) {
  const {
    pathBytes: _,
    etag: __,
    linkOf: ___,
    linkOfBytes: ____,
    duplicateOf: _____,
    duplicateOfBytes: ______,
    kept: _______,
    ...known
  } = record;
  return known;
}
