import { limits } from '../../../base/limits.js';
import type { Asset } from '../../media/asset.js';
import { parseTag } from './svg-tags.js';
import { bounded, malformed, type Walk } from './walk.js';

const OPEN = '<!--';
const CLOSE_CHARACTERS = 3;

/** Returns the comments of an SVG: drawing programs put their signature there, and anybody can write into it. */
export async function readSvgComments(asset: Asset): Promise<Walk<{ offset: number; bytes: number }>> {
  if (asset.bytes > limits.svgBytes)
    return { items: [], fault: bounded('bound.bytes', { place: 'SVG', most: limits.svgBytes }) };
  const bytes = await asset.read(0, asset.bytes);
  const wide = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0x3c && bytes[1] === 0);
  const width = wide ? 2 : 1;
  const text = bytes.toString(wide ? 'utf16le' : 'latin1');
  const items: { offset: number; bytes: number }[] = [];
  let at = text.indexOf('<');
  for (let tags = 0; at >= 0; tags++) {
    if (tags >= limits.svgTags)
      return {
        items,
        fault: bounded('bound.entries', { place: 'SVG', most: limits.svgTags }),
      };
    const tag = parseTag(text, at);
    if (!tag) return { items, fault: malformed('svg.truncated') };
    const from = at + OPEN.length;
    if (text.startsWith(OPEN, at))
      items.push({ offset: from * width, bytes: (tag.end - CLOSE_CHARACTERS - from) * width });
    at = text.indexOf('<', tag.end);
  }
  return { items };
}
