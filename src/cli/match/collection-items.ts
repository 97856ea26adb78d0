import { createHash } from 'node:crypto';
import { createReadStream, statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { displayPath, encodePath, fromRecordPath, toRecordPath } from '../../base/path-text.js';
import { readConfig } from '../../config/settings.js';
import { type Message, message } from '../../i18n/message.js';
import { messageOf } from '../../i18n/message-error.js';
import { createPictureMaker } from '../../inspect/makers/pictures.js';
import { Confinement } from '../../inspect/sandbox/confinement.js';
import type { Fingerprints } from '../../matching/fingerprint.js';
import { type BitOrder, parsePdqHash } from '../../matching/hash-text.js';
import { FingerprintResults } from '../../scan/fingerprints/fingerprint-rows.js';
import { readScanId } from '../../scan/lines/live-lines.js';
import { StoredAttachments } from '../../scan/results/stored-attachments.js';
import { type Entry, entryName } from '../../scan/sources/entry.js';
import { parseCsvRows } from '../../scan/sources/s3/csv-rows.js';
import { walk } from '../../scan/sources/walk.js';
import { isLink } from '../../storage/fingerprints/collection-checks.js';
import {
  COLLECTION_BOUNDS,
  type CollectionFinding,
  type NewCollectionItem,
} from '../../storage/fingerprints/collections.js';
import { UsageError } from '../shared/exit-codes.js';
import { inOrder } from '../shared/in-order.js';
import type { Io } from '../shared/io.js';
import { fingerprintsAt } from './match-query.js';

/** Item to put into the collection, or the message id and reason of an entry that is skipped. */
export type ImportEntry =
  | { item: NewCollectionItem }
  | { skipped: { what: Message; why: Message; count?: number } };

export interface ImportRequest {
  from: string;
  bitOrder: BitOrder;
  /** Finding that applies to every item of the collection. */
  finding?: CollectionFinding | undefined;
}

/**
 * Returns the items to import: every file below a folder, every record of scan results, or every row of a table. Throws
 * `UsageError` for anything else.
 */
export async function importEntriesFrom(
  request: ImportRequest,
  io: Io,
): Promise<AsyncGenerator<ImportEntry>> {
  const stats = statSync(encodePath(request.from), { throwIfNoEntry: false });
  if (stats === undefined) throw new UsageError(message('cli.collection.noFrom', { path: request.from }));
  if (stats.isDirectory()) return entriesOfFolder(request.from, io);
  return (await isResultsFile(request.from)) ? entriesOfResults(request.from) : entriesOfTable(request);
}

const isResultsFile = async (path: string): Promise<boolean> =>
  (await readScanId(path).catch(() => undefined)) !== undefined;

/** Files whose fingerprints are computed together. */
const FILES_AT_ONCE = 64;

async function* entriesOfFolder(folder: string, io: Io): AsyncGenerator<ImportEntry> {
  const { sandbox } = readConfig(io.env);
  const jobs = availableParallelism();
  const maker = createPictureMaker({ jobs, confinement: new Confinement({ sandbox }) });
  const stop = () => void maker.close();
  io.interrupted?.addEventListener('abort', stop, { once: true });
  const one = async ({ path, ...entry }: Entry): Promise<ImportEntry> => {
    const made = await fingerprintsAt(path, maker);
    if ('fault' in made) return skippedEntry(displayPath(path), made.fault.userMessage);
    const { path: text, pathBytes } = toRecordPath(path);
    return importedEntry({ key: `file:${pathBytes ?? text}`, name: entryName({ ...entry, path }) }, made);
  };
  try {
    let entries: Entry[] = [];
    const found = walk(folder, {
      ...{ hidden: false, followSymlinks: false },
      folderExclusion: () => undefined,
      nameExclusion: () => undefined,
    });
    for await (const each of found) {
      if ('lost' in each) yield skippedEntry(displayPath(each.lost.path), each.lost.userMessage);
      else entries.push(each.entry);
      if (entries.length < FILES_AT_ONCE) continue;
      yield* inOrder(entries, jobs, one);
      entries = [];
    }
    yield* inOrder(entries, jobs, one);
  } finally {
    io.interrupted?.removeEventListener('abort', stop);
    await maker.close();
  }
}

/** Records without a searchable fingerprint are counted and reported together. */
async function* entriesOfResults(path: string): AsyncGenerator<ImportEntry> {
  const results = new FingerprintResults([path]);
  const beside = StoredAttachments.openExisting(path);
  try {
    for await (const { storedPath: told, fingerprintSet: fingerprints } of results.rows()) {
      const { path: text, pathBytes } = told;
      const preview = beside?.preview(fromRecordPath(told));
      yield importedEntry(
        { key: `file:${pathBytes ?? text}`, name: text, ...(preview && { preview }) },
        fingerprints,
      );
    }
  } finally {
    beside?.close();
  }
  if (!results.hasAny) throw new UsageError(message('cli.match.noneMade', { paths: [path] }));
  const { notSearchable } = results.counts(['picture', 'video', 'sound']);
  if (notSearchable > 0) {
    const why = message('cli.collection.notSearchable', { count: notSearchable });
    yield {
      skipped: { what: message('text.asWritten', { text: displayPath(path) }), why, count: notSearchable },
    };
  }
}

/** Columns of a table, in any order; only the first is required. */
const COLUMNS = ['hash', 'name', 'finding', 'link'] as const;
type Column = (typeof COLUMNS)[number];

async function* entriesOfTable({ from, bitOrder, finding }: ImportRequest): AsyncGenerator<ImportEntry> {
  let columnIndexes: Map<Column, number> | undefined;
  let number = 0;
  const rows = parseCsvRows(createReadStream(encodePath(from)));
  try {
    for await (const cells of rows) {
      number += 1;
      if (columnIndexes === undefined) {
        columnIndexes = columnIndexesIn(cells);
        if (!columnIndexes.has('hash'))
          throw new UsageError(message('cli.collection.noHash', { path: from, names: [...COLUMNS] }));
        continue;
      }
      const at = (column: Column) => cells[columnIndexes?.get(column) ?? -1]?.trim() ?? '';
      yield entryOfRow(at, { number, bitOrder, finding });
    }
  } catch (error) {
    if (error instanceof UsageError) throw error;
    // After a syntax error the rest of the table cannot be trusted, so reading stops here.
    yield { skipped: { what: message('cli.collection.row', { number: number + 1 }), why: messageOf(error) } };
  }
  if (columnIndexes === undefined)
    throw new UsageError(message('cli.collection.noHash', { path: from, names: [...COLUMNS] }));
}

/** Strips the byte order mark, which is not part of the first column's name. */
function columnIndexesIn(cells: readonly string[]): Map<Column, number> {
  const names = cells.map((cell) =>
    cell
      .replace(/^\ufeff/, '')
      .trim()
      .toLowerCase(),
  );
  return new Map(
    COLUMNS.flatMap((column): [Column, number][] => {
      const at = names.indexOf(column);
      return at < 0 ? [] : [[column, at]];
    }),
  );
}

function entryOfRow(
  at: (column: Column) => string,
  {
    number,
    bitOrder,
    finding: defaultFinding,
  }: { number: number; bitOrder: BitOrder; finding?: CollectionFinding | undefined },
): ImportEntry {
  const hash = parsePdqHash(at('hash'), bitOrder);
  const what = message('cli.collection.row', { number });
  if (!(hash instanceof Uint8Array)) {
    const isShort = bitOrder === 'msb' && /^[0-9a-f]{1,63}$/i.test(at('hash'));
    return { skipped: { what, why: isShort ? message('cli.collection.leadingZeros', { why: hash }) : hash } };
  }
  const [name, text, link] = [at('name') || at('hash'), at('finding'), at('link')];
  const tooLong = [
    name.length > COLLECTION_BOUNDS.itemName ? 'name' : undefined,
    text.length > COLLECTION_BOUNDS.text ? 'finding' : undefined,
  ].find((column) => column !== undefined);
  if (tooLong !== undefined)
    return { skipped: { what, why: message('cli.collection.tooLong', { column: tooLong }) } };
  if (link !== '' && !isLink(link))
    return { skipped: { what, why: message('cli.collection.link', { link }) } };
  const words = text === '' && link !== '' ? defaultFinding?.text : text;
  const fingerprint = { kind: 'picture', quality: 100, frames: 1, shelf: hash, query: hash } as const;
  const hex = Buffer.from(hash).toString('hex');
  return importedEntry(
    {
      key: `hash:${hex} ${name}`,
      name,
      ...(words === undefined || words === ''
        ? link === ''
          ? {}
          : { note: link }
        : {
            finding: {
              text: words,
              ...(defaultFinding?.by === undefined ? {} : { by: defaultFinding.by }),
              ...(link === '' ? {} : { link }),
            },
          }),
    },
    { made: [fingerprint], missing: [] },
  );
}

const skippedEntry = (name: string, why: Message): ImportEntry => ({
  skipped: { what: message('text.asWritten', { text: name }), why },
});

/**
 * Cuts names that exceed the bound of the store. File names are bounded by the system and paths by the scan, so only
 * others are cut.
 */
const importedEntry = (
  item: Omit<NewCollectionItem, 'fingerprints'>,
  fingerprints: Fingerprints,
): ImportEntry => ({
  item: {
    ...item,
    ...(item.key === undefined ? {} : { key: boundedKey(item.key) }),
    name: item.name.slice(0, COLLECTION_BOUNDS.itemName),
    fingerprints,
  },
});

/** Replaces a key that is too long by its digest, so that keys stay distinct. */
const boundedKey = (key: string): string =>
  key.length <= COLLECTION_BOUNDS.key ? key : `sha256:${createHash('sha256').update(key).digest('hex')}`;
