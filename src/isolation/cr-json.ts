import type { CrJsonAnswer } from '../core/analysis/cr-json.js';
import type { Personal } from '../core/signals/personal.js';
import { aloneInProcess, inProcessOf } from './alone-in-process.js';
import { Confinement } from './confinement.js';
import { checkedCrJson } from './cr-json-check.js';
import { isolationLimits } from './isolation-limits.js';
import type { Party } from './party.js';
import { builtChild } from './pool.js';
import { ProcessStock } from './process-stock.js';
import { Queue } from './queue.js';

/** Writes manifest stores in crJSON, one file after another, where their faults cannot hurt. */
export interface CrJsonMaker {
  /** Rejects only with an `InspectError` (the file could not be opened) or when closed. */
  make(path: string, how?: HowMade): Promise<CrJsonAnswer>;
  /** How many wait in the queue. */
  readonly waiting: number;
  close(): Promise<void>;
}

interface HowMade {
  reveal?: Personal[] | undefined;
  /** Before all that wait. */
  soon?: boolean | undefined;
  /** Whose file it is: no process that reads it has read another's. */
  party?: Party | undefined;
}

interface Options {
  /** What a reading process runs; tests give stand-ins. */
  childEntry?: string;
  /** Left out: the strictest this machine has. */
  confinement?: Confinement;
}

/**
 * One process for many files: to start it and to compile the engine takes several times as long as to write one. The
 * engine's memory never shrinks, so it is looked at after each file, and one that has grown too large is replaced.
 */
export function createCrJsonMaker({ childEntry, confinement }: Options = {}): CrJsonMaker {
  const queue = new Queue(1);
  const bounds = { ...isolationLimits, filesPerLook: 1 };
  const stock = new ProcessStock(childEntry ?? builtChild(), bounds, confinement ?? new Confinement());
  return {
    get waiting() {
      return queue.waiting;
    },
    async make(path, { reveal, soon = false, party } = {}) {
      await queue.take({ first: soon, party });
      try {
        const answer = await inProcessOf(stock, path, taskWith(reveal), checkedCrJson, party);
        return 'fault' in answer ? answer : answer.said;
      } finally {
        queue.giveBack();
      }
    },
    async close() {
      queue.close();
      await stock.close();
    },
  };
}

interface Asked {
  /** Left out: the strictest this machine has. */
  confinement?: Confinement | undefined;
  reveal?: Personal[] | undefined;
  interrupted?: AbortSignal | undefined;
}

/** The crJSON of one file, from a reading process that serves this alone. Rejects with an InspectError. */
export async function readCrJson(
  path: string,
  { reveal, interrupted, confinement }: Asked = {},
): Promise<CrJsonAnswer> {
  const answer = await aloneInProcess(path, taskWith(reveal), checkedCrJson, { interrupted, confinement });
  return 'fault' in answer ? answer : answer.said;
}

function taskWith(reveal: Personal[] | undefined) {
  return { output: 'crjson', engine: 'wasm', ...(reveal !== undefined && { reveal }) } as const;
}
