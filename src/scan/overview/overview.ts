import type { ErrorRecord, LocalizedFacts } from '../../core/report/report.js';
import { type AlikePictures, findAlike } from '../fingerprints/alike.js';
import { readRecords } from '../lines/latest-records.js';
import { type CountedProperties, type FileCounts, NameCounts } from '../records/counts.js';
import {
  AI_STATING_CODES,
  GROUPS,
  type GroupFilter,
  type GroupKey,
  groupKeysOf,
  matchesFilters,
  type OverviewGroup,
  readStateOf,
} from '../records/groups.js';
import type { Header } from '../records/header.js';
import type { ScanRecord } from '../records/record.js';
import { FolderCounts } from './folders.js';

/**
 * Overview of all records of one or more scans. The records are counted in one pass; the lists of files are built in a
 * second one.
 */

/** Limits of an overview, independent of the number of files. */
export const overviewLimits = {
  /** Names counted separately per group, such as generators, signers and types. */
  names: 10_000,
  folders: 10_000,
  /** Rows shown per group. */
  rows: 25,
  years: 100,
  /** Files listed per row of the main groups; `listed` applies to the others. */
  listedFirst: 100,
  listed: 20,
  /** Files available to the search. */
  searched: 500,
} as const;

/** Record of a file in a list, without its Report: a page lists thousands of files and shows nothing of their Reports. */
export type OverviewFile = Omit<ScanRecord, 'report'> | ErrorRecord;

export interface Overview {
  headers: Header[];
  /** `false` if a scan was interrupted, so that files are missing. */
  complete: boolean;
  files: number;
  bytes: number;
  duplicates: number;
  /** Records of files that no longer exist; excluded from all counts and lists. */
  gone: number;
  /** Files with embedded parts, those with a part that states AI, and the parts themselves, including unreadable ones. */
  inside: { files: number; aiFiles: number; parts: number; ai: number; unread: number };
  groups: Record<Exclude<OverviewGroup, 'folder'>, NameCounts>;
  folders: FolderCounts;
  /** Listed files by group and key. */
  lists: FileLists;
  /** Files for the search, the most relevant first. */
  searched: OverviewFile[];
  /** Groups of similar pictures, present if the scan made fingerprints. */
  alike?: AlikePictures;
}

export type FileLists = ReadonlyMap<OverviewGroup, ReadonlyMap<string, OverviewFile[]>>;

export function createOverview(): Overview {
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
      counted.map((group) => [group, new NameCounts(overviewLimits.names)]),
    ) as Overview['groups'],
    folders: new FolderCounts(overviewLimits.folders),
    lists: new Map(),
    searched: [],
  };
}

/** Reads the results twice, because the lists to build are known only after counting. */
export async function readOverview(
  paths: readonly string[],
  only: readonly GroupFilter[] = [],
): Promise<Overview> {
  const overview = createOverview();
  for (const path of paths) {
    let ended = false;
    const records = readRecords(path, (line) => {
      if ('header' in line) overview.headers.push(line.header);
      else ended = true;
    });
    for await (const record of records) countRecordIn(overview, record, only);
    if (!ended) overview.complete = false;
  }
  const lister = new FileLister(overview);
  for (const path of paths) for await (const record of readRecords(path)) lister.add(record, only);
  lister.rankSearched();
  if (overview.headers.some(({ options }) => options['keep'] !== undefined)) {
    const alike = await findAlike(paths, only);
    if (alike !== undefined) overview.alike = alike;
  }
  return overview;
}

/** Builds an overview of records in memory. */
export function overviewOfRecords(
  records: readonly (ScanRecord | ErrorRecord)[],
  only: readonly GroupFilter[] = [],
): Overview {
  const overview = createOverview();
  for (const record of records) countRecordIn(overview, record, only);
  const lister = new FileLister(overview);
  for (const record of records) lister.add(record, only);
  lister.rankSearched();
  return overview;
}

