import { said } from '../../../say/said.js';
import { activeIntegrity } from '../../c2pa/integrity.js';
import { type C2paEvidence, initIsOther, segmentIsUnnamed } from '../../c2pa/manifest-store.js';
import { bareFault, fault } from '../../ground/fault.js';
import type { Read } from '../../media/carrier.js';
import { namesItsHash } from '../manifest-store/bmff.js';
import { readManifestStore } from '../manifest-store/index.js';
import type { ReadContext, Stream } from '../reader.js';
import { ask, ENGINE_MISSING, saidBy } from './ask.js';
import { crowdedBoxes } from './crowded-boxes.js';
import { sdkFormat } from './formats.js';
import { remarked } from './second-opinion.js';
import { mayHoldManifest } from './sniff.js';

type C2paRead = Read<C2paEvidence>;

/**
 * A segment with the manifest store of its initialisation segment, whose hash has a leaf for each segment (C2PA 2.2
 * §9.2.4.2). Only the WASM SDK has a call for it: without it nothing was looked at, and that is said.
 */
export async function readFragment({ init, segment }: Stream, context: ReadContext): Promise<C2paRead> {
  if (context.sidecars?.store !== undefined)
    return { status: 'unsupported', ...fault('segment.notWithSidecar') };
  if (context.engine === 'native') return needsWasm();
  const { mime, format } = init.mediaType;
  const asked = sdkFormat(mime);
  const notRead = {
    status: 'unsupported',
    ...fault('carrier.notRead', { what: 'credentials', format }),
  } as const;
  if (asked === undefined) return notRead;
  // A live stream may sign each segment for itself (C2PA 2.3): the SDK looks for no store there.
  const own = (await readManifestStore(segment)).status !== 'absent';
  const nothing = async (): Promise<C2paRead> => {
    if (own) return notRead;
    if (await namesItsHash(segment)) return { status: 'unsupported', ...fault('segment.initUnsigned') };
    return { status: 'absent' };
  };
  if (context.engine === 'auto' && !(await mayHoldManifest(init))) return nothing();
  const crowded = (await crowdedBoxes(init)) ?? (await crowdedBoxes(segment));
  if (crowded) return { status: 'failed', ...bareFault(crowded) };
  const answer = await ask('wasm', context, async (engine) =>
    engine.readFragment
      ? engine.readFragment(await init.source(), await segment.source(), asked)
      : needsWasm(),
  );
  if ('fault' in answer) {
    if (answer.fault.code === ENGINE_MISSING) return remarked(needsWasm(), saidBy('wasm', answer.fault));
    return { status: 'failed', ...answer.fault };
  }
  const { read } = answer;
  if (read.status === 'absent') return nothing();
  const notes = [
    ...(own ? [said('note.segment.own')] : []),
    ...(context.engine === 'both' ? [said('note.segment.native')] : []),
  ];
  if (read.status !== 'found' || read.value.kind !== 'store') return remarked(read, ...notes);
  const { value } = read;
  const broken = value.codes.active.filter(({ code }) => code === 'assertion.bmffHash.mismatch');
  // Nothing ties the two together, so what that manifest states is no statement of this segment.
  if (broken.length > 0 && broken.every(segmentIsUnnamed))
    return remarked({ status: 'unsupported', ...fault('segment.notOfInit') }, ...notes);
  const alone = activeIntegrity(value).integrity === 'altered';
  return remarked(
    { ...read, value: alone ? { ...value, saidAlone: said('engine.alone.segment') } : value },
    said('note.segment.read', { init: await init.sha256() }),
    ...(broken.length > 0
      ? [said('note.segment.differs', { what: broken.some(initIsOther) ? 'init' : 'segment' })]
      : []),
    ...notes,
  );
}

function needsWasm(): C2paRead {
  return { status: 'unsupported', ...fault('c2pa.segmentNeedsWasm') };
}
