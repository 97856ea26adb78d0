import type { Asset } from './asset.js';
import { CARRIERS, type Carrier, type Evidence, type Read, type ReadFault } from './evidence.js';
import type { MediaType } from './media-types.js';
import type { ReadContext, Reader } from './reader.js';
import { READERS } from './readers/index.js';

type Skips = Partial<Record<Carrier, ReadFault>>;

/** Each reader in its own try, one after the other, so that a death can be blamed on one. Never throws. */
export async function readAll(asset: Asset, context: ReadContext, skip: Skips = {}): Promise<Evidence> {
  const evidence: Partial<Record<Carrier, Read<unknown>>> = {};
  for (const carrier of CARRIERS) {
    evidence[carrier] = await readOne(READERS[carrier], asset, context, skip[carrier]);
  }
  return evidence as Evidence;
}

/** What can be said of each carrier where the file was not read at all. */
export function unreadEvidence(fault: ReadFault): Evidence {
  return Object.fromEntries(
    CARRIERS.map((carrier) => [carrier, { status: 'failed', ...fault }]),
  ) as unknown as Evidence;
}

async function readOne(
  reader: Reader,
  asset: Asset,
  context: ReadContext,
  fault: ReadFault | undefined,
): Promise<Read<unknown>> {
  const outside = outsideReach(reader, asset.mediaType) ?? withoutBoxes(reader, asset.mediaType, context);
  if (outside) return outside;
  if (fault) return { status: 'failed', ...fault };
  context.onStep?.({ step: reader.carrier, state: 'start' });
  try {
    return await reader.read(asset, context);
  } catch (error) {
    const words = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    return {
      status: 'failed',
      code: 'reader.error',
      reason: `The reader failed (${words.split('\n')[0]?.slice(0, 160) ?? ''}).`,
    };
  } finally {
    context.onStep?.({ step: reader.carrier, state: 'end' });
  }
}

/** `carrier.none` where the container has no such carrier, `carrier.notRead` where it may and this reader does not look. */
function outsideReach(reader: Reader, { container, format, fault }: MediaType): Read<unknown> | undefined {
  if (reader.containers.includes(container)) return undefined;
  if (container === 'other') {
    return {
      status: 'unsupported',
      code: 'carrier.notRead',
      reason: `The file’s format was not recognised${fault === undefined ? '' : ` (${fault})`}, so nothing in it was read.`,
    };
  }
  if (reader.unreached?.includes(container)) {
    return {
      status: 'unsupported',
      code: 'carrier.notRead',
      reason: `Not read in ${format} files by this version.`,
    };
  }
  return none(format);
}

/** Of JPEG XL these stand in boxes, and a bare codestream has none. */
const IN_BOXES: ReadonlySet<Carrier> = new Set(['c2pa', 'xmp', 'exif', 'privateChunk', 'thumbnail']);

function withoutBoxes(
  { carrier }: Reader,
  { format, isBare }: MediaType,
  { sidecarPath }: ReadContext,
): Read<unknown> | undefined {
  if (!isBare || !IN_BOXES.has(carrier)) return undefined;
  if (carrier !== 'c2pa') return none(format);
  // A manifest store may be brought beside the file; in it there is none, whatever the engines say of such a file.
  return sidecarPath === undefined ? { status: 'absent', note: reasonOfNone(format) } : undefined;
}

const none = (format: string): Read<unknown> => ({
  status: 'unsupported',
  code: 'carrier.none',
  reason: reasonOfNone(format),
});

const reasonOfNone = (format: string): string => `${format} files have no such carrier.`;
