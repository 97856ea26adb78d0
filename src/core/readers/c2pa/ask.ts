import { type Said, said } from '../../../say/said.js';
import type { C2paEngine } from '../../c2pa/engine.js';
import type { EngineName } from '../../c2pa/engine-names.js';
import type { C2paEvidence } from '../../c2pa/manifest-store.js';
import { bareFault, fault, faultSaid, type ReadFault } from '../../ground/fault.js';
import type { Read } from '../../media/carrier.js';
import type { ReadContext } from '../reader.js';
import { ENGINE_PANIC } from './sdk-error.js';

/** What one engine said of a file, or why it said nothing. */
export type Answer<T = C2paEvidence> = { read: Read<T> } | { fault: ReadFault };

export const ENGINE_MISSING = 'c2pa.engineMissing';

/** What an engine has to say of the file, with its name. */
export function saidBy(engine: EngineName, fault: ReadFault): Said {
  return said('engine.said', { engine, why: faultSaid(fault) });
}

/** One engine, one file, told as a step: who watches blames the engine that was at work when the process died. */
export async function ask<T>(
  name: EngineName,
  { engineFaults, onStep }: Pick<ReadContext, 'engineFaults' | 'onStep'>,
  use: (engine: C2paEngine) => Promise<Read<T>>,
): Promise<Answer<T>> {
  const died = engineFaults?.[name];
  if (died) return { fault: died };
  const engine = await tryLoad(name);
  if ('code' in engine) return { fault: engine };
  onStep?.({ step: 'c2pa', engine: name, state: 'start' });
  const read = await use(engine);
  onStep?.({ step: 'c2pa', engine: name, state: 'end' });
  if (read.status !== 'failed' || read.code !== ENGINE_PANIC) return { read };
  return { fault: bareFault(read) };
}

const loaded = new Map<EngineName, Promise<C2paEngine | ReadFault>>();

/** Loaded once a process, when first needed. */
function tryLoad(name: EngineName): Promise<C2paEngine | ReadFault> {
  const known = loaded.get(name);
  if (known) return known;
  const loading = load(name).catch(
    (error: unknown): ReadFault =>
      fault(ENGINE_MISSING, { words: error instanceof Error ? (error.message.split('\n')[0] ?? '') : '–' }),
  );
  loaded.set(name, loading);
  return loading;
}

async function load(name: EngineName): Promise<C2paEngine> {
  if (name === 'native') return (await import('./native.js')).loadNativeEngine();
  return (await import('./wasm.js')).loadWasmEngine();
}
