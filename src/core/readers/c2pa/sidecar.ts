import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import type { Asset } from '../../asset.js';
import type { C2paEvidence } from '../../c2pa/manifest-store.js';
import type { Read } from '../../evidence.js';
import { limits } from '../../limits.js';
import type { ReadContext } from '../../reader.js';
import { readManifestStore } from '../manifest-store/index.js';
import type { Unread } from './answer.js';
import { ask, ENGINE_MISSING, inWords } from './ask.js';
import { remarked } from './second-opinion.js';

/**
 * A manifest store that is kept elsewhere, validated against the file. Only the native SDK has a call for it:
 * without it nothing was looked at, and that is said.
 */
export async function readWithSidecar(
  asset: Asset,
  format: string,
  path: string,
  context: ReadContext,
): Promise<Read<C2paEvidence>> {
  if (context.engine === 'wasm') return needsNative('');
  const store = await sidecarBytes(path);
  if (store.status !== 'found') return store;
  const answer = await ask('native', context, async (engine) =>
    engine.readSidecar ? engine.readSidecar(asset.path, format, store.value) : needsNative(''),
  );
  if ('fault' in answer) {
    if (answer.fault.code === ENGINE_MISSING) return needsNative(` ${inWords('native', answer.fault)}`);
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
    return {
      status: 'malformed',
      code: 'sidecar.noStore',
      reason: 'The sidecar holds no manifest store.',
    };
  }
  // Whether the sidecar or the file is at fault, the engine does not tell; that the file holds a store, it did not say.
  if (read.status === 'malformed') {
    return {
      ...read,
      code: read.code.replace(/^c2pa\./, 'sidecar.'),
      reason: `With the sidecar: ${read.reason}`,
    };
  }
  if (read.status !== 'found') return read;
  const value = read.value.kind === 'store' ? { ...read.value, sidecar: true as const } : read.value;
  const own = await readManifestStore(asset);
  return remarked(
    { ...read, value },
    [
      'The manifest store was read from a sidecar file.',
      ...(own.status === 'found' || own.status === 'malformed'
        ? ['The one in the file itself was not validated.']
        : []),
      ...(secondAsked ? ['The WASM engine has no call for sidecars and gave no second opinion.'] : []),
    ].join(' '),
  );
}

function needsNative(why: string): Read<C2paEvidence> {
  return {
    status: 'unsupported',
    code: 'c2pa.sidecarNeedsNative',
    reason: `A sidecar can be validated by the native C2PA engine only; the WASM one has no call for it.${why}`,
  };
}

/** The whole of it, for the SDK takes it whole; never more than the bound. */
export async function sidecarBytes(path: string): Promise<Unread | { status: 'found'; value: Buffer }> {
  // Without waiting: a FIFO would keep the reader for ever.
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK).catch(() => undefined);
  if (file === undefined) return unreadable('it could not be opened');
  try {
    const stat = await file.stat();
    if (!stat.isFile()) return unreadable('it is not a regular file');
    if (stat.size > limits.sidecarBytes) {
      return {
        status: 'failed',
        code: 'bound.sidecar',
        reason: `The sidecar is larger than the ${limits.sidecarBytes} bytes that are read.`,
      };
    }
    const bytes = Buffer.alloc(stat.size);
    for (let filled = 0; filled < bytes.length; ) {
      const { bytesRead } = await file.read(bytes, filled, bytes.length - filled, filled);
      if (bytesRead === 0) return unreadable('it became shorter while it was read');
      filled += bytesRead;
    }
    return { status: 'found', value: bytes };
  } catch {
    return unreadable('its bytes could not be had');
  } finally {
    await file.close();
  }
}

function unreadable(why: string): Unread {
  return { status: 'failed', code: 'sidecar.notReadable', reason: `The sidecar was not read: ${why}.` };
}
