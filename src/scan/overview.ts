import type { ErrorRecord, FourFacts } from '../core/report/report.js';
import { type Alike, alikeIn } from './alike.js';
import { type Counted, Counts, type Kind } from './counted.js';
import { factsIn } from './facts-in.js';
import { Folders } from './folders.js';
import type { Header } from './header.js';
import {
  AI_STATED,
  GROUPS,
  type Group,
  lookedInto,
  type Only,
  type Place,
  placesOf,
  standsUnder,
} from './places.js';
import type { SlimRecord } from './record.js';
import { recordsIn } from './records-in.js';

/** What all records of one or more scans come to: counted as they are read, and read once more for the lists of files. */

/** What holds an overview within bounds, however many files there are. */
export const overviewLimits = {
  /** Names counted apart in a group: generators, signers, types. */
  names: 10_000,
  folders: 10_000,
  /** Rows of a group that are shown. */
  rows: 25,
  years: 100,
  /** Files listed under what is asked first, and under any other count. */
  listedFirst: 100,
  listed: 20,
  /** Files that the search looks through. */
  searched: 500,
} as const;

/** A file as a list shows it. */
export interface Listed {
  record: SlimRecord | ErrorRecord;
  facts?: FourFacts;
}

export interface Overview {
  headers: Header[];
  /** False where a scan was interrupted: files are missing. */
  complete: boolean;
  files: number;
  bytes: number;
  duplicates: number;
  /** Records of files that are no longer there: in none of the counts and lists. */
  gone: number;
  /** Files that hold something, those in which a part speaks of AI, and the parts themselves, some of which nobody could look into. */
  inside: { files: number; aiFiles: number; parts: number; ai: number; unread: number };
  groups: Record<Exclude<Group, 'folder'>, Counts>;
  folders: Folders;
  /** By group and key. */
  lists: Lists;
  /** For the search: what says most first. */
  searched: Listed[];
  /** Pictures that look alike, where the scan made fingerprints. */
  alike?: Alike;
}

export type Lists = ReadonlyMap<Group, ReadonlyMap<string, Listed[]>>;

export function emptyOverview(): Overview {
  const counted = GROUPS.filter((group) => group !== 'folder');
  return {
    headers: [],
    complete: true,
    files: 0,
    bytes: 0,
    duplicates: 0,
    gone: 0,
    inside: { files: 0, aiFiles: 0, parts: 0, ai: 0, unread: 0 },
    groups: Object.fromEntries(
      counted.map((group) => [group, new Counts(overviewLimits.names)]),
    ) as Overview['groups'],
    folders: new Folders(overviewLimits.folders),
    lists: new Map(),
    searched: [],
  };
}

/** Reads the files twice: which lists there are is known when all is counted. */
export async function overviewOf(paths: readonly string[], only: readonly Only[] = []): Promise<Overview> {
  const overview = emptyOverview();
  for (const path of paths) {
    let ended = false;
    const records = recordsIn(path, (line) => {
      if ('header' in line) overview.headers.push(line.header);
      else ended = true;
    });
    for await (const record of records) countIn(overview, record, only);
    if (!ended) overview.complete = false;
  }
  const lister = new Lister(overview);
  for (const path of paths) for await (const record of recordsIn(path)) lister.add(record, only);
  lister.finish();
  if (overview.headers.some(({ options }) => options['fingerprints'] === true)) {
    const alike = await alikeIn(paths, only);
    if (alike !== undefined) overview.alike = alike;
  }
  return overview;
}

/** The same of records that are at hand. */
export function overviewFrom(
  records: readonly (SlimRecord | ErrorRecord)[],
  only: readonly Only[] = [],
): Overview {
  const overview = emptyOverview();
  for (const record of records) countIn(overview, record, only);
  const lister = new Lister(overview);
  for (const record of records) lister.add(record, only);
  lister.finish();
  return overview;
}

