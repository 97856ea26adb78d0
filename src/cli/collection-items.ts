import { createHash } from 'node:crypto';
import { createReadStream, statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { readConfig } from '../config.js';
import { bytesOfPath, pathTold, textOfPath, toldPath } from '../core/ground/path-text.js';
import { type BitOrder, hashIn } from '../core/likeness/hash-text.js';
import type { Likenesses } from '../core/likeness/likeness.js';
import { Confinement } from '../isolation/confinement.js';
import { createPictureMaker } from '../isolation/pictures.js';
import { type Said, said } from '../say/said.js';
import { errorSaid } from '../say/said-error.js';
import { type Entry, nameOf } from '../scan/entry.js';
import { KeptBeside } from '../scan/kept-beside.js';
import { LikenessResults } from '../scan/likeness-rows.js';
import { scanIn } from '../scan/live.js';
import { csvRows } from '../scan/s3/csv-rows.js';
import { walk } from '../scan/walk.js';
import { isLink } from '../store/collection-checks.js';
import { COLLECTION_BOUNDS, type NewCollectionItem, type PeoplesFinding } from '../store/collections.js';
import { UsageError } from './exit-codes.js';
import { inOrder } from './in-order.js';
import type { Io } from './io.js';
import { likenessesAt } from './match-asked.js';

/** What goes into a collection, or what does not and why. */
export type Coming = { item: NewCollectionItem } | { left: { what: Said; why: Said; count?: number } };

export interface ImportAsked {
  from: string;
  bitOrder: BitOrder;
  /** Of the whole collection. */
  finding?: PeoplesFinding | undefined;
}

/** Of a folder every file below it, of results every record, of a table every row. Throws a UsageError for anything else. */
export async function comingFrom(asked: ImportAsked, io: Io): Promise<AsyncGenerator<Coming>> {
  const stats = statSync(bytesOfPath(asked.from), { throwIfNoEntry: false });
  if (stats === undefined) throw new UsageError(said('cli.collection.noFrom', { path: asked.from }));
  if (stats.isDirectory()) return ofFolder(asked.from, io);
  return (await isResults(asked.from)) ? ofResults(asked.from) : ofTable(asked);
}

const isResults = async (path: string): Promise<boolean> =>
  (await scanIn(path).catch(() => undefined)) !== undefined;

/** Files of a folder whose likeness is made at a time. */
const AT_ONCE = 64;

async function* ofFolder(folder: string, io: Io): AsyncGenerator<Coming> {
  const { sandbox } = readConfig(io.env);
  const jobs = availableParallelism();
  const maker = createPictureMaker({ jobs, confinement: new Confinement({ sandbox }) });
  const stop = () => void maker.close();
  io.interrupted?.addEventListener('abort', stop, { once: true });
  const one = async ({ path, ...entry }: Entry): Promise<Coming> => {
    const made = await likenessesAt(path, maker);
    if ('fault' in made) return left(textOfPath(path), made.fault.said);
    const { path: text, pathBytes } = toldPath(path);
    return kept({ key: `file:${pathBytes ?? text}`, name: nameOf({ ...entry, path }) }, made);
  };
  try {
    let entries: Entry[] = [];
    const found = walk(folder, {
      ...{ hidden: false, followSymlinks: false },
      leavesFolder: () => undefined,
      leavesName: () => undefined,
    });
    for await (const each of found) {
      if ('lost' in each) yield left(textOfPath(each.lost.path), each.lost.said);
      else entries.push(each.entry);
      if (entries.length < AT_ONCE) continue;
      yield* inOrder(entries, jobs, one);
      entries = [];
    }
    yield* inOrder(entries, jobs, one);
  } finally {
    io.interrupted?.removeEventListener('abort', stop);
    await maker.close();
  }
}

/** Records of which nothing can be searched are counted, and told together. */
async function* ofResults(path: string): AsyncGenerator<Coming> {
  const results = new LikenessResults([path]);
  const beside = KeptBeside.there(path);
  try {
    for await (const { told, likenesses } of results.rows()) {
      const { path: text, pathBytes } = told;
      const preview = beside?.preview(pathTold(told));
      yield kept({ key: `file:${pathBytes ?? text}`, name: text, ...(preview && { preview }) }, likenesses);
    }
  } finally {
    beside?.close();
  }
  if (!results.hasAny) throw new UsageError(said('cli.match.noneMade', { paths: [path] }));
  const { notSearchable } = results.counts(['picture', 'video', 'sound']);
  if (notSearchable > 0) {
    const why = said('cli.collection.notSearchable', { count: notSearchable });
    yield { left: { what: said('text.asWritten', { text: textOfPath(path) }), why, count: notSearchable } };
  }
}

/** Columns of a table, in any order; the first is needed. */
const COLUMNS = ['hash', 'name', 'finding', 'link'] as const;
type Column = (typeof COLUMNS)[number];

async function* ofTable({ from, bitOrder, finding }: ImportAsked): AsyncGenerator<Coming> {
  let places: Map<Column, number> | undefined;
  let number = 0;
  const rows = csvRows(createReadStream(bytesOfPath(from)));
  try {
    for await (const cells of rows) {
      number += 1;
      if (places === undefined) {
        places = placesIn(cells);
        if (!places.has('hash'))
          throw new UsageError(said('cli.collection.noHash', { path: from, names: [...COLUMNS] }));
        continue;
      }
      const at = (column: Column) => cells[places?.get(column) ?? -1]?.trim() ?? '';
      yield ofRow(at, { number, bitOrder, finding });
    }
  } catch (error) {
    if (error instanceof UsageError) throw error;
    // What stands behind it could be anything.
    yield { left: { what: said('cli.collection.row', { number: number + 1 }), why: errorSaid(error) } };
  }
  if (places === undefined)
    throw new UsageError(said('cli.collection.noHash', { path: from, names: [...COLUMNS] }));
}

/** A byte order mark is no part of a name. */
function placesIn(cells: readonly string[]): Map<Column, number> {
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

function ofRow(
  at: (column: Column) => string,
  {
    number,
    bitOrder,
    finding: ofAll,
  }: { number: number; bitOrder: BitOrder; finding?: PeoplesFinding | undefined },
): Coming {
  const hash = hashIn(at('hash'), bitOrder);
  const what = said('cli.collection.row', { number });
  if (!(hash instanceof Uint8Array)) {
    const isShort = bitOrder === 'msb' && /^[0-9a-f]{1,63}$/i.test(at('hash'));
    return { left: { what, why: isShort ? said('cli.collection.leadingZeros', { why: hash }) : hash } };
  }
  const [name, text, link] = [at('name') || at('hash'), at('finding'), at('link')];
  const tooLong = [
    name.length > COLLECTION_BOUNDS.itemName ? 'name' : undefined,
    text.length > COLLECTION_BOUNDS.text ? 'finding' : undefined,
  ].find((column) => column !== undefined);
  if (tooLong !== undefined)
    return { left: { what, why: said('cli.collection.tooLong', { column: tooLong }) } };
  if (link !== '' && !isLink(link)) return { left: { what, why: said('cli.collection.link', { link }) } };
  const words = text === '' && link !== '' ? ofAll?.text : text;
  const likeness = { kind: 'picture', quality: 100, frames: 1, shelf: hash, query: hash } as const;
  const hex = Buffer.from(hash).toString('hex');
  return kept(
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
              ...(ofAll?.by === undefined ? {} : { by: ofAll.by }),
              ...(link === '' ? {} : { link }),
            },
          }),
    },
    { made: [likeness], missing: [] },
  );
}

const left = (name: string, why: Said): Coming => ({
  left: { what: said('text.asWritten', { text: name }), why },
});

/** Names of files are bounded by the system, and whole paths by what a scan takes: longer ones are cut. */
const kept = (item: Omit<NewCollectionItem, 'likenesses'>, likenesses: Likenesses): Coming => ({
  item: {
    ...item,
    ...(item.key === undefined ? {} : { key: keyWithin(item.key) }),
    name: item.name.slice(0, COLLECTION_BOUNDS.itemName),
    likenesses,
  },
});

/** One that is too long is told apart by its digest. */
const keyWithin = (key: string): string =>
  key.length <= COLLECTION_BOUNDS.key ? key : `sha256:${createHash('sha256').update(key).digest('hex')}`;
