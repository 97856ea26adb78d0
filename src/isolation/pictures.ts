import { resolve } from 'node:path';
import type { ReadFault } from '../core/ground/fault.js';

import { limits } from '../core/ground/limits.js';
import type { Likenesses } from '../core/likeness/likeness.js';
import type { MissingPicture, PictureKind } from '../core/media/pictures.js';
import { Confinement } from './confinement.js';
import { faultOf } from './faults.js';
import { fileState, inspectErrorFor } from './file-check.js';
import { stopped } from './inspect-error.js';
import { type IsolationLimits, isolationLimits } from './isolation-limits.js';
import { lend } from './lend.js';
import type { Party } from './party.js';
import { type CheckedPictures, checkedPictures } from './pictures-check.js';
import { builtChild } from './pool.js';
import { ProcessStock } from './process-stock.js';
import { Queue } from './queue.js';
import { Recoder } from './recoder.js';

export interface PicturesRequest {
  path: string;
  sidecarPath?: string | undefined;
  /** Whose file it is: no process that has a hand in its pictures has had another's. */
  party?: Party | undefined;
  /** Somebody waits for them: before those that nobody waits for. */
  soon?: boolean;
}

/** Makes small pictures of files where their faults cannot hurt. */
export interface PictureMaker {
  /** Rejects only with an `InspectError` (the file could not be opened) or when closed. */
  make(
    request: PicturesRequest & { likeness?: boolean },
  ): Promise<CheckedPictures & { likeness?: Likenesses }>;
  likeness(request: PicturesRequest): Promise<Likenesses>;
  /** How many wait in the queue. */
  readonly waiting: number;
  close(): Promise<void>;
}

interface Options {
  /** Files at the same time. Left out: one; nobody's report waits for them. */
  jobs?: number;
  /** What a reading process runs, and what the one that encodes anew; tests give stand-ins. */
  childEntry?: string;
  recodeEntry?: string;
  /** Left out: the strictest this machine has. */
  confinement?: Confinement;
  bounds?: Partial<IsolationLimits>;
}

/** Those whose making may take down a process: the others are small and were bounded before. */
const HEAVY: readonly PictureKind[] = ['preview', 'frame', 'waveform'];

/** Processes of its own: whoever decodes pictures may take more memory and start ffmpeg, and readers of reports may not. */
export function createPictureMaker({
  jobs = 1,
  childEntry,
  recodeEntry,
  confinement = new Confinement(),
  bounds,
}: Options = {}): PictureMaker {
  const all = { ...isolationLimits, ...bounds };
  const stock = new ProcessStock(childEntry ?? builtChild(), all, confinement);
  const recoder = new Recoder(recodeEntry, all, confinement);
  const queue = new Queue(jobs);
  return {
    get waiting() {
      return queue.waiting;
    },
    async make(request) {
      await queue.take(request.soon);
      try {
        return await recoder.recode(await makePictures(request, stock, all), request.party);
      } finally {
        queue.giveBack();
      }
    },
    async likeness() {
      return { made: [], missing: [] };
    },
    async close() {
      queue.close();
      await Promise.all([stock.close(), recoder.close()]);
    },
  };
}

async function makePictures(
  request: PicturesRequest,
  stock: ProcessStock,
  bounds: IsolationLimits,
): Promise<CheckedPictures> {
  const first = await attempt(request, stock, bounds, []);
  if (!('fault' in first)) return first;
  const missing: MissingPicture[] = [{ kind: 'preview', ...first.fault }];
  const second = await attempt(request, stock, bounds, HEAVY);
  if ('fault' in second) return { made: [], missing };
  return { ...second, missing: [...second.missing, ...missing] };
}

let lastTask = 0;

async function attempt(
  { path, sidecarPath, party }: PicturesRequest,
  stock: ProcessStock,
  bounds: IsolationLimits,
  without: readonly PictureKind[],
): Promise<CheckedPictures | { fault: ReadFault }> {
  const state = await fileState(path);
  const taskMillis = limits.picturesMillis;
  let end = performance.now() + taskMillis;
  const left = () => end - performance.now();
  const files = {
    path: resolve(path),
    ...(sidecarPath === undefined ? {} : { sidecarPath: resolve(sidecarPath) }),
  };
  const postpone = (millis: number) => {
    end += millis;
  };
  const lent = await lend({ stock, size: 'large', files, state, bounds, party, left, postpone });
  if (lent === undefined) return { fault: faultOf({ cause: 'budget', millis: taskMillis }, 0) };
  const { process, seen } = lent;
  lastTask += 1;
  const ending = await process.attempt(
    {
      task: lastTask,
      ...seen,
      name: '',
      asOf: '',
      engine: 'auto',
      output: 'pictures',
      without: [...without],
      skip: {},
      engineFaults: {},
    } as Parameters<typeof process.attempt>[0],
    { leftMillis: left(), stepMillis: taskMillis, taskMillis },
  );
  const checked = ending.end === 'report' ? checkedPictures(ending.report) : undefined;
  if (checked === undefined) await process.fault();
  stock.giveBack(process, 'large');
  if (stock.closed) throw stopped();
  if (checked !== undefined) return checked;
  if (ending.end === 'death') return { fault: ending.fault };
  if (ending.end === 'error' && ending.error.phase === 'open') throw inspectErrorFor(ending.error.code);
  return { fault: faultOf({ cause: ending.end === 'error' ? 'exception' : 'bad-answer' }, 0) };
}
