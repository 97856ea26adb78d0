import type { AssetPart } from '../../evidence/evidence.js';
import { limits } from '../../ground/limits.js';
import type { Asset } from '../../media/asset.js';
import { xmpStart } from '../blocks/mxf.js';
import { ASF_TYPES, asfAttributes, asfObjects } from '../containers/asf-objects.js';
import { mxfFile } from '../containers/mxf-klv.js';
import { behindEnd } from './behind-end.js';
import { type Inner, nothingInside } from './inner.js';
import { pictureType } from './picture-type.js';

const PICTURE = 'WM/Picture';
/** Kind of picture and length of the data; then type and description, each ended by two zero bytes. */
const BEFORE_TEXTS = 5;
const TEXTS_BYTES = 4_096;
const START_BYTES = 64;
/** §3.13: kind of image, length of its data. */
const BEFORE_BANNER = 8;

/** Cover pictures in the attributes of ASF, and the banner of its content branding. */
export async function picturesInAsf(asset: Asset): Promise<Inner> {
  const inner = nothingInside();
  const attributes = await asfAttributes(asset);
  for (const { name, type, offset, bytes } of attributes.items) {
    if (name !== PICTURE || type !== ASF_TYPES.bytes) continue;
    const head = await asset.read(offset, Math.min(bytes, BEFORE_TEXTS + TEXTS_BYTES));
    const at = pictureAt(head);
    if (at === undefined) {
      // Whatever stands there is told, though where in it the picture begins is not known.
      inner.parts.push({ kind: 'cover-picture', offset, bytes, place: `ASF ${PICTURE}` });
      continue;
    }
    const stated = head.readUInt32LE(1);
    inner.parts.push(
      await picture(asset, 'cover-picture', offset + at, Math.min(stated, bytes - at), PICTURE),
    );
  }
  const objects = await asfObjects(asset);
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
  const mediaType = pictureType(await asset.read(offset, Math.min(bytes, START_BYTES)));
  return { kind, ...(mediaType === undefined ? {} : { mediaType }), offset, bytes, place: `ASF ${where}` };
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

/** Fewer bytes hold no file. */
const LEAST_BYTES = 64;

/** Files in generic streams and in dark metadata of MXF, and what stands behind its end. */
export async function filesInMxf(asset: Asset): Promise<Inner & { end?: number }> {
  const { dark, end, fault } = await mxfFile(asset);
  const parts: AssetPart[] = [];
  for (const { key, dataOffset, dataBytes, stream } of dark) {
    if (dataBytes < LEAST_BYTES) continue;
    // XMP is no file of its own: its reader has it.
    if (xmpStart(await asset.read(dataOffset, Math.min(dataBytes, START_BYTES))) !== undefined) continue;
    const place = stream ? 'generic stream' : `triplet ${key}`;
    parts.push({ kind: 'attachment', offset: dataOffset, bytes: dataBytes, place, ifKnown: true });
    if (parts.length > limits.parts) break;
  }
  if (end === undefined || end >= asset.bytes) return { parts, fault };
  const behind = await behindEnd(asset, end);
  return { parts: [...parts, ...behind.parts], fault: fault ?? behind.fault, end };
}
