import type { Asset } from '../../media/asset.js';
import { CODESTREAM } from '../blocks/jxl.js';
import { METADATA_UUIDS, UUID_BYTES, uuidOf } from '../blocks/xmp-boxes.js';
import { topBoxes } from '../containers/bmff-boxes.js';
import type { PrivateCandidate, PrivateCandidates } from './candidate.js';

const C2PA_UUID = 'd8fec3d61b0e483c92975828877ec481';

/** `uuid` boxes at top level that are neither metadata read by others nor a manifest store. */
export async function bmffPrivate(asset: Asset): Promise<PrivateCandidates> {
  const { items, fault } = await topBoxes(asset);
  const candidates: PrivateCandidate[] = [];
  for (const box of items.filter((b) => b.type === 'uuid')) {
    const uuid = await uuidOf(asset, box);
    if (METADATA_UUIDS.has(uuid) || uuid === C2PA_UUID) continue;
    candidates.push({
      id: `uuid box ${uuid}`,
      place: `box uuid ${uuid}`,
      dataOffset: box.dataOffset + UUID_BYTES,
      dataBytes: Math.max(0, box.dataBytes - UUID_BYTES),
    });
  }
  return { candidates, fault };
}

/** Top-level boxes of JPEG 2000 (ISO/IEC 15444-1 Annex I, 15444-2 Annex M); of them, XML has no form of its own. */
const JP2_BOXES = new Set('jP  ,ftyp,jp2h,jp2c,jp2i,uuid,uinf,free,rreq,jpch,jplh,ftbl,asoc,comp'.split(','));

/** `xml ` boxes, `uuid` boxes that no other carrier reads, and boxes that the standards do not name. */
export async function jp2Private(asset: Asset): Promise<PrivateCandidates> {
  const { candidates, fault } = await bmffPrivate(asset);
  const { items } = await topBoxes(asset);
  const others = items.filter(({ type }) => !JP2_BOXES.has(type));
  return {
    candidates: [
      ...candidates,
      ...others.map(({ type, dataOffset, dataBytes }) => {
        const name = type.replace(/[^ -~]/g, '?').trimEnd();
        return { id: name, place: `box ${name}`, dataOffset, dataBytes };
      }),
    ],
    fault,
  };
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
