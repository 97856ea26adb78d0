import { UNKNOWN_MEDIA_TYPE } from '../../core/media/media-types.js';
import { type OpenedPath, openSystemPath } from '../../core/media/plain-path.js';
import { message } from '../../i18n/message.js';
import { inspectFile } from '../../inspect/inspect-file.js';
import type { InspectionCallbacks } from '../../inspect/pool/inspector.js';
import type { DuplicateTurn } from '../duplicates/duplicate-order.js';
import { copiedFrom } from '../duplicates/same-content.js';
import { addFingerprints } from '../fingerprints/fingerprint-maker.js';
import type { ScanAnswer } from '../records/answer.js';
import { errorRecord } from '../records/error-record.js';
import type { DueAction } from '../results/results.js';
import { type Entry, entryName, type FoundEntry, type LocalFile } from '../sources/entry.js';
import type { FileFilter } from '../sources/filter.js';
import { detectTypeOfHead, skipReason } from '../sources/sniff.js';
import { StreamInits } from '../sources/stream-init.js';
import type { PackedReader } from './packed.js';
import { answerFromReport, errorRecordOf, type RecordJob, scanReadingOptions } from './record-of.js';
import type { DoubtedFile, RereadTracker } from './reread.js';

/** Returns `undefined` if the content is of a kind that was not requested. */
export async function createAnswer(
  found: FoundEntry,
  due: DueAction,
  job: RecordJob,
  rereads: RereadTracker<unknown>,
  packed?: PackedReader,
  turn?: DuplicateTurn,
): Promise<ScanAnswer | undefined> {
  if ('lost' in found) {
    const { path, code, userMessage: why } = found.lost;
    return { path, error: errorRecord(path, code, why) };
  }
  const { entry } = found;
  const rejudged = typeof due === 'object' ? job.rejudge?.(due.rejudge) : undefined;
  if (rejudged !== undefined) {
    rereads.forget(entry.path);
    return { entry, record: rejudged };
  }
  const inPack = packed === undefined ? NOT_IN_PACK : await packedAnswer(entry, packed, job, rereads, turn);
  if (inPack !== NOT_IN_PACK) return inPack;
  try {
    // Only the head is awaited here, because members of an archive must be opened while the archive is at them.
    const head = entry.head === undefined ? undefined : await entry.head();
    if (head !== undefined && !(await mayBeWanted(head, entry.bytes, job.filter))) return undefined;
    const left = head !== undefined ? await skipReason(head, entry.bytes) : undefined;
    if (left !== undefined) {
      rereads.forget(entry.path);
      const { path, bytes, modified } = entry;
      return { path, error: errorRecordOf(path, left), left: { bytes, modified } };
    }
    const opened = await entry.open(head);
    try {
      const initPath = await findInit(entry, opened);
      // With sidecars or another init segment the same bytes may have another result, so no record is copied.
      const isStandalone = entry.sidecars === undefined && initPath === undefined;
      if (isStandalone && job.results.hasDuplicateOrder(entry.bytes)) await turn?.waitForEarlier();
      const same = isStandalone ? await job.results.sameContent(entry, opened.local) : undefined;
      if (same !== undefined && rereads.recordCopy(entry.path, copiedFrom(same)))
        return await withFingerprints(same, opened.local, job);
      const answer = await inspectEntry(
        entry,
        { local: opened.local, initPath },
        job,
        rereads.callbacksFor(entry.path),
      );
      return answer && (await withFingerprints(answer, opened.local, job));
    } finally {
      await opened.close();
    }
  } catch (error) {
    rereads.forget(entry.path);
    return { path: entry.path, error: errorRecordOf(entry.path, error) };
  }
}

/** Marks a file that must be read by itself. */
const NOT_IN_PACK = Symbol();

async function packedAnswer(
  entry: Entry,
  packed: PackedReader,
  job: RecordJob,
  rereads: RereadTracker<unknown>,
  turn: DuplicateTurn | undefined,
): Promise<ScanAnswer | undefined | typeof NOT_IN_PACK> {
  const { local } = entry;
  if (local === undefined || (await findInit(entry, { isInFolder: true })) !== undefined) return NOT_IN_PACK;
  const answer = await packed.createAnswer(entry, local, rereads, turn);
  if (answer === undefined) return answer;
  if (!('alone' in answer)) return withFingerprints(answer, local, job);
  return answer.alone ? reread({ entry, how: { isExclusive: true } }, job, rereads) : NOT_IN_PACK;
}

