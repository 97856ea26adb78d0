import { fault, faultMessage, pickFault, type ReadFault } from '../../../base/fault.js';
import { type Message, message } from '../../../i18n/message.js';
import type { C2paEngine } from '../../c2pa/engine.js';
import type { EngineName } from '../../c2pa/engine-names.js';
import type { C2paEvidence } from '../../c2pa/manifest-store.js';
import type { Read } from '../../media/carrier.js';
import type { ReadContext } from '../reader.js';
import { ENGINE_PANIC } from './sdk-error.js';

/** Result of one engine for a file, or the fault that prevented one. */
export type EngineAnswer<T = C2paEvidence> = { read: Read<T> } | { fault: ReadFault };

export const ENGINE_MISSING = 'c2pa.engineMissing';

/** Returns the engine's fault as a message that names the engine. */
export function engineMessage(engine: EngineName, fault: ReadFault): Message {
  return message('engine.reported', { engine, why: faultMessage(fault) });
}

/**
 * Asks one engine about one file and reports it as a step, so that an observer can attribute the death of the process
 * to the engine that was running.
 */
export async function askEngine<T>(
  name: EngineName,
  { engineFaults, onStep }: Pick<ReadContext, 'engineFaults' | 'onStep'>,
  use: (engine: C2paEngine) => Promise<Read<T>>,
): Promise<EngineAnswer<T>> {
  const died = engineFaults?.[name];
  if (died) return { fault: died };
  const engine = await tryLoad(name);
  if ('code' in engine) return { fault: engine };
  onStep?.({ step: 'c2pa', engine: name, state: 'start' });
  const read = await use(engine);
  onStep?.({ step: 'c2pa', engine: name, state: 'end' });
  if (read.status !== 'failed' || read.code !== ENGINE_PANIC) return { read };
  return { fault: pickFault(read) };
}

const loaded = new Map<EngineName, Promise<C2paEngine | ReadFault>>();

/** Loads each engine once per process, on first use. */
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
