import { fault, pickFault } from '../../../base/fault.js';
import { message } from '../../../i18n/message.js';
import { activeIntegrity } from '../../c2pa/integrity.js';
import { type C2paEvidence, isOtherInit, isUnnamedSegment } from '../../c2pa/manifest-store.js';
import type { Read } from '../../media/carrier.js';
import { hasSegmentHash } from '../manifest-store/bmff.js';
import { readManifestStore } from '../manifest-store/index.js';
import type { ReadContext, SegmentedStream } from '../reader.js';
import { askEngine, ENGINE_MISSING, engineMessage } from './ask.js';
import { findCrowdedBoxes } from './crowded-boxes.js';
import { toSdkFormat } from './formats.js';
import { addNotes } from './second-opinion.js';
import { mayHoldManifest } from './sniff.js';

type C2paRead = Read<C2paEvidence>;

/**
 * Reads a segment with the manifest store of its initialisation segment, whose hash has a leaf for each segment (C2PA
 * 2.2 §9.2.4.2). Only the WASM SDK has a call for it; without it the segment is not checked, and the result says so.
 */
export async function readFragment(
  { init, segment }: SegmentedStream,
  context: ReadContext,
): Promise<C2paRead> {
  if (context.sidecars?.store !== undefined)
    return { status: 'unsupported', ...fault('segment.notWithSidecar') };
  if (context.engine === 'native') return needsWasm();
  const { mime, format } = init.mediaType;
  const asked = toSdkFormat(mime);
  const notRead = {
    status: 'unsupported',
    ...fault('carrier.notRead', { what: 'credentials', format }),
  } as const;
  if (asked === undefined) return notRead;
  // A live stream may sign each segment separately (C2PA 2.3). The SDK looks for no store there.
  const own = (await readManifestStore(segment)).status !== 'absent';
  const nothing = async (): Promise<C2paRead> => {
    if (own) return notRead;
    if (await hasSegmentHash(segment)) return { status: 'unsupported', ...fault('segment.initUnsigned') };
    return { status: 'absent' };
  };
  if (context.engine === 'auto' && !(await mayHoldManifest(init))) return nothing();
  const crowded = (await findCrowdedBoxes(init)) ?? (await findCrowdedBoxes(segment));
  if (crowded) return { status: 'failed', ...pickFault(crowded) };
  const answer = await askEngine('wasm', context, async (engine) =>
    engine.readFragment
      ? engine.readFragment(await init.source(), await segment.source(), asked)
      : needsWasm(),
  );
  if ('fault' in answer) {
    if (answer.fault.code === ENGINE_MISSING)
      return addNotes(needsWasm(), engineMessage('wasm', answer.fault));
    return { status: 'failed', ...answer.fault };
  }
  const { read } = answer;
  if (read.status === 'absent') return nothing();
  const notes = [
    ...(own ? [message('note.segment.own')] : []),
    ...(context.engine === 'both' ? [message('note.segment.native')] : []),
  ];
  if (read.status !== 'found' || read.value.kind !== 'store') return addNotes(read, ...notes);
  const { value } = read;
  const broken = value.codes.active.filter(({ code }) => code === 'assertion.bmffHash.mismatch');
  // Nothing links the two, so the manifest makes no statement about this segment.
  if (broken.length > 0 && broken.every(isUnnamedSegment))
    return addNotes({ status: 'unsupported', ...fault('segment.notOfInit') }, ...notes);
  const alone = activeIntegrity(value).integrity === 'altered';
  return addNotes(
    { ...read, value: alone ? { ...value, soleEngine: message('engine.alone.segment') } : value },
    message('note.segment.read', { init: await init.sha256() }),
    ...(broken.length > 0
      ? [message('note.segment.differs', { what: broken.some(isOtherInit) ? 'init' : 'segment' })]
      : []),
    ...notes,
  );
}

function needsWasm(): C2paRead {
  return { status: 'unsupported', ...fault('c2pa.segmentNeedsWasm') };
}
