import type { ErrorRecord } from '../core/report/report.js';
import { said } from '../say/said.js';
import { lostBy } from './entry.js';
import type { Header, ScanSummary } from './header.js';
import { type Line, linesOf } from './lines.js';
import { parseLine } from './parse.js';
import type { SlimRecord } from './record.js';
import { ResultsError } from './results.js';
import { slimOfFull } from './slim.js';
import { emptyTally, isWhole } from './tally.js';

/** Counts of what was met, the frequent ones; memory stays bounded whatever names files give. */
export class Counts {
  readonly #most: number;
  readonly #counts = new Map<string, number>();
  /** Of names that came when the table was full. */
  others = 0;

  constructor(most = 10_000) {
    this.#most = most;
  }

  add(name: string): void {
    const before = this.#counts.get(name);
    if (before === undefined && this.#counts.size >= this.#most) this.others += 1;
    else this.#counts.set(name, (before ?? 0) + 1);
  }

  has(name: string): boolean {
    return this.#counts.has(name);
  }

  /** The most frequent first; names that are as frequent in the order of the alphabet. */
  top(most = Number.POSITIVE_INFINITY): [string, number][] {
    return [...this.#counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)).slice(0, most);
  }

  byName(): [string, number][] {
    return [...this.#counts].sort(([a], [b]) => (a < b ? -1 : 1));
  }
}

/** Of names with what is known of them, each counted apart: `Google LLC (official)`. */
export class CountsBy<By extends string> extends Counts {
  readonly #pairs = new Map<string, { name: string; by: By }>();

  addBy(name: string, by: By): void {
    const both = `${name} (${by})`;
    this.add(both);
    if (this.has(both)) this.#pairs.set(both, { name, by });
  }

  saidBy(say: (pair: { name: string; by: By }) => string): Record<string, string> {
    return Object.fromEntries([...this.#pairs].map(([both, pair]) => [both, say(pair)]));
  }
}

type Trust = NonNullable<SlimRecord['contentCredentials']['trust']>;
type YearBy = NonNullable<SlimRecord['year']>['by'];

/** In place of every carrier. */
export const NOTHING_READ = 'nothing';

/** What all records of one or more scans come to. */
export interface Overview {
  headers: Header[];
  /** False where a scan was interrupted: files are missing. */
  complete: boolean;
  files: number;
  bytes: number;
  duplicates: number;
  unread: number;
  /** Files by the carriers that were not read, or by NOTHING_READ; one may stand at several. */
  notLookedInto: Counts;
  origins: Counts;
  backings: Counts;
  credentials: Counts;
  integrity: Counts;
  signers: CountsBy<Trust>;
  generators: Counts;
  signals: Counts;
  /** Per rulebook: clauses by outcome, over all files. */
  outcomes: Map<string, Counts>;
  years: CountsBy<YearBy>;
  withoutYear: number;
  contradictions: Counts;
  errors: Counts;
  failures: ErrorRecord[];
}

const MOST_FAILURES = 100;

export function emptyOverview(): Overview {
  const { files, bytes, duplicates, unread } = emptyTally();
  return {
    headers: [],
    complete: true,
    files,
    bytes,
    duplicates,
    unread,
    notLookedInto: new Counts(),
    origins: new Counts(),
    backings: new Counts(),
    credentials: new Counts(),
    integrity: new Counts(),
    signers: new CountsBy<Trust>(),
    generators: new Counts(),
    signals: new Counts(),
    outcomes: new Map(),
    years: new CountsBy<YearBy>(),
    withoutYear: 0,
    contradictions: new Counts(),
    errors: new Counts(),
    failures: [],
  };
}

/**
 * Records of a results file. Of two of one path the later counts: where records went out as they came, a file that was
 * read anew has two. Throws a ResultsError for what is no results file.
 */
export async function* recordsIn(
  path: string,
  onOther: (line: { header: Header } | { summary: ScanSummary }) => void = () => {},
): AsyncGenerator<SlimRecord | ErrorRecord> {
  const last = await lastOfEach(path);
  let first = true;
  for await (const { text, offset } of linesThere(path)) {
    const line = parseLine(text);
    if (line === undefined || (first && line.is !== 'header')) {
      throw new ResultsError(said('scan.results.none', { path, at: String(offset) }));
    }
    first = false;
    if (line.is === 'header' || line.is === 'summary') onOther(line);
    else if (last === undefined || last.get(line.record.path) === offset)
      yield line.is === 'full' ? slimOfFull(line.record) : line.record;
  }
  if (first) throw new ResultsError(said('scan.results.empty', { path }));
}

/** Where the last record of each path begins; undefined where the summary says that no file has two. */
async function lastOfEach(path: string): Promise<ReadonlyMap<string, number> | undefined> {
  let records = 0;
  let end = '';
  for await (const { text } of linesThere(path)) {
    if (!HEADER.test(text)) records += 1;
    end = text;
  }
  const summary = parseLine(end);
  if (summary?.is !== 'summary' || summary.summary.tally.files >= records - 1) return undefined;
  const last = new Map<string, number>();
  for await (const { text, offset } of linesThere(path)) {
    const line = parseLine(text);
    if (line !== undefined && 'record' in line) last.set(line.record.path, offset);
  }
  return last;
}

const HEADER = /^\{"schema":"assay\.scan\/1"/;

/** Whoever asks for a file that is not there, or for no file, has named the wrong one. */
async function* linesThere(path: string): AsyncGenerator<Line> {
  try {
    yield* linesOf(path);
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error)) throw error;
    throw new ResultsError(said('scan.told', { path, why: lostBy(path, error).said }), { cause: error });
  }
}

export async function overviewOf(paths: readonly string[]): Promise<Overview> {
  const overview = emptyOverview();
  for (const path of paths) {
    let ended = false;
    const records = recordsIn(path, (line) => {
      if ('header' in line) overview.headers.push(line.header);
      else ended = true;
    });
    for await (const record of records) countIn(overview, record);
    if (!ended) overview.complete = false;
  }
  return overview;
}

export function countIn(overview: Overview, record: SlimRecord | ErrorRecord): void {
  overview.files += 1;
  if (record.schema === 'assay.error/1') {
    overview.errors.add(record.code);
    if (overview.failures.length < MOST_FAILURES) overview.failures.push(record);
    return;
  }
  const { asset, summary, contentCredentials: credentials, year, signals } = record;
  overview.bytes += asset.bytes;
  if (record.duplicateOf !== undefined) overview.duplicates += 1;
  if (!isWhole(record)) overview.unread += 1;
  const { state, unread } = summary.coverage;
  for (const place of state === 'nothing' ? [NOTHING_READ] : unread) overview.notLookedInto.add(place);
  overview.origins.add(summary.origin);
  if (summary.backing !== undefined) overview.backings.add(summary.backing);
  overview.credentials.add(credentials.presence);
  if (credentials.integrity !== undefined) overview.integrity.add(credentials.integrity);
  if (credentials.signer !== undefined) {
    overview.signers.addBy(credentials.signer, credentials.trust ?? 'not-checked');
  }
  if (credentials.generator !== undefined) overview.generators.add(credentials.generator);
  for (const id of new Set(signals.map((signal) => signal.id))) overview.signals.add(id);
  for (const { rulebook, outcome } of record.findings) {
    const counts = overview.outcomes.get(rulebook) ?? new Counts();
    overview.outcomes.set(rulebook, counts);
    counts.add(outcome);
  }
  if (year === undefined) overview.withoutYear += 1;
  else overview.years.addBy(String(year.year), year.by);
  for (const { between } of record.contradictions) overview.contradictions.add(between.join(' ↔ '));
}
