import { said } from '../../say/said.js';
import type { Evidence } from '../evidence/evidence.js';
import { fault, faultSaid, type ReadFault } from '../ground/fault.js';
import type { Asset } from '../media/asset.js';
import { CARRIERS, type Carrier, EACH_CARRIER, type Read, type Skipped } from '../media/carrier.js';
import type { MediaType } from '../media/media-kinds.js';
import { READERS } from './index.js';
import { NOT_ASKED } from './pixels/picture.js';
import type { ReadContext, Reader } from './reader.js';
import { withStated } from './stated-beside.js';
import { withXmpSidecars } from './xmp-sidecars.js';

type Skips = Partial<Record<Carrier, Skipped>>;

/** Each reader in its own try, one after the other, so that a death can be blamed on one. Never throws. */
export async function readAll(asset: Asset, context: ReadContext, skip: Skips = {}): Promise<Evidence> {
  const evidence: Record<Carrier, Read<unknown> | undefined> = { ...EACH_CARRIER };
  const asked: Asked[] = [];
  for (const carrier of CARRIERS) {
    const reader = READERS[carrier];
    const outside =
      outsideReach(reader, asset.mediaType, context.deep === true) ??
      withoutBoxes(reader, asset.mediaType, context);
    const beside = besideFile(reader, context);
    const skipped = skip[carrier];
    // Of most carriers: nothing is waited for.
    if (outside && !beside) evidence[carrier] = outside;
    else if (skipped) evidence[carrier] = { status: 'failed', ...skipped };
    else asked.push({ reader, outside, beside });
  }
  let left = asked.length;
  for (const one of asked) {
    left -= 1;
    evidence[one.reader.carrier] = await readOne(one, asset, context, left > 0);
  }
  return evidence as unknown as Evidence;
}

interface Asked {
  reader: Reader;
  outside: Read<unknown> | undefined;
  beside: Beside | undefined;
}

/** What can be said of each carrier where the file was not read at all. */
export function unreadEvidence(fault: ReadFault): Evidence {
  return Object.fromEntries(
    CARRIERS.map((carrier) => [carrier, { status: 'failed', ...fault }]),
  ) as unknown as Evidence;
}

async function readOne(
  { reader, outside, beside }: Asked,
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
    context.onStep?.({ step: carrier, state: 'end', goesOn });
  }
}

type Beside = (own: Read<unknown>, mediaType: MediaType) => Read<unknown> | Promise<Read<unknown>>;

/** What was brought beside a file, or stands beside a part, is read, or told as not read, whatever the file's own format has of the carrier. */
function besideFile({ carrier }: Reader, { sidecars, stated }: ReadContext): Beside | undefined {
  if (stated === undefined && sidecars === undefined) return undefined;
  if (stated !== undefined && (carrier === 'xmp' || carrier === 'exif'))
    return (own) => withStated(carrier, own, stated);
  // Those of the file cover what stands in it, and there is no place for others that cover a coded picture alone.
  if (stated !== undefined && carrier === 'c2pa')
    return (own, { format }) =>
      'code' in own && own.code === 'carrier.none'
        ? { status: 'absent', notes: [faultSaid(noCarrier(carrier, format))] }
        : own;
  if (sidecars === undefined) return undefined;
  if (carrier === 'xmp') return (own) => withXmpSidecars(own as Evidence['xmp'], sidecars);
  const { store, fault: unknown } = sidecars;
  if (carrier !== 'c2pa' || (store === undefined && unknown === undefined)) return undefined;
  return (own, { format }) =>
    'code' in own && own.code === 'carrier.none'
      ? { status: 'unsupported', ...(unknown ?? fault('carrier.notRead', { what: 'credentials', format })) }
      : own;
}

/** `carrier.none` where the container has no such carrier, `carrier.notRead` where it may and this reader does not look. */
function outsideReach(
  { carrier, reach }: Reader,
  { container, format, fault: words, unread }: MediaType,
  deep: boolean,
): Read<unknown> | undefined {
  if (container === 'other') {
    return {
      status: 'unsupported',
      ...fault('carrier.notRead', { what: 'format', format }),
      ...(words === undefined ? {} : { notes: [said('note.unknownFormat', { words })] }),
    };
  }
  const here =
    container === 'unread' ? (unread?.mayHold.includes(carrier) ? 'unreached' : 'none') : reach[container];
  if (here === 'read') return undefined;
  // Pixels are looked at only when asked, and not even then here: who did not ask has missed nothing.
  if (here === 'unreached' && ONLY_WHEN_ASKED.has(carrier) && !deep) return NOT_ASKED;
  if (here === 'unreached') {
    return { status: 'unsupported', ...fault('carrier.notRead', { what: 'other', format }) };
  }
  return none(carrier, format);
}

/** Of JPEG XL these stand in boxes, and a bare codestream has none. */
const IN_BOXES: ReadonlySet<Carrier> = new Set(['c2pa', 'xmp', 'exif', 'privateChunk', 'thumbnail']);

function withoutBoxes(
  { carrier }: Reader,
  { format, isBare }: MediaType,
  { sidecars }: ReadContext,
): Read<unknown> | undefined {
  if (!isBare || !IN_BOXES.has(carrier)) return undefined;
  if (carrier !== 'c2pa') return none(carrier, format);
  // A manifest store may be brought beside the file; in it there is none, whatever the engines say of such a file.
  return sidecars?.store === undefined && sidecars?.fault === undefined
    ? { status: 'absent', notes: [faultSaid(noCarrier(carrier, format))] }
    : undefined;
}

/** The same of every file of a format: most of what is told of a file's carriers. */
const none = (carrier: Carrier, format: string): Read<unknown> => {
  const ofFormat = NONE.get(format) ?? new Map<Carrier, Read<unknown>>();
  const known = ofFormat.get(carrier);
  if (known !== undefined) return known;
  const read = Object.freeze({ status: 'unsupported' as const, ...noCarrier(carrier, format) });
  ofFormat.set(carrier, read);
  if (NONE.size < MOST_FORMATS) NONE.set(format, ofFormat);
  return read;
};
const NONE = new Map<string, Map<Carrier, Read<unknown>>>();
/** More than there are; the name of a format may be made of what stands in a file. */
const MOST_FORMATS = 256;

const noCarrier = (carrier: Carrier, format: string): ReadFault =>
  fault('carrier.none', { what: carrier === 'c2pa' ? 'credentials' : 'other', format });

const ONLY_WHEN_ASKED: ReadonlySet<Carrier> = new Set([
  'stealthText',
  'pixelProof',
  'pixelWatermark',
  'thumbnail',
]);
