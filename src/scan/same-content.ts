import { saysTheSame } from '../core/detectors/name-signals.js';
import { pathBytesOf, pathTold, textOfPath } from '../core/ground/path-text.js';
import { saidOf } from '../core/media/said.js';
import type { Entry } from './entry.js';
import { nameOf } from './entry.js';
import type { ParsedLine } from './parse.js';
import { folderOf } from './places.js';
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

/** What is said of one file, said of another with the same bytes: what the name says is the other file's own. */
export function copyOf(
  line: Extract<ParsedLine, { is: 'slim' | 'full' }>,
  entry: Entry,
): Exclude<Answer, { error: unknown }> | undefined {
  const { record } = line;
  // What was said of a segment in a stream is not said of the same bytes elsewhere.
  if (record.init !== undefined) return undefined;
  const { name } = saidOf({ name: nameOf(entry) });
  const { asset } = 'report' in record ? record.report : record;
  // Of a record in brief not all is there to say it anew: a name that says something else is read.
  if (!saysTheSame({ name }, asset, asset)) return undefined;
  const first =
    record.duplicateOf === undefined
      ? { path: record.path, bytes: record.pathBytes }
      : { path: record.duplicateOf, bytes: record.duplicateOfBytes };
  const pathBytes = pathBytesOf(entry.path);
  const own = {
    path: textOfPath(entry.path),
    ...(pathBytes === undefined ? {} : { pathBytes }),
    modified: new Date(entry.modified).toISOString(),
    ...(entry.etag === undefined ? {} : { etag: entry.etag }),
    duplicateOf: first.path,
    ...(first.bytes === undefined ? {} : { duplicateOfBytes: first.bytes }),
    ...linkTold(entry.linkOf),
  };
  if (line.is === 'slim') {
    const { etag: _, linkOf: __, linkOfBytes: ____, pathBytes: ___, ...known } = line.record;
    return {
      entry,
      slim: { ...known, ...own, folder: folderOf(own.path), asset: { ...known.asset, name } },
    };
  }
  const { etag: _, linkOf: __, linkOfBytes: ____, pathBytes: ___, report, ...known } = line.record;
  const full = { ...known, ...own, report: { ...report, asset: { ...report.asset, name } } };
  return { entry, slim: slimOfFull(full), full };
}
