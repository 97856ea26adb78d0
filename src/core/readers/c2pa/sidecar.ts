import { said } from '../../../say/said.js';
import type { C2paEvidence } from '../../c2pa/manifest-store.js';
import { type FaultCode, fault, faultSaid } from '../../ground/fault.js';
import { limits } from '../../ground/limits.js';
import type { Asset } from '../../media/asset.js';
import type { Read } from '../../media/carrier.js';
import { type SidecarRun, sidecarRun } from '../../media/sidecars.js';
import { readManifestStore } from '../manifest-store/index.js';
import type { ReadContext } from '../reader.js';
import type { Unread } from './answer.js';
import { ask, ENGINE_MISSING, saidBy } from './ask.js';
import { remarked } from './second-opinion.js';

/**
 * A manifest store that is kept elsewhere, validated against the file. Only the native SDK has a call for it:
 * without it nothing was looked at, and that is said.
 */
export async function readWithSidecar(
  asset: Asset,
  format: string,
  run: SidecarRun,
  context: ReadContext,
): Promise<Read<C2paEvidence>> {
  if (context.engine === 'wasm') return needsNative();
  const store = await storeOf(run);
  if (store.status !== 'found') return store;
  const answer = await ask('native', context, async (engine) =>
    engine.readSidecar ? engine.readSidecar(await asset.source(), format, store.value) : needsNative(),
  );
  if ('fault' in answer) {
    if (answer.fault.code === ENGINE_MISSING) return remarked(needsNative(), saidBy('native', answer.fault));
    return { status: 'failed', ...answer.fault };
  }
  return ofSidecar(asset, answer.read, context.engine === 'both');
}

async function ofSidecar(
  asset: Asset,
  read: Read<C2paEvidence>,
  secondAsked: boolean,
): Promise<Read<C2paEvidence>> {
  if (read.status === 'absent') {
    return { status: 'malformed', ...fault('sidecar.noStore') };
  }
  // Whether the sidecar or the file is at fault, the engine does not tell; that the file holds a store, it did not say.
  if (read.status === 'malformed') {
    const code = read.code.replace(/^c2pa\./, 'sidecar.') as FaultCode;
    return { ...read, code, params: { why: faultSaid(read) } };
  }
  if (read.status !== 'found') return read;
  const value = read.value.kind === 'store' ? { ...read.value, sidecar: true as const } : read.value;
  const own = await readManifestStore(asset);
  return remarked(
    { ...read, value },
    said('note.sidecar.read'),
    ...(own.status === 'found' || own.status === 'malformed' ? [said('note.sidecar.own')] : []),
    ...(secondAsked ? [said('note.sidecar.wasm')] : []),
  );
}

function needsNative(): Read<C2paEvidence> {
  return { status: 'unsupported', ...fault('c2pa.sidecarNeedsNative') };
}

/** The whole of it, for the SDK takes it whole; never more than the bound. */
export async function storeOf(run: SidecarRun): Promise<Unread | { status: 'found'; value: Buffer }> {
  const most = limits.sidecarBytes;
  const content = await sidecarRun(run, run.bytes > most ? fault('bound.sidecar', { most }) : undefined);
  return Buffer.isBuffer(content) ? { status: 'found', value: content } : { status: 'failed', ...content };
}
