import { UNKNOWN_MEDIA_TYPE } from '../core/media/media-types.js';
import { type Reached, reachedFile } from '../core/media/reach.js';
import type { Takers } from '../isolation/inspector.js';
import { perform } from '../perform.js';
import { said } from '../say/said.js';
import type { Anew, Doubted } from './anew.js';
import { ownHashIn, type Question, recordOf, reported } from './answer-of.js';
import { type Entry, type Found, nameOf, type Opened } from './entry.js';
import { errorRecord } from './error-record.js';
import type { Filter } from './filter.js';
import { withLikeness } from './likeness-of.js';
import type { Packed } from './packed.js';
import type { Answer, Due } from './results.js';
import { originOf } from './same-content.js';
import { notFetched, typeByHead } from './sniff.js';
import { StreamInits } from './stream-init.js';
import type { Turn } from './turns.js';

/** Undefined where the bytes showed a kind of file that was not asked for. */
export async function answerTo(
  found: Found,
  due: Due,
  job: Question,
  anew: Anew<unknown>,
  packed?: Packed,
  turn?: Turn,
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
  const inPack = packed === undefined ? NOT_IN_PACK : await packedAnswer(entry, packed, job, anew, turn);
  if (inPack !== NOT_IN_PACK) return inPack;
  try {
    // No wait but for a head: what stands in an archive has to be asked for at once.
    const asksHead = (job.filter.byKind || job.sniff === true) && entry.head !== undefined;
    const head = asksHead ? await entry.head?.() : undefined;
    if (head !== undefined && !(await mayBeWanted(head, entry.bytes, job.filter))) return undefined;
    const left = head !== undefined && job.sniff ? await notFetched(head, entry.bytes) : undefined;
    if (left !== undefined) {
      anew.settled(entry.path);
      const { path, bytes, modified } = entry;
      return { path, error: recordOf(path, left), left: { bytes, modified } };
    }
    const opened = await entry.open(head);
    try {
      const initPath = await initOf(entry, opened);
      // Of the same bytes with something else beside them, or in another stream, another answer may be true.
      const alone = entry.sidecars === undefined && initPath === undefined;
      if (alone && job.results.hasTurns(entry.bytes)) await turn?.before();
      const same = alone ? await job.results.sameContent(entry, opened.local) : undefined;
      if (same !== undefined && anew.copied(entry.path, originOf(same)))
        return await lookedAt(same, opened.local, job);
      const answer = await inspected(entry, { local: opened.local, initPath }, job, anew.takers(entry.path));
      return answer && (await lookedAt(answer, opened.local, job));
    } finally {
      await opened.close();
    }
  } catch (error) {
    anew.settled(entry.path);
    return { path: entry.path, error: recordOf(entry.path, error) };
  }
}

/** It is read by itself. */
const NOT_IN_PACK = Symbol();

async function packedAnswer(
  entry: Entry,
  packed: Packed,
  job: Question,
  anew: Anew<unknown>,
  turn: Turn | undefined,
): Promise<Answer | undefined | typeof NOT_IN_PACK> {
  const { local } = entry;
  if (local === undefined || (await initOf(entry, { isInFolder: true })) !== undefined) return NOT_IN_PACK;
  const answer = await packed.answer(entry, local, anew, turn);
  if (answer === undefined) return answer;
  if (!('alone' in answer)) return lookedAt(answer, local, job);
  return answer.alone ? again({ entry, how: { alone: true } }, job, anew) : NOT_IN_PACK;
}

/** With what its file looks like, where that is asked for. */
async function lookedAt(answer: Answer, local: string, { likeness, keeps, ask }: Question): Promise<Answer> {
  if ('error' in answer || likeness === undefined) return answer;
  try {
    return await withLikeness(answer, local, likeness, { party: ask.party, keeps });
  } catch (error) {
    // Nobody makes it any more: the file is read again by whoever goes on.
    return { path: answer.entry.path, error: recordOf(answer.entry.path, error) };
  }
}

const inits = new StreamInits();

/** Of a file that lies in its folder; what an archive or a store holds lies alone. */
const initOf = async (
  { path }: Entry,
  { isInFolder }: Pick<Opened, 'isInFolder'>,
): Promise<string | undefined> => (isInFolder ? inits.of(path) : undefined);

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
      const files = { local: opened.local, initPath: await initOf(entry, opened) };
      const answer = await inspected(entry, files, { ...job, ask }, anew.takers(entry.path));
      return answer && (await lookedAt(answer, opened.local, job));
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

async function inspected(
  entry: Entry,
  { local, initPath }: { local: string; initPath: string | undefined },
  job: Question,
  takers: Takers,
): Promise<Answer | undefined> {
  const beside = new Beside();
  const done = await (async () => {
    try {
      const sidecarPaths = entry.sidecars && (await beside.locals(entry.sidecars.map(({ path }) => path)));
      const [initLocal] = initPath === undefined ? [] : await beside.locals([initPath]);
      const init = initLocal === undefined ? {} : { initPath: initLocal };
      const file = { ...job.ask, path: local, name: nameOf(entry), sidecarPaths, ...init, ...ownHashIn(job) };
      return await perform(job.ask, file, { inspector: job.inspector, whenEnded: takers.whenEnded });
    } finally {
      await beside.close();
    }
  })();
  if ('error' in done) throw done.error;
  return reported(entry, done.report, initPath, job);
}

/** What is read with a file, by paths that a reading process can be given. */
class Beside {
  readonly #open: Reached[] = [];

  async locals(paths: readonly string[]): Promise<string[]> {
    const locals: string[] = [];
    for (const path of paths) {
      // One that is gone is told by whoever opens it.
      const reached = await reachedFile(path).catch(() => undefined);
      if (reached !== undefined) this.#open.push(reached);
      locals.push(reached?.local ?? path);
    }
    return locals;
  }

  async close(): Promise<void> {
    for (const { close } of this.#open) await close();
  }
}