function countIn(overview: Overview, record: SlimRecord | ErrorRecord, only: readonly Only[]): void {
  const places = placesOf(record);
  if (!standsUnder(places, only)) return;
  if (isGone(record)) {
    overview.gone += 1;
    return;
  }
  overview.files += 1;
  if (record.schema === 'assay.scan-record/1') {
    overview.bytes += record.asset.bytes;
    // As in the tally: a further name of the same file is no copy of it.
    if (record.duplicateOf !== undefined && record.linkOf === undefined) overview.duplicates += 1;
    if (record.inside !== undefined) countInside(overview.inside, record.inside);
  }
  const kind = kindOf(record, places);
  for (const { group, key, said } of places) {
    if (group === 'folder') overview.folders.add(key, kind);
    else overview.groups[group].add(key, kind, said);
  }
}

export const isGone = (record: SlimRecord | ErrorRecord): boolean =>
  record.schema === 'assay.scan-record/1' && record.gone !== undefined;

function countInside(
  counts: Overview['inside'],
  { parts, ai, unread }: NonNullable<SlimRecord['inside']>,
): void {
  counts.files += 1;
  counts.aiFiles += ai > 0 ? 1 : 0;
  counts.parts += parts;
  counts.ai += ai;
  counts.unread += unread;
}

function kindOf(record: SlimRecord | ErrorRecord, places: readonly Place[]): Kind {
  const has = (group: Group, holds: (key: string) => boolean) =>
    places.some((place) => place.group === group && holds(place.key));
  return {
    ai: has('ai', (code) => AI_STATED.has(code as FourFacts['ai']['code'])),
    changed: has('changed', (code) => code === 'yes'),
    unread: lookedInto(record) !== 'complete',
  };
}

/** Groups that answer what is asked first. */
const FIRST: ReadonlySet<Group> = new Set(['ai', 'changed', 'who', 'when', 'found', 'looked']);
const BY_NAME: ReadonlySet<Group> = new Set(['proven', 'claimed']);

/** The rows of a group that a page shows. */
export function rowsOf({ groups, folders }: Overview, group: Group): [string, Counted][] {
  if (group === 'folder') return folders.top(overviewLimits.rows);
  // The years that are nearest to today.
  if (BY_NAME.has(group)) return groups[group].byName().slice(-overviewLimits.years);
  return groups[group].top().slice(0, overviewLimits.rows);
}

/** Gathers the first files of each row that is shown. */
class Lister {
  readonly #overview: Overview;
  readonly #lists = new Map<Group, Map<string, Listed[]>>();
  readonly #ranked: readonly Listed[][] = [[], [], [], [], []];

  constructor(overview: Overview) {
    this.#overview = overview;
    for (const group of GROUPS)
      this.#lists.set(group, new Map(rowsOf(overview, group).map(([key]) => [key, []])));
    overview.lists = this.#lists;
  }

  add(record: SlimRecord | ErrorRecord, only: readonly Only[]): void {
    if (isGone(record)) return;
    const places = placesOf(record);
    if (!standsUnder(places, only)) return;
    let made: Listed | undefined;
    const listed = () => {
      made ??= record.schema === 'assay.error/1' ? { record } : { record, facts: factsIn(record) };
      return made;
    };
    for (const { group, key } of places) {
      const list = this.#lists
        .get(group)
        ?.get(group === 'folder' ? this.#overview.folders.shownOf(key) : key);
      if (list !== undefined && list.length < mostListed(group)) list.push(listed());
    }
    const ranked = this.#ranked[rankOf(kindOf(record, places), record)];
    if (ranked !== undefined && ranked.length < overviewLimits.searched) ranked.push(listed());
  }

  finish(): void {
    this.#overview.searched = [...this.#ranked]
      .flatMap((some) => some ?? [])
      .slice(0, overviewLimits.searched);
  }
}

export const mostListed = (group: Group): number =>
  FIRST.has(group) ? overviewLimits.listedFirst : overviewLimits.listed;

/** What somebody looks for comes first. */
function rankOf({ ai, changed, unread }: Kind, record: SlimRecord | ErrorRecord): number {
  if (changed) return 0;
  if (ai) return 1;
  if (record.schema !== 'assay.error/1' && record.contentCredentials.presence === 'present') return 2;
  return unread ? 3 : 4;
}
