import { type Said, said } from '../../../say/said.js';
import type { AssetPart } from '../../evidence/evidence.js';
import { compact } from '../../ground/json-shape.js';
import { limits } from '../../ground/limits.js';
import type { Asset } from '../../media/asset.js';
import type { WalkFault } from '../conclude.js';
import type { JpegWalk } from '../containers/jpeg-segments.js';
import { mpfIndex, mpfSegment } from '../containers/mpf-index.js';
import { metadataBlocks } from '../metadata-blocks.js';

/** What a picture says of the files that stand in or behind it. It is held against what stands there. */

export interface Announced {
  kind: AssetPart['kind'];
  /** What says so. */
  index: 'MPF' | 'XMP Container' | 'XMP MicroVideo';
  /** Where it would begin: XMP gives lengths alone, which can be counted from either end. */
  starts: number[];
  bytes: number;
  place: string;
}

export interface Announcements {
  items: Announced[];
  fault?: WalkFault | undefined;
  notes: Said[];
}

const GAIN_MAP_TYPE = 0x050000;

/** By the index of CIPA DC-007 and by Google's XMP. `end`: of the picture itself. */
export async function announcedBy(asset: Asset, walk: JpegWalk, end: number): Promise<Announcements> {
  const inIndex = await inMpf(asset, walk);
  const inXmp = await inGooglesXmp(asset, end);
  return compact({ items: [...inIndex.items, ...inXmp], fault: inIndex.fault, notes: inIndex.notes });
}

async function inMpf(asset: Asset, walk: JpegWalk): Promise<Announcements> {
  const segment = mpfSegment(walk.items);
  if (!segment) return { items: [], notes: [] };
  const { items, fault, damaged } = await mpfIndex(asset, segment);
  return {
    items: items.map(({ type, offset, bytes }, at) => ({
      kind: type === GAIN_MAP_TYPE ? 'gain-map' : 'mpf-image',
      index: 'MPF',
      starts: [offset],
      bytes,
      place: `MPF ${at + 2}`,
    })),
    fault,
    notes: damaged ? [said('note.partIndex.damaged', { index: 'MPF' })] : [],
  };
}

const GOOGLE = 'http://ns.google.com/photos/1.0/';
const CONTAINER_ITEM = `${GOOGLE}container/item/`;
const CAMERA = `${GOOGLE}camera/`;

/** What each thing in the directory is (Motion Photo format 1.0; Ultra HDR Image Format 1.1; Dynamic Depth 1.0). */
const SEMANTICS: ReadonlyMap<string, AssetPart['kind']> = new Map<string, AssetPart['kind']>([
  ['MotionPhoto', 'motion-video'],
  ['GainMap', 'gain-map'],
  ['Depth', 'auxiliary-image'],
  ['Confidence', 'auxiliary-image'],
]);

/** A directory of all that the file is made of, in order and with lengths; formerly how far the video is from the end. */
async function inGooglesXmp(asset: Asset, end: number): Promise<Announced[]> {
  const { xmp } = await metadataBlocks(asset);
  const own = xmp.filter(({ bytes }) => bytes.includes(GOOGLE)).slice(0, limits.xmpPackets);
  if (own.length === 0) return [];
  const { parseXmpPacket } = await import('../xmp-packet.js');
  const found: Announced[] = [];
  for (const { bytes, place } of own) {
    const properties = parseXmpPacket(bytes, place).packet?.properties ?? [];
    const items = new Map<string, Map<string, string>>();
    for (const { namespace, name, path, value } of properties) {
      if (namespace === CAMERA && name === 'MicroVideoOffset')
        found.push(...microVideo(Number(value), asset, end));
      if (namespace !== CONTAINER_ITEM) continue;
      const item = path.slice(0, path.lastIndexOf('/'));
      items.set(item, (items.get(item) ?? new Map<string, string>()).set(name, value));
    }
    found.push(...inDirectory([...items.values()], asset.bytes, end));
  }
  return found.slice(0, limits.parts);
}

function microVideo(fromEnd: number, asset: Asset, end: number): Announced[] {
  if (!Number.isSafeInteger(fromEnd) || fromEnd <= 0) return [];
  const at = asset.bytes - fromEnd;
  return [
    {
      kind: 'motion-video',
      index: 'XMP MicroVideo',
      starts: at < end ? [] : [at],
      bytes: fromEnd,
      place: 'XMP GCamera:MicroVideoOffset',
    },
  ];
}

function inDirectory(items: ReadonlyMap<string, string>[], bytes: number, end: number): Announced[] {
  const sizeOf = (value: string | undefined) => {
    const size = Number(value ?? 0);
    return Number.isSafeInteger(size) && size >= 0 ? size : 0;
  };
  const [first, ...further] = items.slice(0, limits.parts + 1).map((item) => ({
    semantic: item.get('Semantic') ?? '',
    bytes: sizeOf(item.get('Length')),
    padding: sizeOf(item.get('Padding')),
  }));
  let fromStart = end + (first?.padding ?? 0);
  let fromEnd = bytes - further.reduce((sum, item) => sum + item.bytes + item.padding, 0);
  return further.map((item) => {
    const starts = [...new Set([fromStart, fromEnd])].filter((at) => at >= end && at < bytes);
    fromStart += item.bytes + item.padding;
    fromEnd += item.bytes + item.padding;
    const kind = SEMANTICS.get(item.semantic) ?? 'mpf-image';
    return { kind, index: 'XMP Container', starts, bytes: item.bytes, place: 'XMP Container:Directory' };
  });
}
