import { limits } from '../../ground/limits.js';
import type { Asset } from '../../media/asset.js';
import { bounded } from '../containers/walk.js';
import { type Inner, nothingInside } from './inner.js';
import { pictureType } from './picture-type.js';

/** A picture in a link, as Base64 (RFC 2397). */
const DATA = /data:image\/[\w.+-]{1,32};base64,\s{0,64}([A-Za-z0-9+/\s]{16,})/g;

/** Pictures within an SVG. */
export async function picturesInSvg(asset: Asset): Promise<Inner> {
  const inner = nothingInside();
  if (asset.bytes > limits.svgBytes)
    return { ...inner, fault: bounded('bound.svg', { most: limits.svgBytes }) };
  const text = (await asset.read(0, asset.bytes)).toString('latin1').replaceAll('\0', '');
  for (const found of text.matchAll(DATA)) {
    const bytes = Buffer.from(found[1] ?? '', 'base64');
    const mediaType = pictureType(bytes);
    inner.parts.push({
      kind: 'embedded-picture',
      ...(mediaType === undefined ? {} : { mediaType }),
      offset: found.index,
      bytes: bytes.length,
      place: 'data link',
      unpack: async () => bytes,
    });
    if (inner.parts.length > limits.parts) return inner;
  }
  return inner;
}
