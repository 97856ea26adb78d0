import { faultMessage } from '../../../base/fault.js';
import { compact } from '../../../base/json-shape.js';
import { type Message, message } from '../../../i18n/message.js';
import type { Asset } from '../../media/asset.js';
import type { WalkFault } from '../conclude.js';
import { type EbmlElement, EbmlWalk } from './ebml-elements.js';
import { cachePerAsset, malformed } from './walk.js';

/** Identifiers of RFC 9559, with their marker bits. */
export const MATROSKA = {
  header: 0x1a45dfa3,
  segment: 0x18538067,
  seekHead: 0x114d9b74,
  info: 0x1549a966,
  tracks: 0x1654ae6b,
  cluster: 0x1f43b675,
  cues: 0x1c53bb6b,
  chapters: 0x1043a770,
  tags: 0x1254c367,
  attachments: 0x1941a469,
} as const;

const IN_SEGMENT: ReadonlySet<number> = new Set(
  Object.values(MATROSKA).filter((id) => id !== MATROSKA.header && id !== MATROSKA.segment),
);
const SEEK = { entry: 0x4dbb, id: 0x53ab, position: 0x53ac } as const;
const TO_SEEK: ReadonlySet<number> = new Set([
  MATROSKA.info,
  MATROSKA.tracks,
  MATROSKA.tags,
  MATROSKA.attachments,
]);

export interface MatroskaSegment {
  /** Children of the segments in file order, without all clusters but the first. */
  parts: EbmlElement[];
  walk: EbmlWalk;
  fault?: WalkFault;
  /** Note about bytes after complete segments that are not an element. */
  outside?: Message;
}

/** Returns the children of every segment. Clusters are skipped by their size, or element by element if they have none. */
export function readMatroskaSegment(asset: Asset): Promise<MatroskaSegment> {
  return cachePerAsset(asset, 'matroska', async () => {
    const walk = new EbmlWalk(asset);
    const parts: EbmlElement[] = [];
    let outside: Message | undefined;
    for (let at = 0; at < asset.bytes; ) {
      const before = walk.fault;
      const element = await walk.at(at, asset.bytes);
      if (!element) {
        if (!before && parts.length > 0 && walk.fault?.kind === 'malformed') {
          outside = message('note.segmentsBeforeFault', { why: faultMessage(walk.fault) });
          walk.fault = undefined;
        }
        break;
      }
      at =
        element.id === MATROSKA.segment
          ? await readSegment(walk, element, parts)
          : element.dataOffset + element.dataBytes;
    }
    const fault = walk.fault;
    // Elements listed in the index are read even if a fault prevents the walk from reaching them.
    if (fault) await readIndexedElements(walk, parts);
    return compact({ parts, walk, fault, outside });
  });
}

async function readSegment(walk: EbmlWalk, segment: EbmlElement, parts: EbmlElement[]): Promise<number> {
  const end = Math.min(segment.dataOffset + segment.dataBytes, walk.asset.bytes);
  let at = segment.dataOffset;
  while (at < end) {
    const element = await walk.at(at, end);
    if (!element) break;
    // The header of the next segment ends a segment of unknown size.
    if (segment.hasUnknownSize && element.id === MATROSKA.header) return at;
    const cluster = element.id === MATROSKA.cluster;
    if (IN_SEGMENT.has(element.id) && !(cluster && parts.some((p) => p.id === MATROSKA.cluster)))
      parts.push(element);
    at = element.hasUnknownSize
      ? await findClusterEnd(walk, element, end)
      : element.dataOffset + element.dataBytes;
  }
  if (!walk.fault && at > walk.asset.bytes) walk.fault = malformed('ebml.truncated', { what: 'other' });
  if (!walk.fault && !segment.hasUnknownSize && segment.dataOffset + segment.dataBytes > walk.asset.bytes)
    walk.fault = malformed('ebml.truncated', { what: 'segment' });
  return at;
}

/** Returns the end of a cluster of unknown size: the next element that cannot be in a cluster. */
async function findClusterEnd(walk: EbmlWalk, cluster: EbmlElement, end: number): Promise<number> {
  let at = cluster.dataOffset;
  while (at < end) {
    const child = await walk.at(at, end);
    if (!child || IN_SEGMENT.has(child.id) || child.id === MATROSKA.header) break;
    at = child.dataOffset + child.dataBytes;
  }
  return at;
}

/** Reads the elements that the index lists. Positions count from the start of the segment's data (RFC 9559 §5.1.1). */
async function readIndexedElements(walk: EbmlWalk, parts: EbmlElement[]): Promise<void> {
  const index = parts.find((p) => p.id === MATROSKA.seekHead);
  if (!index) return;
  const { asset } = walk;
  const inIndex = new EbmlWalk(asset);
  const base = await segmentStart(inIndex);
  for (const entry of await inIndex.children(index)) {
    if (entry.id !== SEEK.entry) continue;
    const fields = await inIndex.children(entry);
    const position = fields.find((f) => f.id === SEEK.position);
    if (!position || position.dataBytes > 6 || position.dataBytes === 0) continue;
    const at = base + (await inIndex.data(position, 6)).readUIntBE(0, position.dataBytes);
    const element = at < asset.bytes ? await new EbmlWalk(asset).at(at, asset.bytes) : undefined;
    if (element && TO_SEEK.has(element.id) && !parts.some((p) => p.offset === element.offset))
      parts.push(element);
  }
}

async function segmentStart(walk: EbmlWalk): Promise<number> {
  const header = await walk.at(0, walk.asset.bytes);
  if (!header) return 0;
  const segment = await walk.at(header.dataOffset + header.dataBytes, walk.asset.bytes);
  return segment?.dataOffset ?? 0;
}
