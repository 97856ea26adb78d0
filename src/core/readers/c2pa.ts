import type { AnalyzeOptions } from '../analyze-options.js';
import type { Asset } from '../asset.js';
import type { C2paEngine, EngineName } from '../c2pa/engine.js';
import type { C2paEvidence } from '../c2pa/manifest-store.js';
import type { Read, ReadFault } from '../evidence.js';
import type { Reader } from '../reader.js';
import { sdkFormat } from './c2pa/formats.js';
import { ENGINE_PANIC } from './c2pa/sdk-error.js';
import { topBoxes } from './containers/bmff-boxes.js';

/**
 * The C2PA manifest store, through whichever official SDK is asked for and works.
 * A container that the standard embeds no manifest in is `unsupported`, never `absent`.
 */
export const c2paReader: Reader<'c2pa'> = {
  carrier: 'c2pa',
  containers: [
    'jpeg',
    'png',
    'webp',
    'gif',
    'tiff',
    'heif',
    'jxl',
    'svg',
    'bmff',
    'avi',
    'mp3',
    'wav',
    'flac',
    'pdf',
  ],
  unreached: ['matroska', 'flv', 'ogg', 'aiff', 'aac', 'cr3', 'raf'],

  async read(asset, context): Promise<Read<C2paEvidence>> {
    const format = sdkFormat(asset.mediaType.mime);
    if (!format) {
      return {
        status: 'unsupported',
        code: 'carrier.notRead',
        reason: `Content Credentials in ${asset.mediaType.format} files are not read by the C2PA engines.`,
      };
    }
    const faults: string[] = [];
    let broken: Read<C2paEvidence> | undefined;
    for (const name of candidates(context.engine)) {
      const fault = context.engineFaults?.[name] ?? (await tryLoad(name));
      if (isFault(fault)) {
        faults.push(`${ENGINE_WORDS[name]}: ${fault.reason}`);
        continue;
      }
      context.onStep?.({ step: 'c2pa', engine: name, state: 'start' });
      const read = await fault.read(asset.path, format);
      context.onStep?.({ step: 'c2pa', engine: name, state: 'end' });
      if (read.status === 'failed' && read.code === ENGINE_PANIC) {
        faults.push(`${ENGINE_WORDS[name]}: ${read.reason}`);
        broken = read;
        continue;
      }
      return withNote(await withFragments(read, asset), faults);
    }
    return broken ?? { status: 'failed', code: 'c2pa.noEngine', reason: faults.join(' ') };
  },
};

/** A BMFF file with `moov` and no media data is an initialisation segment: its fragments are other files. */
async function withFragments(read: Read<C2paEvidence>, asset: Asset): Promise<Read<C2paEvidence>> {
  if (asset.mediaType.container !== 'bmff' || read.status !== 'found' || read.value.kind !== 'store')
    return read;
  const types = new Set((await topBoxes(asset)).items.map((box) => box.type));
  if (!types.has('moov') || types.has('mdat') || types.has('moof')) return read;
  return {
    ...read,
    value: { ...read.value, initSegmentOnly: true },
    note: 'This is an initialisation segment; its fragments are not in this file and were not validated.',
  };
}

const ENGINE_WORDS = { native: 'Native engine', wasm: 'WASM engine' } as const satisfies Record<
  EngineName,
  string
>;

function candidates(choice: AnalyzeOptions['engine']): EngineName[] {
  return choice === 'auto' ? ['native', 'wasm'] : [choice];
}

function isFault(value: C2paEngine | ReadFault): value is ReadFault {
  return 'code' in value;
}

/** Says when the first choice did not do: an answer from the second is no secret. */
function withNote(read: Read<C2paEvidence>, faults: string[]): Read<C2paEvidence> {
  if (faults.length === 0) return read;
  const note = `${faults.join(' ')} The other engine was used.`;
  return read.status === 'found' || read.status === 'absent'
    ? { ...read, note }
    : { ...read, reason: `${read.reason} ${note}` };
}

const loaded = new Map<EngineName, Promise<C2paEngine | ReadFault>>();

/** Loaded once a process, when first needed. */
function tryLoad(name: EngineName): Promise<C2paEngine | ReadFault> {
  const known = loaded.get(name);
  if (known) return known;
  const loading = load(name).catch(
    (error: unknown): ReadFault => ({
      code: 'c2pa.engineMissing',
      reason: `it does not load on this machine (${error instanceof Error ? (error.message.split('\n')[0] ?? '') : 'unknown'}).`,
    }),
  );
  loaded.set(name, loading);
  return loading;
}

async function load(name: EngineName): Promise<C2paEngine> {
  if (name === 'native') return (await import('./c2pa/native.js')).loadNativeEngine();
  return (await import('./c2pa/wasm.js')).loadWasmEngine();
}
