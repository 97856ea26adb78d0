import { type FaultCode, fault, faultMessage } from '../../../base/fault.js';
import { limits } from '../../../base/limits.js';
import { message } from '../../../i18n/message.js';
import type { C2paEvidence } from '../../c2pa/manifest-store.js';
import type { Asset } from '../../media/asset.js';
import type { Read } from '../../media/carrier.js';
import { readSidecar, type SidecarRun } from '../../media/sidecars.js';
import { readManifestStore } from '../manifest-store/index.js';
import type { ReadContext } from '../reader.js';
import type { FailedRead } from './answer.js';
import { askEngine, ENGINE_MISSING, engineMessage } from './ask.js';
import { addNotes } from './second-opinion.js';

/**
 * Validates a manifest store from a separate file against the file. Only the native SDK has a call for it; without it
 * nothing is checked, and the result says so.
 */
export async function readWithSidecar(
  asset: Asset,
  format: string,
  run: SidecarRun,
  context: ReadContext,
): Promise<Read<C2paEvidence>> {
  if (context.engine === 'wasm') return needsNative();
  const store = await readSidecarStore(run);
  if (store.status !== 'found') return store;
  const answer = await askEngine('native', context, async (engine) =>
    engine.readSidecar ? engine.readSidecar(await asset.source(), format, store.value) : needsNative(),
  );
  if ('fault' in answer) {
    if (answer.fault.code === ENGINE_MISSING)
      return addNotes(needsNative(), engineMessage('native', answer.fault));
    return { status: 'failed', ...answer.fault };
  }
  return toSidecarRead(asset, answer.read, context.engine === 'both');
}

async function toSidecarRead(
  asset: Asset,
  read: Read<C2paEvidence>,
  secondAsked: boolean,
): Promise<Read<C2paEvidence>> {
  if (read.status === 'absent') {
    return { status: 'malformed', ...fault('sidecar.noStore') };
  }
  // The engine does not tell whether the sidecar or the file is at fault, and it did not report a store in the file.
  if (read.status === 'malformed') {
    const code = read.code.replace(/^c2pa\./, 'sidecar.') as FaultCode;
    return { ...read, code, params: { why: faultMessage(read) } };
  }
  if (read.status !== 'found') return read;
  const value = read.value.kind === 'store' ? { ...read.value, sidecar: true as const } : read.value;
  const own = await readManifestStore(asset);
  return addNotes(
    { ...read, value },
    message('note.sidecar.read'),
    ...(own.status === 'found' || own.status === 'malformed' ? [message('note.sidecar.own')] : []),
    ...(secondAsked ? [message('note.sidecar.wasm')] : []),
  );
}

function needsNative(): Read<C2paEvidence> {
  return { status: 'unsupported', ...fault('c2pa.sidecarNeedsNative') };
}

/** Reads the whole sidecar, because the SDK accepts only whole stores; never more than the limit. */
export async function readSidecarStore(
  run: SidecarRun,
): Promise<FailedRead | { status: 'found'; value: Buffer }> {
  const most = limits.sidecarBytes;
  const content = await readSidecar(run, run.bytes > most ? fault('bound.sidecar', { most }) : undefined);
  return Buffer.isBuffer(content) ? { status: 'found', value: content } : { status: 'failed', ...content };
}