/** Adds the fingerprints of the file if they are requested. */
async function withFingerprints(
  answer: ScanAnswer,
  local: string,
  { fingerprintMaker: fingerprint, attachments: keeps, options: ask }: RecordJob,
): Promise<ScanAnswer> {
  if ('error' in answer || fingerprint === undefined) return answer;
  try {
    return await addFingerprints(answer, local, fingerprint, { party: ask.tenant, keeps });
  } catch (error) {
    // The maker has been closed; the file is read again by the next run.
    return { path: answer.entry.path, error: errorRecordOf(answer.entry.path, error) };
  }
}

const streamInits = new StreamInits();

/** Only files in a folder have an init segment; members of archives and objects of a store have none. */
const findInit = async (
  { path }: Entry,
  { isInFolder }: Pick<LocalFile, 'isInFolder'>,
): Promise<string | undefined> => (isInFolder ? streamInits.find(path) : undefined);

/** Reads the file itself, without copying a record of the same bytes. */
export async function reread(
  { entry, how }: Pick<DoubtedFile<unknown>, 'entry' | 'how'>,
  job: RecordJob,
  rereads: RereadTracker<unknown>,
): Promise<ScanAnswer | undefined> {
  try {
    const opened = await entry.open();
    try {
      const ask = { ...job.options, ...how };
      const files = { local: opened.local, initPath: await findInit(entry, opened) };
      const answer = await inspectEntry(
        entry,
        files,
        { ...job, options: ask },
        rereads.callbacksFor(entry.path),
      );
      return answer && (await withFingerprints(answer, opened.local, job));
    } finally {
      await opened.close();
    }
  } catch (error) {
    rereads.forget(entry.path);
    return { path: entry.path, error: errorRecordOf(entry.path, error) };
  }
}

export const notWantedAnswer = ({ path }: Entry): ScanAnswer => ({
  path,
  error: errorRecord(path, 'not-checked', message('scan.lost.notWanted')),
});

/** Returns `false` if the first bytes prove that the kind was not requested; the rest is not fetched then. */
async function mayBeWanted(head: Buffer, bytes: number, filter: FileFilter): Promise<boolean> {
  const kind = (await detectTypeOfHead(head, bytes))?.kind ?? UNKNOWN_MEDIA_TYPE.kind;
  return kind === UNKNOWN_MEDIA_TYPE.kind || filter.wantsKind(kind);
}

async function inspectEntry(
  entry: Entry,
  { local, initPath }: { local: string; initPath: string | undefined },
  job: RecordJob,
  callbacks: InspectionCallbacks,
): Promise<ScanAnswer | undefined> {
  const companions = new OpenCompanions();
  const done = await (async () => {
    try {
      const sidecarPaths =
        entry.sidecars && (await companions.locals(entry.sidecars.map(({ path }) => path)));
      const [initLocal] = initPath === undefined ? [] : await companions.locals([initPath]);
      const init = initLocal === undefined ? {} : { initPath: initLocal };
      const file = {
        ...job.options,
        path: local,
        name: entryName(entry),
        sidecarPaths,
        ...init,
        ...scanReadingOptions(job),
      };
      return await inspectFile(job.options, file, { inspector: job.inspector, whenEnded: callbacks.onEnd });
    } finally {
      await companions.close();
    }
  })();
  if ('error' in done) throw done.error;
  return answerFromReport(entry, done.report, initPath, job);
}

/** Files read together with a file, under local paths that a reading process can open. */
class OpenCompanions {
  readonly #open: OpenedPath[] = [];

  async locals(paths: readonly string[]): Promise<string[]> {
    const locals: string[] = [];
    for (const path of paths) {
      // A missing file is reported when the reading process opens it.
      const reached = await openSystemPath(path).catch(() => undefined);
      if (reached !== undefined) this.#open.push(reached);
      locals.push(reached?.local ?? path);
    }
    return locals;
  }

  async close(): Promise<void> {
    for (const { close } of this.#open) await close();
  }
}
