import { compact } from '../../../base/json-shape.js';
import { limits } from '../../../base/limits.js';
import { type Message, message } from '../../../i18n/message.js';
import type { AssetPart } from '../../evidence/evidence.js';
import type { Asset } from '../../media/asset.js';
import { readMetadataBlocks } from '../blocks/metadata-blocks.js';
import type { WalkFault } from '../conclude.js';
import type { JpegWalk } from '../containers/jpeg-segments.js';
import { findMpfSegment, readMpfIndex } from '../containers/mpf-index.js';

/** Files that a picture declares inside or after itself, to be compared with the files that are actually there. */

export interface DeclaredPart {
  kind: AssetPart['kind'];
  /** Source of the declaration. */
  index: 'MPF' | 'XMP Container' | 'XMP MicroVideo';
  /** Possible start offsets: XMP gives only lengths, which can be counted from either end. */
  starts: number[];
  bytes: number;
  locator: string;
}

export interface DeclaredParts {
  items: DeclaredPart[];
  fault?: WalkFault | undefined;
  notes: Message[];
}

const GAIN_MAP_TYPE = 0x050000;

/** Returns the declarations in the index of CIPA DC-007 and in Google's XMP. `end`: end of the picture itself. */
export async function readDeclaredParts(asset: Asset, walk: JpegWalk, end: number): Promise<DeclaredParts> {
  const inIndex = await readMpfParts(asset, walk);
  const inXmp = await readGoogleXmpParts(asset, end);
  return compact({ items: [...inIndex.items, ...inXmp], fault: inIndex.fault, notes: inIndex.notes });
}

async function readMpfParts(asset: Asset, walk: JpegWalk): Promise<DeclaredParts> {
  const segment = findMpfSegment(walk.items);
  if (!segment) return { items: [], notes: [] };
  const { items, fault, isDamaged: damaged } = await readMpfIndex(asset, segment);
  return {
    items: items.map(({ type, offset, bytes }, at) => ({
      kind: type === GAIN_MAP_TYPE ? 'gain-map' : 'mpf-image',
      index: 'MPF',
      starts: [offset],
      bytes,
      locator: `MPF ${at + 2}`,
    })),
    fault,
    notes: damaged ? [message('note.partIndex.damaged', { index: 'MPF' })] : [],
  };
}

const GOOGLE = 'http://ns.google.com/photos/1.0/';
const CONTAINER_ITEM = `${GOOGLE}container/item/`;
const CAMERA = `${GOOGLE}camera/`;

/**
 * Kinds of part by the semantics in the directory (Motion Photo format 1.0; Ultra HDR Image Format 1.1; Dynamic Depth
 * 1.0).
 */
const SEMANTICS: ReadonlyMap<string, AssetPart['kind']> = new Map<string, AssetPart['kind']>([
  ['MotionPhoto', 'motion-video'],
  ['GainMap', 'gain-map'],
  ['Depth', 'auxiliary-image'],
  ['Confidence', 'auxiliary-image'],
]);

/**
 * Reads Google's directory of all items of the file, in order and with lengths, or its predecessor, the distance of the
 * video from the end.
 */
async function readGoogleXmpParts(asset: Asset, end: number): Promise<DeclaredPart[]> {
  const { xmp } = await readMetadataBlocks(asset);
  const own = xmp.filter(({ bytes }) => bytes.includes(GOOGLE)).slice(0, limits.xmpPackets);
  if (own.length === 0) return [];
  const { parseXmpPacket } = await import('../xmp/xmp-packet.js');
  const found: DeclaredPart[] = [];
  for (const { bytes, locator: place } of own) {
    const properties = parseXmpPacket(bytes, place).packet?.properties ?? [];
    const items = new Map<string, Map<string, string>>();
    for (const { namespace, name, path, value } of properties) {
      if (namespace === CAMERA && name === 'MicroVideoOffset')
        found.push(...microVideo(Number(value), asset, end));
      if (namespace !== CONTAINER_ITEM) continue;
      const item = path.slice(0, path.lastIndexOf('/'));
      items.set(item, (items.get(item) ?? new Map<string, string>()).set(name, value));
    }
    found.push(...parseDirectory([...items.values()], asset.bytes, end));
  }
  return found.slice(0, limits.parts);
}

function microVideo(fromEnd: number, asset: Asset, end: number): DeclaredPart[] {
  if (!Number.isSafeInteger(fromEnd) || fromEnd <= 0) return [];
  const at = asset.bytes - fromEnd;
  return [
    {
      kind: 'motion-video',
      index: 'XMP MicroVideo',
      starts: at < end ? [] : [at],
      bytes: fromEnd,
      locator: 'XMP GCamera:MicroVideoOffset',
    },
  ];
}

function parseDirectory(items: ReadonlyMap<string, string>[], bytes: number, end: number): DeclaredPart[] {
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
    return { kind, index: 'XMP Container', starts, bytes: item.bytes, locator: 'XMP Container:Directory' };
  });
}
