import { fault, faultMessage, type ReadFault } from '../../base/fault.js';
import { message } from '../../i18n/message.js';
import type { Evidence } from '../evidence/evidence.js';
import type { Asset } from '../media/asset.js';
import { CARRIERS, type Carrier, EACH_CARRIER, type Read, type SkippedRead } from '../media/carrier.js';
import type { MediaType } from '../media/media-kinds.js';
import { TEXT_MEDIA_TYPE } from '../media/media-types.js';
import { CONTAINER_REACH } from './container-reach.js';
import { READERS } from './index.js';
import { mergeStated } from './merge-stated.js';
import { NOT_REQUESTED } from './pixels/picture.js';
import type { ReadContext, Reader } from './reader.js';
import { mergeXmpSidecars } from './xmp/xmp-sidecars.js';

type Skips = Partial<Record<Carrier, SkippedRead>>;

/** Runs the readers one after the other, each in its own try, so that a death can be attributed to one. Never throws. */
export async function readAll(asset: Asset, context: ReadContext, skip: Skips = {}): Promise<Evidence> {
  const evidence: Record<Carrier, Read<unknown> | undefined> = { ...EACH_CARRIER };
  const asked: PendingReader[] = [];
  for (const carrier of CARRIERS) {
    const reader = READERS[carrier];
    const outside =
      unsupportedRead(carrier, asset.mediaType, context.deep === true) ??
      withoutBoxes(reader, asset.mediaType, context);
    const merge = mergerFor(reader, context);
    const skipped = skip[carrier];
    // Most carriers are decided here without any waiting.
    if (outside && !merge) evidence[carrier] = outside;
    else if (skipped) evidence[carrier] = { status: 'failed', ...skipped };
    else asked.push({ reader, outside, merge });
  }
  let left = asked.length;
  for (const one of asked) {
    left -= 1;
    evidence[one.reader.carrier] = await readOne(one, asset, context, left > 0);
  }
  return evidence as unknown as Evidence;
}

interface PendingReader {
  reader: Reader;
  outside: Read<unknown> | undefined;
  merge: MergeAttached | undefined;
}

/** Returns evidence for a file that was not read at all, with the same fault for each carrier. */
export function createUnreadEvidence(fault: ReadFault): Evidence {
  return Object.fromEntries(
    CARRIERS.map((carrier) => [carrier, { status: 'failed', ...fault }]),
  ) as unknown as Evidence;
}

async function readOne(
  { reader, outside, merge: beside }: PendingReader,
  asset: Asset,
  context: ReadContext,
  goesOn: boolean,
): Promise<Read<unknown>> {
  const { carrier } = reader;
  context.onStep?.({ step: carrier, state: 'start' });
  try {
    const own = outside ?? (await reader.read(asset, context));
    return beside ? await beside(own, asset.mediaType) : own;
  } catch (error) {
    const words = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    return { status: 'failed', ...fault('reader.error', { words: words.split('\n')[0] ?? '' }) };
  } finally {
    context.onStep?.({ step: carrier, state: 'end', continuesAtOnce: goesOn });
  }
}

type MergeAttached = (own: Read<unknown>, mediaType: MediaType) => Read<unknown> | Promise<Read<unknown>>;

/**
 * Returns how data from sidecars or from the containing file are merged into a carrier. They are read, or reported as
 * not read, whether or not the file's own format supports the carrier.
 */
