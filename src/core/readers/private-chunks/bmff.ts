import type { Asset } from '../../media/asset.js';
import { CODESTREAM } from '../blocks/jxl.js';
import { METADATA_UUIDS, readBoxUuid, UUID_BYTES } from '../blocks/xmp-boxes.js';
import { type BmffBox, listTopBoxes } from '../containers/bmff-boxes.js';
import { isXmpBox, readJp2Boxes } from '../containers/jp2-boxes.js';
import type { PrivateCandidate, PrivateCandidates } from './candidate.js';

const C2PA_UUID = 'd8fec3d61b0e483c92975828877ec481';

/** Returns top-level `uuid` boxes that are neither metadata of other carriers nor a manifest store. */
export async function findBmffPrivate(asset: Asset): Promise<PrivateCandidates> {
  const { items, fault } = await listTopBoxes(asset);
  return { candidates: await uuidsOf(asset, items), fault };
}

async function uuidsOf(
  asset: Asset,
  boxes: readonly (BmffBox & { path?: string })[],
): Promise<PrivateCandidate[]> {
  const candidates: PrivateCandidate[] = [];
  for (const box of boxes.filter((b) => b.type === 'uuid')) {
    const uuid = await readBoxUuid(asset, box);
    if (METADATA_UUIDS.has(uuid) || uuid === C2PA_UUID) continue;
    candidates.push({
      id: `uuid box ${uuid}`,
      locator: `box ${box.path ?? 'uuid'} ${uuid}`,
      dataOffset: box.dataOffset + UUID_BYTES,
      dataBytes: Math.max(0, box.dataBytes - UUID_BYTES),
    });
  }
  return candidates;
}

/**
 * Boxes of JPEG 2000 (ISO/IEC 15444-1 Annex I, 15444-2 Annex M). XML and label boxes are absent from the list, because
 * their content is free text.
 */
const JP2_BOXES = new Set(
  'jP  ,ftyp,jp2h,jp2c,jp2i,uuid,uinf,ulst,url ,free,rreq,jpch,jplh,ftbl,asoc,comp,nlst,ihdr,bpcc,colr,pclr,cmap,cdef,res ,cgrp,opct,creg'.split(
    ',',
  ),
);

/** Returns `xml ` boxes without XMP, `uuid` boxes that no other carrier reads, and boxes that the standards do not name. */
export async function findJp2Private(asset: Asset): Promise<PrivateCandidates> {
  const { items, fault } = await readJp2Boxes(asset);
  const candidates = await uuidsOf(asset, items);
  for (const box of items) {
    if (JP2_BOXES.has(box.type) || (await isXmpBox(asset, box))) continue;
    const name = box.type.replace(/[^ -~]/g, '?').trimEnd();
    const { path, dataOffset, dataBytes } = box;
    candidates.push({ id: name, locator: `box ${path}`, dataOffset, dataBytes });
  }
  return { candidates, fault };
}

/** Boxes of ISO/IEC 18181-2 §9, and the gain map of its second edition. */
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

/** Returns the boxes of JPEG XL that its standard does not name. */
export async function findJxlPrivate(asset: Asset): Promise<PrivateCandidates> {
  if ((await asset.read(0, 2)).equals(CODESTREAM)) return { candidates: [] };
  const { items, fault } = await listTopBoxes(asset);
  const candidates: PrivateCandidate[] = [];
  for (const { type, dataOffset, dataBytes } of items) {
    const packed = type === COMPRESSED ? (await asset.read(dataOffset, 4)).toString('latin1') : undefined;
    if (JXL_BOXES.has(packed ?? type)) continue;
    const name = (packed ?? type).replace(/[^ -~]/g, '?').trimEnd();
    candidates.push({
      id: packed === undefined ? name : `${COMPRESSED} ${name}`,
      locator: packed === undefined ? `box ${name}` : `box ${name}, compressed in ${COMPRESSED}`,
      dataOffset,
      dataBytes,
    });
  }
  return { candidates, fault };
}
