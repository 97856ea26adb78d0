import { fault, pickFault, type ReadFault } from '../../../base/fault.js';
import { type Message, message } from '../../../i18n/message.js';
import { ENGINE_NAMES, type EngineName } from '../../c2pa/engine-names.js';
import { activeIntegrity } from '../../c2pa/integrity.js';
import type { C2paEvidence } from '../../c2pa/manifest-store.js';
import type { Asset } from '../../media/asset.js';
import type { Read } from '../../media/carrier.js';
import { askEngine, ENGINE_MISSING, type EngineAnswer, engineMessage } from '../c2pa/ask.js';
import { findCrowdedBoxes } from '../c2pa/crowded-boxes.js';
import { toSdkFormat } from '../c2pa/formats.js';
import { readFragment } from '../c2pa/fragment.js';
import { computeOwnHash } from '../c2pa/own-hash.js';
import { readPdfStore } from '../c2pa/pdf-store.js';
import { addNotes, combineOpinions } from '../c2pa/second-opinion.js';
import { readWithSidecar } from '../c2pa/sidecar.js';
import { mayHoldManifest } from '../c2pa/sniff.js';
import { readWithoutEngine } from '../c2pa/without-engine.js';
import { isInitialisationSegment } from '../containers/bmff-movie.js';
import { readManifestStore } from '../manifest-store/index.js';
import type { ReadContext, Reader } from '../reader.js';

/**
 * Reads the C2PA manifest store with the requested official SDK, or with whichever works. A container for which the
 * standard defines no embedding is `unsupported`, never `absent`.
 */
export const c2paReader: Reader<'c2pa'> = {
  carrier: 'c2pa',

  async read(asset, context): Promise<Read<C2paEvidence>> {
    // It is unknown whether the supplied files include a manifest store.
    const unknown = context.sidecars?.fault;
    if (unknown !== undefined) return { status: 'failed', ...unknown };
    if (context.stream) return readFragment(context.stream, context);
    const format = toSdkFormat(asset.mediaType.mime);
    if (!format) return readWithoutEngine(asset, context);
    const read = await readStore(asset, format, context);
    // A supplied manifest store is the only one of interest.
    const whole =
      context.sidecars?.store === undefined
        ? await readPdfStore(read, asset, format, context)
        : { read, handed: false };
    const told = await markInitSegment(whole.read, asset);
    return confirmAltered(told, asset, format, context, whole.handed);
  },
};

/**
 * Asks the other engine before a file is reported as altered, because “altered” is a grave verdict and engines have
 * been wrong about it. Nearly all files are unchanged, and none of them waits for this. If the other engine gives no
 * answer (it is missing, died, or has no call for the request), the verdict stands with the name of the engine that
 * gave it. Scans of many files may use Assay's own hash instead where possible, at a fraction of the cost.
 */
async function confirmAltered(
  read: Read<C2paEvidence>,
  asset: Asset,
  format: string,
  context: ReadContext,
  isStorePassed: boolean,
): Promise<Read<C2paEvidence>> {
  if (read.status !== 'found' || read.value.kind !== 'store' || read.value.secondOpinion) return read;
  const { value } = read;
  if (activeIntegrity(value).integrity !== 'altered') return read;
  const alone = (why: Message): Read<C2paEvidence> => ({ ...read, value: { ...value, soleEngine: why } });
  const other = value.engine.name === 'native' ? 'wasm' : 'native';
  if (context.sidecars?.store !== undefined) return alone(message('engine.alone.sidecar'));
  if (context.engine === 'both') return alone(message('engine.alone.none'));
  if (context.engine !== 'auto') return alone(message('engine.alone.named'));
  // The other engine finds stores by itself and does not find this one.
  if (isStorePassed) return alone(message('engine.alone.pdf'));
  const own = context.ownHash ? await computeOwnHash(asset, value) : undefined;
  if (own !== undefined) return { ...read, value: { ...value, ownHash: own } };
  // Reports the step before loading the engine. If the process dies, the death is attributed to this engine and the
  // first engine's answer is kept.
  context.onStep?.({ step: 'c2pa', engine: other, state: 'start' });
  const answer = await askEngine(other, context, async (engine) => engine.read(await asset.source(), format));
  if ('fault' in answer) return alone(engineMessage(other, answer.fault));
  const second = answer.read;
  if (second.status === 'failed' || second.status === 'unsupported')
    return alone(engineMessage(other, second));
  return combineOpinions(read, second);
}

