import { sha256Base64 } from '../../base/digest.js';
import { fromRecordPath, toRecordPath } from '../../base/path-text.js';
import { haveSameNameSignals, nameSignalsKey } from '../../core/detectors/name-signals.js';
import { normalizeDescription } from '../../core/media/upload-description.js';
import type { ScanAnswer } from '../records/answer.js';
import { parentFolder } from '../records/groups.js';
import type { ScanRecord } from '../records/record.js';
import { linkMembers } from '../records/summary-record.js';
import type { Entry } from '../sources/entry.js';
import { entryName } from '../sources/entry.js';

/** Hashes without a match after which a size is ignored: files of one size may all differ, such as raw frames. */
const MAX_FRUITLESS_HASHES = 16;
const MAX_SIZES = 100_000;

/** Sizes for which hashing found no file with the same bytes. */
export class FruitlessSizes {
  readonly #tries = new Map<number, number>();

  isHopeless(bytes: number): boolean {
    return (this.#tries.get(bytes) ?? 0) >= MAX_FRUITLESS_HASHES;
  }

  found(bytes: number): void {
    this.#tries.delete(bytes);
  }

  missed(bytes: number): void {
    if (this.#tries.size < MAX_SIZES) this.#tries.set(bytes, (this.#tries.get(bytes) ?? 0) + 1);
  }
}

/** Returns the path of the file whose record was copied. */
export function copiedFrom(answer: ScanAnswer): string {
  const { duplicateOf = '', duplicateOfBytes } = 'record' in answer ? answer.record : {};
  return fromRecordPath({ path: duplicateOf, pathBytes: duplicateOfBytes });
}

/** First file with certain bytes, as in its record. */
export interface FirstFile {
  /** Path in its internal form. */
  path: string;
  asset: Pick<ScanRecord['asset'], 'name' | 'bytes' | 'mediaType'>;
}

/**
 * Returns whether the record depends only on the file's bytes and name; sidecars and init segments change the result
 * for the same bytes.
 */
export const dependsOnBytesAlone = ({ sidecars, init }: Pick<ScanRecord, 'sidecars' | 'init'>): boolean =>
  sidecars === undefined && init === undefined;

/**
 * Finds the first file with the same bytes whose name has the same effect on the record. `lookUp` returns the file
 * stored under a content key. The first file of all has the digest alone as its `key`, others the digest and their
 * name's effect.
 */
export async function findFirst<F extends FirstFile>(
  sha256: string,
  name: string,
  lookUp: (key: string) => F | undefined | Promise<F | undefined>,
): Promise<{ key: string; first?: F | undefined }> {
  const first = await lookUp(sha256);
  if (first === undefined) return { key: sha256 };
  const words = nameSignalsKey({ name }, first.asset);
  if (words === nameSignalsKey({ name: first.asset.name }, first.asset)) return { key: sha256, first };
  const key = `${sha256} ${sha256Base64(words)}`;
  return { key, first: await lookUp(key) };
}

/** Adds the first file with the same bytes to a record, however it was made. */
export function addFirstFile(answer: ScanAnswer, first: FirstFile): ScanAnswer {
  if ('error' in answer) return answer;
  return { ...answer, record: { ...answer.record, ...duplicateMembers(first.path) } };
}

function duplicateMembers(path: string): Pick<ScanRecord, 'duplicateOf' | 'duplicateOfBytes'> {
  const first = toRecordPath(path);
  return {
    duplicateOf: first.path,
    ...(first.pathBytes === undefined ? {} : { duplicateOfBytes: first.pathBytes }),
  };
}

/**
 * Copies the record of a file to another with the same bytes and replaces what depends on the name; `undefined` if it
 * must be read.
 */
export function copyRecord(
  original: ScanRecord,
  entry: Entry,
): Exclude<ScanAnswer, { error: unknown }> | undefined {
  // A segment's record depends on its stream, so it does not apply to the same bytes elsewhere.
  if (!dependsOnBytesAlone(original)) return undefined;
  const { name } = normalizeDescription({ name: entryName(entry) });
  const { asset, duplicateOf, duplicateOfBytes } = original;
  // A record lacks the details to apply another name, so a file whose name has a different effect is read.
  if (!haveSameNameSignals({ name }, asset, asset)) return undefined;
  const first =
    duplicateOf === undefined
      ? fromRecordPath(original)
      : fromRecordPath({ path: duplicateOf, pathBytes: duplicateOfBytes });
  const { path, pathBytes } = toRecordPath(entry.path);
  // Members are in the order of a record that was read, so that rereading gives the same line.
  const own = {
    path,
    ...(pathBytes === undefined ? {} : { pathBytes }),
    modified: new Date(entry.modified).toISOString(),
    ...(entry.etag === undefined ? {} : { etag: entry.etag }),
    ...linkMembers(entry.linkOf),
  };
  const { schema, report, ...known } = withoutFileMembers(original);
  const ofName = {
    folder: parentFolder(path),
    asset: { ...asset, name },
    ...(report && { report: { ...report, asset: { ...report.asset, name } } }),
  };
  const record = { schema, ...own, ...known, ...own, ...ofName, ...duplicateMembers(first) };
  return { entry, record };
}

/** Removes the optional members that belong to each file. */
function withoutFileMembers(record: ScanRecord) {
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
