import { setTimeout as delay } from 'node:timers/promises';
import { detectMediaType } from '../core/media-type.js';
import { UNKNOWN_MEDIA_TYPE } from '../core/media-types.js';
import type { ErrorRecord } from '../core/report.js';
import { InspectError, type Inspector, type InspectRequest } from '../isolation/inspector.js';
import { type Entry, type Found, nameOf, SourceError } from './entry.js';
import type { Filter } from './filter.js';
import { Gate } from './gate.js';
import type { FullRecord, ScanRecord, SlimRecord } from './record.js';
import type { Answer, Due, Results } from './results.js';
import { slimOf } from './slim.js';

export interface ScanJob {
  found: AsyncIterable<Found>;
  filter: Filter;
  inspector: Inspector;
  /** What is asked of every file. */
  ask: Omit<InspectRequest, 'path' | 'name'>;
  results: Results;
  /** The whole Report in every record. */
  full: boolean;
  /** Answers in the order in which the files were found; otherwise as they come. */
  ordered: boolean;
  jobs: number;
  /** Files read in all; left out: no end. */
  limit?: number;
  /** Files begun a second at most. */
  perSecond?: number;
  interrupted?: AbortSignal;
  /** A record asked again, its file left alone; undefined where it does not hold enough for that. */
  rejudge?(record: ScanRecord): { slim: SlimRecord; full?: FullRecord } | undefined;
  onAnswer?(answer: Answer): void;
  onSkipped?(entry: Entry): void;
}

/** `closed`: nobody reads the results any more. */
export type ScanEnd = 'done' | 'interrupted' | 'closed';

/** Files that are being read or wait for a process, per job. */
const AHEAD = 3;
/** Answers that may wait for a slow file before them, per job. */
const AHEAD_ORDERED = 32;

/** Reads what is found and writes an answer about each; a file's fault is its answer and never the end of the scan. */
export async function scan(job: ScanJob): Promise<ScanEnd> {
  const { interrupted, results } = job;
  const gate = new Gate(job.jobs * (job.ordered ? AHEAD_ORDERED : AHEAD));
  const pace = new Pace(job.perSecond);
  const inFlight = new Set<string>();
  let begun = 0;
  let closed = false;
  let before = Promise.resolve();

  const write = async (answer: Answer | undefined) => {
    // What an interruption cut off is no answer about the file: it is read again on resuming.
    if (answer === undefined || closed) return;
    if ('error' in answer && interrupted?.aborted) return;
    if (!(await results.write(answer))) closed = true;
    job.onAnswer?.(answer);
  };

  for await (const one of job.found) {
    if (interrupted?.aborted || closed || begun >= (job.limit ?? Number.POSITIVE_INFINITY)) break;
    const path = 'entry' in one ? one.entry.path : one.lost.path;
    if (inFlight.has(path) || ('entry' in one && !job.filter.wantsEntry(one.entry))) continue;
    const due = 'entry' in one ? await results.due(one.entry) : 'read';
    if (due === 'nothing') {
      if ('entry' in one) job.onSkipped?.(one.entry);
      continue;
    }
    await gate.room();
    await pace.next(interrupted);
    begun += 1;
    inFlight.add(path);
    const answer = answerTo(one, due, job);
    const last = before;
    const written = job.ordered ? last.then(() => answer).then(write) : answer.then(write);
    before = written.catch(() => {});
    gate.add(written.finally(() => inFlight.delete(path)));
  }
  await gate.empty();
  if (interrupted?.aborted) return 'interrupted';
  return closed ? 'closed' : 'done';
}

/** Undefined where the bytes showed a kind of file that was not asked for. */
async function answerTo(found: Found, due: Due, job: ScanJob): Promise<Answer | undefined> {
  if ('lost' in found) {
    const { path, code, message } = found.lost;
    return { path, error: { schema: 'assay.error/1', path, code, message } };
  }
  const { entry } = found;
  const rejudged = typeof due === 'object' ? job.rejudge?.(due.rejudge) : undefined;
  if (rejudged !== undefined) return { entry, ...rejudged };
  try {
    // No wait but for a head: what stands in an archive has to be asked for at once.
    const head = job.filter.byKind && entry.head !== undefined ? await entry.head() : undefined;
    if (head !== undefined && !(await mayBeWanted(head, entry.bytes, job.filter))) return undefined;
    const opened = await entry.open(head);
    try {
      return (
        (await job.results.sameContent(entry, opened.local)) ?? (await inspected(entry, opened.local, job))
      );
    } finally {
      await opened.close();
    }
  } catch (error) {
    return { path: entry.path, error: errorRecord(entry.path, error) };
  }
}

/** False where the first bytes say for certain that it is of a kind nobody asked for: the rest is not fetched. */
async function mayBeWanted(head: Buffer, bytes: number, filter: Filter): Promise<boolean> {
  const beyond = () => {
    throw new Error('not here');
  };
  const { kind, fault } = await detectMediaType(beyond, head, bytes).catch(() => UNKNOWN_MEDIA_TYPE);
  return fault !== undefined || kind === UNKNOWN_MEDIA_TYPE.kind || filter.wantsKind(kind);
}

async function inspected(entry: Entry, local: string, job: ScanJob): Promise<Answer | undefined> {
  const report = await job.inspector.inspect({ ...job.ask, path: local, name: nameOf(entry) });
  if (!job.filter.wantsKind(report.asset.kind)) return undefined;
  const slim = slimOf(entry, report);
  if (!job.full) return { entry, slim };
  const { schema, path, modified, etag } = slim;
  return { entry, slim, full: { schema, path, modified, ...(etag !== undefined && { etag }), report } };
}

function errorRecord(path: string, error: unknown): ErrorRecord {
  const known = error instanceof InspectError || error instanceof SourceError;
  const { code, message } = known ? error : new InspectError('internal', 'the inspection failed');
  return { schema: 'assay.error/1', path, code, message };
}

/** So many beginnings a second, evenly. */
class Pace {
  readonly #gapMillis: number;
  #next = 0;

  constructor(perSecond: number | undefined) {
    this.#gapMillis = perSecond === undefined ? 0 : 1_000 / perSecond;
  }

  async next(interrupted: AbortSignal | undefined): Promise<void> {
    if (this.#gapMillis === 0) return;
    const now = performance.now();
    const wait = this.#next - now;
    this.#next = Math.max(now, this.#next) + this.#gapMillis;
    if (wait > 0) await delay(wait, undefined, interrupted ? { signal: interrupted } : {}).catch(() => {});
  }
}