async function readStore(asset: Asset, format: string, context: ReadContext): Promise<Read<C2paEvidence>> {
  const store = context.sidecars?.store;
  // A caller who names an engine wants that engine's own answer.
  if (store === undefined && context.engine === 'auto' && !(await mayHoldManifest(asset)))
    return { status: 'absent' };
  const crowded = await findCrowdedBoxes(asset);
  if (crowded) return { status: 'failed', ...pickFault(crowded) };
  if (store !== undefined) return readWithSidecar(asset, format, store, context);
  const ofFile = (name: EngineName) =>
    askEngine(name, context, async (engine) => engine.read(await asset.source(), format));
  if (context.engine === 'both')
    return combineBothEngines(
      await deferMalformed(await ofFile('native'), asset),
      await deferMalformed(await ofFile('wasm'), asset),
    );
  const faults: Fault[] = [];
  for (const name of context.engine === 'auto' ? ENGINE_NAMES : [context.engine]) {
    const answer = await deferMalformed(await ofFile(name), asset);
    if ('read' in answer) {
      return faults.length === 0
        ? answer.read
        : addNotes(
            answer.read,
            ...faults.map(({ name: other, fault }) => engineMessage(other, fault)),
            message('note.otherEngine'),
          );
    }
    faults.push({ name, fault: answer.fault });
  }
  return concludeNoAnswer(faults);
}

/**
 * An engine that cannot parse a file says nothing about credentials if Assay's own walk reached the end and found none.
 * The other engine is asked then, and if it fails too, the result is a reader fault.
 */
async function deferMalformed(answer: EngineAnswer, asset: Asset): Promise<EngineAnswer> {
  if (!('read' in answer) || answer.read.status !== 'malformed') return answer;
  const own = await readManifestStore(asset);
  return own.status === 'absent' ? { fault: pickFault(answer.read) } : answer;
}

/** Combines both answers. If one engine broke, the other's answer stands and a note says so. */
function combineBothEngines(native: EngineAnswer, wasm: EngineAnswer): Read<C2paEvidence> {
  if ('read' in native && 'read' in wasm) return combineOpinions(native.read, wasm.read);
  const alone = (read: Read<C2paEvidence>, name: EngineName, fault: ReadFault) =>
    addNotes(read, engineMessage(name, fault), message('note.noSecondOpinion'));
  if ('read' in native) return 'fault' in wasm ? alone(native.read, 'wasm', wasm.fault) : native.read;
  if ('read' in wasm) return alone(wasm.read, 'native', native.fault);
  return concludeNoAnswer([
    { name: 'native', fault: native.fault },
    { name: 'wasm', fault: wasm.fault },
  ]);
}

interface Fault {
  name: EngineName;
  fault: ReadFault;
}

/**
 * An engine that broke on this file is more informative than a missing one. The message of each engine is added as a
 * note.
 */
function concludeNoAnswer(faults: Fault[]): Read<C2paEvidence> {
  const broke = faults.findLast(({ fault }) => fault.code !== ENGINE_MISSING);
  return addNotes(
    { status: 'failed', ...(broke?.fault ?? fault('c2pa.noEngine')) },
    ...faults.map(({ name, fault: one }) => engineMessage(name, one)),
  );
}

/** The fragments of an initialisation segment are separate files. */
async function markInitSegment(read: Read<C2paEvidence>, asset: Asset): Promise<Read<C2paEvidence>> {
  if (asset.mediaType.container !== 'bmff' || read.status !== 'found' || read.value.kind !== 'store')
    return read;
  if (!(await isInitialisationSegment(asset))) return read;
  return addNotes({ ...read, value: { ...read.value, initSegmentOnly: true } }, message('note.initSegment'));
}
