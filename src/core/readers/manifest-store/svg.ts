import { limits } from '../../../base/limits.js';
import type { Asset } from '../../media/asset.js';
import type { WalkFault } from '../conclude.js';
import { parseTag } from '../containers/svg-tags.js';
import { bounded, malformed } from '../containers/walk.js';
import { findSizeFault, isNoJumbf, type LocatedStores, toStore } from './located.js';

/** Element path of the base64 store: `c2pa:manifest`, a child of `metadata` under the root (C2PA 2.2 Annex A). */
const PATH = ['svg', 'metadata', 'c2pa:manifest'] as const;

/** Locates the store of SVG by a scan of its tags. */
export async function findSvgStore(asset: Asset): Promise<LocatedStores> {
  if (asset.bytes > limits.svgBytes) {
    return { stores: [], fault: bounded('bound.bytes', { place: 'SVG', most: limits.svgBytes }) };
  }
  const bytes = await asset.read(0, asset.bytes);
  // UTF-8 gives offsets in the file; for UTF-16 they are omitted.
  const wide = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0x3c && bytes[1] === 0);
  const text = bytes.toString(wide ? 'utf16le' : 'latin1');
  const stores: LocatedStores['stores'] = [];
  const { found, fault } = findElements(text);
  let holdsOther = false;
  for (const { start, end } of found) {
    const large = findSizeFault(((end - start) * 3) / 4);
    if (large) return { stores, fault: large };
    const content = text.slice(start, end);
    const bytes = Buffer.from(content, 'base64');
    const here = toStore(
      bytes,
      'metadata/c2pa:manifest',
      wide ? {} : { offset: start, ranges: [{ start, bytes: end - start }] },
    );
    holdsOther ||= here.length === 0 && isNoJumbf(bytes);
    stores.push(...here);
    // Two already exceed the standard's maximum.
    if (stores.length > 1) break;
  }
  return { stores, fault, holdsOther };
}

interface Span {
  start: number;
  end: number;
}

function findElements(text: string): { found: Span[]; fault?: WalkFault } {
  const found: Span[] = [];
  const path: string[] = [];
  let start = -1;
  let at = text.indexOf('<');
  for (let tags = 0; at >= 0; tags++) {
    if (tags >= limits.svgTags)
      return {
        found,
        fault: bounded('bound.entries', { place: 'SVG', most: limits.svgTags }),
      };
    const tag = parseTag(text, at);
    if (!tag) return { found, fault: malformed('svg.truncated') };
    if (tag.kind === 'close') {
      if (start >= 0 && path.length === PATH.length) {
        found.push({ start, end: at });
        start = -1;
      }
      path.pop();
    } else if (tag.kind === 'open') {
      if (path.length >= limits.xmpDepth)
        return {
          found,
          fault: bounded('bound.depth', { place: 'SVG', most: limits.xmpDepth }),
        };
      path.push(tag.name);
      if (
        path.length === PATH.length &&
        path.every((name, i) => name === PATH[i] || name.endsWith(`:${PATH[i]}`))
      )
        start = tag.end;
    }
    at = text.indexOf('<', tag.end);
  }
  return { found };
}
