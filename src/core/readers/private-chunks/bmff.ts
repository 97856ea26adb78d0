import type { Asset } from '../../media/asset.js';
import { CODESTREAM } from '../blocks/jxl.js';
import { METADATA_UUIDS, UUID_BYTES, uuidOf } from '../blocks/xmp-boxes.js';
import { type BmffBox, topBoxes } from '../containers/bmff-boxes.js';
import { isXmpBox, jp2Boxes } from '../containers/jp2-boxes.js';
import type { PrivateCandidate, PrivateCandidates } from './candidate.js';

const C2PA_UUID = 'd8fec3d61b0e483c92975828877ec481';

/** `uuid` boxes at top level that are neither metadata read by others nor a manifest store. */
export async function bmffPrivate(asset: Asset): Promise<PrivateCandidates> {
  const { items, fault } = await topBoxes(asset);
  return { candidates: await uuidsOf(asset, items), fault };
}

async function uuidsOf(
  asset: Asset,
  boxes: readonly (BmffBox & { path?: string })[],
): Promise<PrivateCandidate[]> {
  const candidates: PrivateCandidate[] = [];
  for (const box of boxes.filter((b) => b.type === 'uuid')) {
    const uuid = await uuidOf(asset, box);
    if (METADATA_UUIDS.has(uuid) || uuid === C2PA_UUID) continue;
    candidates.push({
      id: `uuid box ${uuid}`,
      place: `box ${box.path ?? 'uuid'} ${uuid}`,
      dataOffset: box.dataOffset + UUID_BYTES,
      dataBytes: Math.max(0, box.dataBytes - UUID_BYTES),
    });
  }
  return candidates;
}

/** Boxes of JPEG 2000 (ISO/IEC 15444-1 Annex I, 15444-2 Annex M); of them, XML and labels have no form of their own. */
const JP2_BOXES = new Set(
  'jP  ,ftyp,jp2h,jp2c,jp2i,uuid,uinf,ulst,url ,free,rreq,jpch,jplh,ftbl,asoc,comp,nlst,ihdr,bpcc,colr,pclr,cmap,cdef,res ,cgrp,opct,creg'.split(
    ',',
  ),
);

/** `xml ` boxes without XMP, `uuid` boxes that no other carrier reads, and boxes that the standards do not name. */
export async function jp2Private(asset: Asset): Promise<PrivateCandidates> {
  const { items, fault } = await jp2Boxes(asset);
  const candidates = await uuidsOf(asset, items);
  for (const box of items) {
    if (JP2_BOXES.has(box.type) || (await isXmpBox(asset, box))) continue;
    const name = box.type.replace(/[^ -~]/g, '?').trimEnd();
    const { path, dataOffset, dataBytes } = box;
    candidates.push({ id: name, place: `box ${path}`, dataOffset, dataBytes });
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
