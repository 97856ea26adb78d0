import { limits } from '../../../base/limits.js';
import type { AssetPart } from '../../evidence/evidence.js';
import type { Asset } from '../../media/asset.js';
import { findXmpStart } from '../blocks/mxf.js';
import { ASF_TYPES, readAsfAttributes, readAsfObjects } from '../containers/asf-objects.js';
import { readMxfFile } from '../containers/mxf-klv.js';
import { findPartsAfterEnd } from './behind-end.js';
import { type InnerParts, noInnerParts } from './inner.js';
import { detectPictureType } from './picture-type.js';

const PICTURE = 'WM/Picture';
/** Picture type and length of the data; then media type and description, each ended by two zero bytes. */
const BEFORE_TEXTS = 5;
const TEXTS_BYTES = 4_096;
const START_BYTES = 64;
/** Type of image and length of its data (§3.13). */
const BEFORE_BANNER = 8;

/** Returns cover pictures in the attributes of ASF, and the banner of its content branding. */
export async function findAsfPictures(asset: Asset): Promise<InnerParts> {
  const inner = noInnerParts();
  const attributes = await readAsfAttributes(asset);
  for (const { name, type, offset, bytes } of attributes.items) {
    if (name !== PICTURE || type !== ASF_TYPES.bytes) continue;
    const head = await asset.read(offset, Math.min(bytes, BEFORE_TEXTS + TEXTS_BYTES));
    const at = pictureAt(head);
    if (at === undefined) {
      // The part is reported although the start of the picture in it is unknown.
      inner.parts.push({ kind: 'cover-picture', offset, bytes, locator: `ASF ${PICTURE}` });
      continue;
    }
    const stated = head.readUInt32LE(1);
    inner.parts.push(
      await picture(asset, 'cover-picture', offset + at, Math.min(stated, bytes - at), PICTURE),
    );
  }
  const objects = await readAsfObjects(asset);
  for (const { kind, dataOffset, dataBytes } of objects.items) {
    if (kind !== 'contentBranding' || dataBytes < BEFORE_BANNER) continue;
    const bytes = (await asset.read(dataOffset + 4, 4)).readUInt32LE(0);
    if (bytes === 0) continue;
    const run = Math.min(bytes, dataBytes - BEFORE_BANNER);
    inner.parts.push(
      await picture(asset, 'embedded-picture', dataOffset + BEFORE_BANNER, run, 'content branding'),
    );
  }
  return { ...inner, fault: attributes.fault ?? objects.fault };
}

async function picture(
  asset: Asset,
  kind: AssetPart['kind'],
  offset: number,
  bytes: number,
  where: string,
): Promise<AssetPart> {
  const mediaType = detectPictureType(await asset.read(offset, Math.min(bytes, START_BYTES)));
  return { kind, ...(mediaType === undefined ? {} : { mediaType }), offset, bytes, locator: `ASF ${where}` };
}

function pictureAt(head: Buffer): number | undefined {
  let at = BEFORE_TEXTS;
  for (let texts = 2; texts > 0; texts--) {
    while (at + 2 <= head.length && head.readUInt16LE(at) !== 0) at += 2;
    if (at + 2 > head.length) return undefined;
    at += 2;
  }
  return at;
}

/** Minimum length of a file. */
const MIN_BYTES = 64;

/** Returns files in generic streams and dark metadata of MXF, and the data after its end. */
export async function findMxfFiles(asset: Asset): Promise<InnerParts & { end?: number }> {
  const { darkTriplets: dark, end, fault } = await readMxfFile(asset);
  const parts: AssetPart[] = [];
  for (const { key, dataOffset, dataBytes, stream } of dark) {
    if (dataBytes < MIN_BYTES) continue;
    // XMP is not a file of its own; the XMP reader reads it.
    if (findXmpStart(await asset.read(dataOffset, Math.min(dataBytes, START_BYTES))) !== undefined) continue;
    const place = stream ? 'generic stream' : `triplet ${key}`;
    parts.push({
      kind: 'attachment',
      offset: dataOffset,
      bytes: dataBytes,
      locator: place,
      isListedIfKnown: true,
    });
    if (parts.length > limits.parts) break;
  }
  if (end === undefined || end >= asset.bytes) return { parts, fault };
  const behind = await findPartsAfterEnd(asset, end);
  return { parts: [...parts, ...behind.parts], fault: fault ?? behind.fault, end };
}
