import type { CrJsonResult } from '../../core/pipeline/cr-json.js';
import type { Personal } from '../../core/signals/personal.js';
import { parseCrJsonAnswer } from '../checks/cr-json-check.js';
import { readerProgramPath } from '../pool/create-inspector.js';
import { ProcessPool } from '../pool/process-pool.js';
import { TenantQueue } from '../pool/queue.js';
import { isolationLimits } from '../protocol/isolation-limits.js';
import type { TenantKey } from '../protocol/tenant.js';
import { Confinement } from '../sandbox/confinement.js';
import { runInOwnProcess, runInPool } from './alone-in-process.js';

/** Writes manifest stores as crJSON in a reading process, one file after another. */
export interface CrJsonMaker {
  /** Rejects only with an `InspectError` (the file could not be opened) or when closed. */
  make(path: string, how?: CrJsonMakeOptions): Promise<CrJsonResult>;
  /** Number of files in the queue. */
  readonly waiting: number;
  close(): Promise<void>;
}

interface CrJsonMakeOptions {
  reveal?: Personal[] | undefined;
  /** Puts the file at the front of the queue. */
  isUrgent?: boolean | undefined;
  /** Tenant of the file: no process reads files of two tenants. */
  tenant?: TenantKey | undefined;
}

interface Options {
  /** Program of the reading process; tests pass substitutes. */
  childEntry?: string;
  /** If absent, the strictest confinement that this machine supports. */
  confinement?: Confinement;
}

/**
 * Uses one process for many files, because starting it and compiling the engine takes several times as long as writing
 * one store. The engine's memory never shrinks, so it is checked after each file, and a process that has grown too
 * large is replaced.
 */
export function createCrJsonMaker({ childEntry, confinement }: Options = {}): CrJsonMaker {
  const queue = new TenantQueue(1);
  const bounds = { ...isolationLimits, filesPerLook: 1 };
  const stock = new ProcessPool(childEntry ?? readerProgramPath(), bounds, confinement ?? new Confinement());
  return {
    get waiting() {
      return queue.waiting;
    },
    async make(path, { reveal, isUrgent: soon = false, tenant: party } = {}) {
      await queue.take({ isUrgent: soon, tenant: party });
      try {
        const answer = await runInPool(stock, path, crJsonTask(reveal), parseCrJsonAnswer, party);
        return 'fault' in answer ? answer : answer.answer;
      } finally {
        queue.release();
      }
    },
    async close() {
      queue.close();
      await stock.close();
    },
  };
}

interface CrJsonReadOptions {
  /** If absent, the strictest confinement that this machine supports. */
  confinement?: Confinement | undefined;
  reveal?: Personal[] | undefined;
  interrupted?: AbortSignal | undefined;
}

/** Returns the crJSON of one file, from a reading process of its own. Rejects with `InspectError`. */
export async function readCrJson(
  path: string,
  { reveal, interrupted, confinement }: CrJsonReadOptions = {},
): Promise<CrJsonResult> {
  const answer = await runInOwnProcess(path, crJsonTask(reveal), parseCrJsonAnswer, {
    interrupted,
    confinement,
  });
  return 'fault' in answer ? answer : answer.answer;
}

function crJsonTask(reveal: Personal[] | undefined) {
  return { output: 'crjson', engine: 'wasm', ...(reveal !== undefined && { reveal }) } as const;
}
