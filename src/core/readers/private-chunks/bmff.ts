import type { Asset } from '../../asset.js';
import { CODESTREAM } from '../blocks/jxl.js';
import { UUID_BYTES, uuidOf, XMP_UUID } from '../blocks/xmp-boxes.js';
import { topBoxes } from '../containers/bmff-boxes.js';
import type { PrivateCandidate, PrivateCandidates } from './candidate.js';

const C2PA_UUID = 'd8fec3d61b0e483c92975828877ec481';

/** `uuid` boxes at top level that are neither XMP nor a manifest store. */
export async function bmffPrivate(asset: Asset): Promise<PrivateCandidates> {
  const { items, fault } = await topBoxes(asset);
  const candidates: PrivateCandidate[] = [];
  for (const box of items.filter((b) => b.type === 'uuid')) {
    const uuid = await uuidOf(asset, box);
    if (uuid === XMP_UUID || uuid === C2PA_UUID) continue;
    candidates.push({
      id: `uuid box ${uuid}`,
      place: `box uuid ${uuid}`,
      dataOffset: box.dataOffset + UUID_BYTES,
      dataBytes: Math.max(0, box.dataBytes - UUID_BYTES),
    });
  }
  return { candidates, fault };
}

/** ISO/IEC 18181-2 §9, and the gain map of its second edition. */
const JXL_BOXES = new Set([
  'JXL ',
  'ftyp',
  'jxll',
  'jxli',
  'jxlc',
  'jxlp',
  'jbrd',
  'jhgm',
  'Exif',
  'xml ',
  'jumb',
]);
const COMPRESSED = 'brob';

/** Boxes of JPEG XL that it does not name itself. */
export async function jxlPrivate(asset: Asset): Promise<PrivateCandidates> {
  if ((await asset.read(0, 2)).equals(CODESTREAM)) return { candidates: [] };
  const { items, fault } = await topBoxes(asset);
  const candidates: PrivateCandidate[] = [];
  for (const { type, dataOffset, dataBytes } of items) {
    const packed = type === COMPRESSED ? (await asset.read(dataOffset, 4)).toString('latin1') : undefined;
    if (JXL_BOXES.has(packed ?? type)) continue;
    const name = (packed ?? type).replace(/[^ -~]/g, '?').trimEnd();
    candidates.push({
      id: packed === undefined ? name : `${COMPRESSED} ${name}`,
      place: packed === undefined ? `box ${name}` : `box ${name}, compressed in ${COMPRESSED}`,
      dataOffset,
      dataBytes,
    });
  }
  return { candidates, fault };
}
