import { tell } from '../core/law/tell.js';
import { UNKNOWN_MEDIA_TYPE } from '../core/media/media-types.js';
import type { ErrorRecord } from '../core/report/report.js';
import { InspectError } from '../isolation/inspect-error.js';
import type { Inspector, Takers } from '../isolation/inspector.js';
import type { AskedFile } from '../perform.js';
import { perform } from '../perform.js';
import type { Asked } from '../question/asked.js';
import { said } from '../say/said.js';
import { speechOf } from '../say/speech.js';
import type { Anew, Doubted } from './anew.js';
import { type Entry, type Found, nameOf, SourceError } from './entry.js';
import { errorRecord } from './error-record.js';
import type { Filter } from './filter.js';
import type { FullRecord, ScanRecord, SlimRecord } from './record.js';
import type { Answer, Due, Results } from './results.js';
import { slimOf } from './slim.js';
import { notFetched, typeByHead } from './sniff.js';
import { StreamInits } from './stream-init.js';

/** How one file of a scan comes to what is said of it. */
export interface Question {
  filter: Filter;
  inspector: Inspector;
  /** What is asked of every file. */
  ask: Asked & Pick<AskedFile, 'party' | 'alone'>;
  results: Results;
  /** Of what comes from far only that is fetched whose first bytes show that it can be looked into. */
  sniff?: boolean;
  /** The whole Report in every record. */
  full: boolean;
  /** A record asked again, its file left alone; undefined where it does not hold enough for that. */
  rejudge?(record: ScanRecord): { slim: SlimRecord; full?: FullRecord } | undefined;
}

/** Undefined where the bytes showed a kind of file that was not asked for. */
export async function answerTo(
  found: Found,
  due: Due,
  job: Question,
  anew: Anew<unknown>,
): Promise<Answer | undefined> {
  if ('lost' in found) {
    const { path, code, said: why } = found.lost;
    return { path, error: errorRecord(path, code, why) };
  }
  const { entry } = found;
  const rejudged = typeof due === 'object' ? job.rejudge?.(due.rejudge) : undefined;
  if (rejudged !== undefined) {
    anew.settled(entry.path);
    return { entry, ...rejudged };
  }
  try {
    // No wait but for a head: what stands in an archive has to be asked for at once.
    const asksHead = (job.filter.byKind || job.sniff === true) && entry.head !== undefined;
    const head = asksHead ? await entry.head?.() : undefined;
    if (head !== undefined && !(await mayBeWanted(head, entry.bytes, job.filter))) return undefined;
    const left = head !== undefined && job.sniff ? await notFetched(head, entry.bytes) : undefined;
    if (left !== undefined) throw left;
    const opened = await entry.open(head);
    try {
      const initPath = await initOf(entry, opened.local);
      // Of the same bytes with something else beside them, or in another stream, another answer may be true.
      const alone = entry.sidecars === undefined && initPath === undefined;
      const same = alone ? await job.results.sameContent(entry, opened.local) : undefined;
      if (same !== undefined && anew.copied(entry.path, originOf(same))) return same;
      return await inspected(entry, { local: opened.local, initPath }, job, anew.takers(entry.path));
    } finally {
      await opened.close();
    }
  } catch (error) {
    anew.settled(entry.path);
    return { path: entry.path, error: recordOf(entry.path, error) };
  }
}

const inits = new StreamInits();

/** Of a file that lies in its folder; what an archive or a store holds lies alone. */
const initOf = async ({ path }: Entry, local: string): Promise<string | undefined> =>
  path === local ? inits.of(path) : undefined;

const originOf = (answer: Answer): string => ('slim' in answer ? (answer.slim.duplicateOf ?? '') : '');

/** Its own bytes, whatever others say of the same. */
export async function again(
  { entry, how }: Pick<Doubted<unknown>, 'entry' | 'how'>,
  job: Question,
  anew: Anew<unknown>,
): Promise<Answer | undefined> {
  try {
    const opened = await entry.open();
    try {
      const ask = { ...job.ask, ...how };
      const files = { local: opened.local, initPath: await initOf(entry, opened.local) };
      return await inspected(entry, files, { ...job, ask }, anew.takers(entry.path));
    } finally {
      await opened.close();
    }
  } catch (error) {
    anew.settled(entry.path);
    return { path: entry.path, error: recordOf(entry.path, error) };
  }
}

export const notWanted = ({ path }: Entry): Answer => ({
  path,
  error: errorRecord(path, 'not-checked', said('scan.lost.notWanted')),
});

/** False where the first bytes say for certain that it is of a kind nobody asked for: the rest is not fetched. */
async function mayBeWanted(head: Buffer, bytes: number, filter: Filter): Promise<boolean> {
  const kind = (await typeByHead(head, bytes))?.kind ?? UNKNOWN_MEDIA_TYPE.kind;
  return kind === UNKNOWN_MEDIA_TYPE.kind || filter.wantsKind(kind);
}

/** What people read in the records; what is to be said stands beside it. */
const RUN_LANGUAGE = 'en';

async function inspected(
  entry: Entry,
  { local, initPath }: { local: string; initPath: string | undefined },
  job: Question,
  takers: Takers,
): Promise<Answer | undefined> {
  const sidecarPaths = entry.sidecars?.map(({ path }) => path);
  const init = initPath === undefined ? {} : { initPath };
  const file = { ...job.ask, path: local, name: nameOf(entry), sidecarPaths, ...init };
  const done = await perform(job.ask, file, { inspector: job.inspector, whenEnded: takers.whenEnded });
  if ('error' in done) throw done.error;
  const { report: found } = done;
  if (!job.filter.wantsKind(found.asset.kind)) return undefined;
  const report = tell(found, speechOf(RUN_LANGUAGE));
  const slim = slimOf(entry, report, initPath);
  if (!job.full) return { entry, slim };
  const { schema, path, modified, etag, sidecars } = slim;
  const common = {
    schema,
    path,
    modified,
    ...(etag && { etag }),
    ...(sidecars && { sidecars }),
    ...(slim.init && { init: slim.init }),
  };
  return { entry, slim, full: { ...common, report } };
}

function recordOf(path: string, error: unknown): ErrorRecord {
  const known = error instanceof InspectError || error instanceof SourceError;
  const { code, said: why } = known ? error : new InspectError('internal');
  return errorRecord(path, code, why);
}
