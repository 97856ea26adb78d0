import { type Said, said } from '../../say/said.js';
import { ENGINE_NAMES, type EngineName } from '../c2pa/engine-names.js';
import { activeIntegrity } from '../c2pa/integrity.js';
import type { C2paEvidence } from '../c2pa/manifest-store.js';
import { bareFault, fault, type ReadFault } from '../ground/fault.js';
import type { Asset } from '../media/asset.js';
import type { Read } from '../media/carrier.js';
import { type Answer, ask, ENGINE_MISSING, saidBy } from './c2pa/ask.js';
import { crowdedBoxes } from './c2pa/crowded-boxes.js';
import { sdkFormat } from './c2pa/formats.js';
import { readFragment } from './c2pa/fragment.js';
import { ownHash } from './c2pa/own-hash.js';
import { withPdfStore } from './c2pa/pdf-store.js';
import { combined, remarked } from './c2pa/second-opinion.js';
import { readWithSidecar } from './c2pa/sidecar.js';
import { mayHoldManifest } from './c2pa/sniff.js';
import { readWithoutEngine } from './c2pa/without-engine.js';
import { isInitialisationSegment } from './containers/bmff-movie.js';
import { readManifestStore } from './manifest-store/index.js';
import { reach } from './reach.js';
import type { ReadContext, Reader } from './reader.js';

/**
 * The C2PA manifest store, through whichever official SDK is asked for and works.
 * A container that the standard embeds no manifest in is `unsupported`, never `absent`.
 */
export const c2paReader: Reader<'c2pa'> = {
  carrier: 'c2pa',
  reach: reach({
    read: 'jpeg png webp gif tiff heif jxl svg bmff avi mp3 wav flac ogg aac pdf cr3 zip',
    none: 'matroska flv aiff raf psd jp2 tar mail cfb mxf ts ps asf dpx exr bmp postscript xmp',
  }),

  async read(asset, context): Promise<Read<C2paEvidence>> {
    // Nobody knows whether a manifest store is among what was brought.
    const unknown = context.sidecars?.fault;
    if (unknown !== undefined) return { status: 'failed', ...unknown };
    if (context.stream) return readFragment(context.stream, context);
    const format = sdkFormat(asset.mediaType.mime);
    if (!format) return readWithoutEngine(asset, context);
    const read = await readStore(asset, format, context);
    // Whoever brings a manifest store asks about that one.
    const whole =
      context.sidecars?.store === undefined
        ? await withPdfStore(read, asset, format, context)
        : { read, handed: false };
    const told = await withFragments(whole.read, asset);
    return otherHeard(told, asset, format, context, whole.handed);
  },
};

/**
 * “Altered” is a grave word, and engines have been wrong about it. So it is not said on the word of one before the other
 * was asked. Nearly all files are unchanged, and none of them waits for this. Where the other does not answer (it is
 * missing, died, has no call for what was asked), the word stands, with the name of the one that said it. Whoever reads
 * many files may have Assay's own hash stand for the other where it can, at a small part of what that costs.
 */
async function otherHeard(
  read: Read<C2paEvidence>,
  asset: Asset,
  format: string,
  context: ReadContext,
  handed: boolean,
): Promise<Read<C2paEvidence>> {
  if (read.status !== 'found' || read.value.kind !== 'store' || read.value.secondOpinion) return read;
  const { value } = read;
  if (activeIntegrity(value).integrity !== 'altered') return read;
  const alone = (why: Said): Read<C2paEvidence> => ({ ...read, value: { ...value, saidAlone: why } });
  const other = value.engine.name === 'native' ? 'wasm' : 'native';
  if (context.sidecars?.store !== undefined) return alone(said('engine.alone.sidecar'));
  if (context.engine === 'both') return alone(said('engine.alone.none'));
  if (context.engine !== 'auto') return alone(said('engine.alone.named'));
  // The other looks for a store by itself, and does not reach this one.
  if (handed) return alone(said('engine.alone.pdf'));
  const own = context.ownHash ? await ownHash(asset, value) : undefined;
  if (own !== undefined) return { ...read, value: { ...value, ownHash: own } };
  // Before it is loaded: should the process die of that, it is this engine's death, and the first one's word is kept.
  context.onStep?.({ step: 'c2pa', engine: other, state: 'start' });
  const answer = await ask(other, context, async (engine) => engine.read(await asset.source(), format));
  if ('fault' in answer) return alone(saidBy(other, answer.fault));
  const second = answer.read;
  if (second.status === 'failed' || second.status === 'unsupported') return alone(saidBy(other, second));
  return combined(read, second);
}

async function readStore(asset: Asset, format: string, context: ReadContext): Promise<Read<C2paEvidence>> {
  const store = context.sidecars?.store;
  // Whoever names an engine wants its own word.
  if (store === undefined && context.engine === 'auto' && !(await mayHoldManifest(asset)))
    return { status: 'absent' };
  const crowded = await crowdedBoxes(asset);
  if (crowded) return { status: 'failed', ...bareFault(crowded) };
  if (store !== undefined) return readWithSidecar(asset, format, store, context);
  const ofFile = (name: EngineName) =>
    ask(name, context, async (engine) => engine.read(await asset.source(), format));
  if (context.engine === 'both')
    return bothOpinions(
      await givingWay(await ofFile('native'), asset),
      await givingWay(await ofFile('wasm'), asset),
    );
  const faults: Fault[] = [];
  for (const name of context.engine === 'auto' ? ENGINE_NAMES : [context.engine]) {
    const answer = await givingWay(await ofFile(name), asset);
    if ('read' in answer) {
      return faults.length === 0
        ? answer.read
        : remarked(
            answer.read,
            ...faults.map(({ name: other, fault }) => saidBy(other, fault)),
            said('note.otherEngine'),
          );
    }
    faults.push({ name, fault: answer.fault });
  }
  return noneAnswered(faults);
}

/**
 * That an engine cannot parse a file says nothing of credentials where Assay's own walk came to the end of it and met none: the
 * other engine is asked, and where that one cannot either, it is a fault of looking.
 */
async function givingWay(answer: Answer, asset: Asset): Promise<Answer> {
  if (!('read' in answer) || answer.read.status !== 'malformed') return answer;
  const own = await readManifestStore(asset);
  return own.status === 'absent' ? { fault: bareFault(answer.read) } : answer;
}

/** An engine that broke leaves the other's answer standing, and the note says so. */
function bothOpinions(native: Answer, wasm: Answer): Read<C2paEvidence> {
  if ('read' in native && 'read' in wasm) return combined(native.read, wasm.read);
  const alone = (read: Read<C2paEvidence>, name: EngineName, fault: ReadFault) =>
    remarked(read, saidBy(name, fault), said('note.noSecondOpinion'));
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

/** An engine that broke on this file says more than one that is not there. What each said stands beside it. */
function noneAnswered(faults: Fault[]): Read<C2paEvidence> {
  const broke = faults.findLast(({ fault }) => fault.code !== ENGINE_MISSING);
  return remarked(
    { status: 'failed', ...(broke?.fault ?? fault('c2pa.noEngine')) },
    ...faults.map(({ name, fault: one }) => saidBy(name, one)),
  );
}

/** The fragments of an initialisation segment are other files. */
async function withFragments(read: Read<C2paEvidence>, asset: Asset): Promise<Read<C2paEvidence>> {
  if (asset.mediaType.container !== 'bmff' || read.status !== 'found' || read.value.kind !== 'store')
    return read;
  if (!(await isInitialisationSegment(asset))) return read;
  return remarked({ ...read, value: { ...read.value, initSegmentOnly: true } }, said('note.initSegment'));
}
