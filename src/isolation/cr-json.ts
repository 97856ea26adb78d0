import { resolve } from 'node:path';
import type { CrJsonAnswer } from '../core/cr-json.js';
import { asRecord, member } from '../core/json-shape.js';
import { Confinement } from './confinement.js';
import { faultOf } from './faults.js';
import { fileState, inspectErrorFor } from './file-check.js';
import { isolationLimits, timeBudget } from './isolation-limits.js';
import { builtChild } from './pool.js';
import { ProcessStock, stopped } from './process-stock.js';

/** The crJSON of one file, from a reading process that serves this alone. Rejects with an InspectError. */
export async function readCrJson(path: string, interrupted?: AbortSignal): Promise<CrJsonAnswer> {
  const bytes = Number((await fileState(path)).size);
  const stock = new ProcessStock(builtChild(), isolationLimits, new Confinement());
  const stop = () => void stock.close();
  interrupted?.addEventListener('abort', stop, { once: true });
  try {
    return await attempt(stock, resolve(path), bytes);
  } finally {
    interrupted?.removeEventListener('abort', stop);
    await stock.close();
  }
}

async function attempt(stock: ProcessStock, path: string, bytes: number): Promise<CrJsonAnswer> {
  const { attemptsMillis, stepMillis, taskMillis } = timeBudget(bytes, isolationLimits);
  const size = bytes <= isolationLimits.smallAssetBytes ? 'small' : 'large';
  const process = await stock.take(size, attemptsMillis);
  if (process === undefined) return { fault: faultOf({ cause: 'budget', millis: taskMillis }, 0) };
  const end = await process.attempt(
    { task: 1, path, name: '', asOf: '', engine: 'wasm', output: 'crjson', skip: {}, engineFaults: {} },
    { leftMillis: attemptsMillis, stepMillis, taskMillis },
  );
  if (stock.closed) throw stopped();
  if (end.end === 'death') return { fault: end.fault };
  if (end.end === 'report') return checked(end.report);
  if (end.error.phase === 'open') throw inspectErrorFor(end.error.code);
  return { fault: faultOf({ cause: 'exception' }, 0) };
}

/** The process has read hostile bytes: its word counts where it has the shape of an answer and the text is JSON. */
function checked(value: unknown): CrJsonAnswer {
  const answer = asRecord(value) ?? {};
  const crJson = member(answer, 'crJson');
  if (typeof crJson === 'string' && isJson(crJson)) return { crJson };
  const fault = asRecord(member(answer, 'fault')) ?? {};
  const [code, reason] = [member(fault, 'code'), member(fault, 'reason')];
  if (typeof code === 'string' && typeof reason === 'string') return { fault: { code, reason } };
  return { fault: faultOf({ cause: 'bad-answer' }, 0) };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