function countRecordIn(
  overview: Overview,
  record: ScanRecord | ErrorRecord,
  only: readonly GroupFilter[],
): void {
  const groupKeys = groupKeysOf(record);
  if (!matchesFilters(groupKeys, only)) return;
  if (isGone(record)) {
    overview.gone += 1;
    return;
  }
  overview.files += 1;
  if (record.schema === 'assay.scan-record/1') {
    overview.bytes += record.asset.bytes;
    // Hard links do not count as duplicates, as in the tally.
    if (record.duplicateOf !== undefined && record.linkOf === undefined) overview.duplicates += 1;
    if (record.inside !== undefined) countInside(overview.inside, record.inside);
  }
  const kind = propertiesOf(record, groupKeys);
  for (const { group, key, userMessage } of groupKeys) {
    if (group === 'folder') overview.folders.add(key, kind);
    else overview.groups[group].add(key, kind, userMessage);
  }
}

export const isGone = (record: ScanRecord | ErrorRecord): boolean =>
  record.schema === 'assay.scan-record/1' && record.gone !== undefined;

function countInside(
  counts: Overview['inside'],
  { parts, ai, unread }: NonNullable<ScanRecord['inside']>,
): void {
  counts.files += 1;
  counts.aiFiles += ai > 0 ? 1 : 0;
  counts.parts += parts;
  counts.ai += ai;
  counts.unread += unread;
}

function propertiesOf(record: ScanRecord | ErrorRecord, places: readonly GroupKey[]): CountedProperties {
  const has = (group: OverviewGroup, holds: (key: string) => boolean) =>
    places.some((place) => place.group === group && holds(place.key));
  return {
    ai: has('ai', (code) => AI_STATING_CODES.has(code as LocalizedFacts['ai']['code'])),
    changed: has('changed', (code) => code === 'yes'),
    unread: readStateOf(record) !== 'complete',
  };
}

/** Groups that answer the main questions. */
const MAIN_GROUPS: ReadonlySet<OverviewGroup> = new Set(['ai', 'changed', 'who', 'when', 'found', 'looked']);
const NAME_ORDERED_GROUPS: ReadonlySet<OverviewGroup> = new Set(['proven', 'claimed']);

/** Returns the rows of a group that a page shows. */
export function shownRows({ groups, folders }: Overview, group: OverviewGroup): [string, FileCounts][] {
  if (group === 'folder') return folders.top(overviewLimits.rows);
  // The most recent years are shown.
  if (NAME_ORDERED_GROUPS.has(group)) return groups[group].byName().slice(-overviewLimits.years);
  return groups[group].top().slice(0, overviewLimits.rows);
}

/** Collects the first files of each row shown. */
class FileLister {
  readonly #overview: Overview;
  readonly #lists = new Map<OverviewGroup, Map<string, OverviewFile[]>>();
  readonly #ranked: readonly OverviewFile[][] = [[], [], [], [], []];

  constructor(overview: Overview) {
    this.#overview = overview;
    for (const group of GROUPS)
      this.#lists.set(group, new Map(shownRows(overview, group).map(([key]) => [key, []])));
    overview.lists = this.#lists;
  }

  add(record: ScanRecord | ErrorRecord, only: readonly GroupFilter[]): void {
    if (isGone(record)) return;
    const places = groupKeysOf(record);
    if (!matchesFilters(places, only)) return;
    let made: OverviewFile | undefined;
    const listed = () => {
      made ??= withoutReport(record);
      return made;
    };
    for (const { group, key } of places) {
      const list = this.#lists
        .get(group)
        ?.get(group === 'folder' ? this.#overview.folders.countedUnder(key) : key);
      if (list !== undefined && list.length < maxListed(group)) list.push(listed());
    }
    const ranked = this.#ranked[searchRank(propertiesOf(record, places), record)];
    if (ranked !== undefined && ranked.length < overviewLimits.searched) ranked.push(listed());
  }

  rankSearched(): void {
    this.#overview.searched = [...this.#ranked]
      .flatMap((some) => some ?? [])
      .slice(0, overviewLimits.searched);
  }
}

function withoutReport(record: ScanRecord | ErrorRecord): OverviewFile {
  if (record.schema === 'assay.error/1') return record;
  const { report: _, ...file } = record;
  return file;
}

export const maxListed = (group: OverviewGroup): number =>
  MAIN_GROUPS.has(group) ? overviewLimits.listedFirst : overviewLimits.listed;

/** Ranks files for the search, the most relevant lowest. */
function searchRank({ ai, changed, unread }: CountedProperties, record: ScanRecord | ErrorRecord): number {
  if (changed) return 0;
  if (ai) return 1;
  if (record.schema !== 'assay.error/1' && record.contentCredentials.presence === 'present') return 2;
  return unread ? 3 : 4;
}