function mergerFor({ carrier }: Reader, { sidecars, stated }: ReadContext): MergeAttached | undefined {
  if (stated === undefined && sidecars === undefined) return undefined;
  if (stated !== undefined && (carrier === 'xmp' || carrier === 'exif'))
    return (own) => mergeStated(carrier, own, stated);
  // The file's own credentials cover its content, and the format has no embedding for credentials of a coded picture
  // alone.
  if (stated !== undefined && carrier === 'c2pa')
    return (own, { format }) =>
      'code' in own && own.code === 'carrier.none'
        ? { status: 'absent', notes: [faultMessage(noCarrierFault(carrier, format))] }
        : own;
  if (sidecars === undefined) return undefined;
  if (carrier === 'xmp') return (own) => mergeXmpSidecars(own as Evidence['xmp'], sidecars);
  const { store, fault: unknown } = sidecars;
  if (carrier !== 'c2pa' || (store === undefined && unknown === undefined)) return undefined;
  return (own, { format }) =>
    'code' in own && own.code === 'carrier.none'
      ? { status: 'unsupported', ...(unknown ?? fault('carrier.notRead', { what: 'credentials', format })) }
      : own;
}

/**
 * Returns `carrier.none` if the container cannot have the carrier, `carrier.notRead` if it can but this reader does not
 * search it.
 */
function unsupportedRead(
  carrier: Carrier,
  { container, format, fault: words, unread }: MediaType,
  deep: boolean,
): Read<unknown> | undefined {
  if (container === 'other') {
    return {
      status: 'unsupported',
      ...fault('carrier.notRead', { what: format === TEXT_MEDIA_TYPE.format ? 'text' : 'format', format }),
      ...(words === undefined ? {} : { notes: [message('note.unknownFormat', { words })] }),
    };
  }
  const here =
    container !== 'unread'
      ? CONTAINER_REACH[container][carrier]
      : unread?.mayHold.includes(carrier)
        ? 'unreached'
        : 'none';
  if (here === 'read') return undefined;
  // Pixels are examined only on request and not in this format, so a caller who did not request it missed nothing.
  if (here === 'unreached' && ONLY_ON_REQUEST.has(carrier) && !deep) return NOT_REQUESTED;
  if (here === 'unreached') {
    return { status: 'unsupported', ...fault('carrier.notRead', { what: 'other', format }) };
  }
  return sharedNoCarrier(carrier, format);
}

/** Carriers that JPEG XL stores in boxes, which a bare codestream lacks. */
const IN_BOXES: ReadonlySet<Carrier> = new Set(['c2pa', 'xmp', 'exif', 'privateChunk', 'thumbnail']);

function withoutBoxes(
  { carrier }: Reader,
  { format, isBare }: MediaType,
  { sidecars }: ReadContext,
): Read<unknown> | undefined {
  if (!isBare || !IN_BOXES.has(carrier)) return undefined;
  if (carrier !== 'c2pa') return sharedNoCarrier(carrier, format);
  // A manifest store may be supplied as a sidecar; the file itself has none, whatever the engines report.
  return sidecars?.store === undefined && sidecars?.fault === undefined
    ? { status: 'absent', notes: [faultMessage(noCarrierFault(carrier, format))] }
    : undefined;
}

/** Returns the shared result for all files of a format, which is the majority of a file's carriers. */
const sharedNoCarrier = (carrier: Carrier, format: string): Read<unknown> => {
  const ofFormat = NONE.get(format) ?? new Map<Carrier, Read<unknown>>();
  const known = ofFormat.get(carrier);
  if (known !== undefined) return known;
  const read = Object.freeze({ status: 'unsupported' as const, ...noCarrierFault(carrier, format) });
  ofFormat.set(carrier, read);
  if (NONE.size < MAX_FORMATS) NONE.set(format, ofFormat);
  return read;
};
const NONE = new Map<string, Map<Carrier, Read<unknown>>>();
/** Maximum cache size, larger than the number of formats; a format's name may be derived from file content. */
const MAX_FORMATS = 256;

const noCarrierFault = (carrier: Carrier, format: string): ReadFault =>
  fault('carrier.none', { what: carrier === 'c2pa' ? 'credentials' : 'other', format });

const ONLY_ON_REQUEST: ReadonlySet<Carrier> = new Set([
  'stealthText',
  'pixelProof',
  'pixelWatermark',
  'thumbnail',
]);
