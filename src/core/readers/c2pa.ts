import type { Asset } from '../asset.js';
import { ENGINE_NAMES, type EngineName } from '../c2pa/engine.js';
import type { C2paEvidence } from '../c2pa/manifest-store.js';
import type { Read, ReadFault } from '../evidence.js';
import type { ReadContext, Reader } from '../reader.js';
import { type Answer, ask, inWords } from './c2pa/ask.js';
import { sdkFormat } from './c2pa/formats.js';
import { withPdfStore } from './c2pa/pdf-store.js';
import { GIVES_WAY } from './c2pa/sdk-error.js';
import { combined, remarked } from './c2pa/second-opinion.js';
import { readWithSidecar } from './c2pa/sidecar.js';
import { mayHoldManifest } from './c2pa/sniff.js';
import { isInitialisationSegment } from './containers/bmff-movie.js';

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
    const read = await readStore(asset, format, context);
    // Whoever brings a manifest store asks about that one.
    if (context.sidecarPath !== undefined) return withFragments(read, asset);
    return withFragments(await withPdfStore(read, asset, format, context), asset);
  },
};

async function readStore(asset: Asset, format: string, context: ReadContext): Promise<Read<C2paEvidence>> {
  if (context.sidecarPath !== undefined) return readWithSidecar(asset, format, context.sidecarPath, context);
  // Whoever names an engine wants its own word.
  if (context.engine === 'auto' && !(await mayHoldManifest(asset))) return { status: 'absent' };
  const ofFile = (name: EngineName) => ask(name, context, (engine) => engine.read(asset.path, format));
  if (context.engine === 'both') return bothOpinions(await ofFile('native'), await ofFile('wasm'));
  const faults: Fault[] = [];
  for (const name of context.engine === 'auto' ? ENGINE_NAMES : [context.engine]) {
    const answer = await ofFile(name);
    if ('read' in answer) {
      const why = faults.map(({ name: other, fault }) => inWords(other, fault));
      return why.length === 0
        ? answer.read
        : remarked(answer.read, `${why.join(' ')} The other engine was used.`);
    }
    faults.push({ name, fault: answer.fault });
  }
  return noneAnswered(faults);
}

/** An engine that broke leaves the other's answer standing, and the note says so. */
function bothOpinions(native: Answer, wasm: Answer): Read<C2paEvidence> {
  if ('read' in native && 'read' in wasm) return combined(native.read, wasm.read);
  const alone = (read: Read<C2paEvidence>, name: EngineName, fault: ReadFault) =>
    remarked(read, `${inWords(name, fault)} There is no second opinion.`);
  if ('read' in native) return 'fault' in wasm ? alone(native.read, 'wasm', wasm.fault) : native.read;
  if ('read' in wasm) return alone(wasm.read, 'native', native.fault);
  return noneAnswered([
    { name: 'native', fault: native.fault },
    { name: 'wasm', fault: wasm.fault },
  ]);
}

interface Fault {
  name: EngineName;
  fault: ReadFault;
}

/** An engine that broke on this file says more than one that is not there. */
function noneAnswered(faults: Fault[]): Read<C2paEvidence> {
  const broke = faults.findLast(({ fault }) => GIVES_WAY.has(fault.code));
  const reason = faults.map(({ name, fault }) => inWords(name, fault)).join(' ');
  return { status: 'failed', code: broke?.fault.code ?? 'c2pa.noEngine', reason };
}

/** The fragments of an initialisation segment are other files. */
async function withFragments(read: Read<C2paEvidence>, asset: Asset): Promise<Read<C2paEvidence>> {
  if (asset.mediaType.container !== 'bmff' || read.status !== 'found' || read.value.kind !== 'store')
    return read;
  if (!(await isInitialisationSegment(asset))) return read;
  return remarked(
    { ...read, value: { ...read.value, initSegmentOnly: true } },
    'This is an initialisation segment; its fragments are not in this file and were not validated.',
  );
}
