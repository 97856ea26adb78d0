import { asText, parseJsonRecord } from '../../base/json-shape.js';
import type { LinkPolicy } from './address-policy.js';
import { MediaCandidates } from './candidates.js';
import { fetchLimits as limits } from './fetch-limits.js';
import type { MediaPage } from './fetched.js';
import { parsePixels } from './linked-data.js';

const KINDS = ['photo', 'video', 'link', 'rich'];

/** Reads an oEmbed response (oembed.com) as a page with its media; `undefined` for other JSON. */
export function readOEmbed(text: string, url: URL, judge: LinkPolicy): MediaPage | undefined {
  const json = parseJsonRecord(text);
  const kind = json?.['type'];
  if (json === undefined || typeof kind !== 'string' || !KINDS.includes(kind)) return undefined;
  const candidates = new MediaCandidates(url, judge);
  const words = (name: string, most: number) => asText(json[name], most);
  const alt = words('title', limits.altCharacters);
  const picture = (address: string, width: string) =>
    candidates.mention({
      address: words(address, limits.urlCharacters + 1),
      kind: 'image',
      from: 'oembed',
      width: parsePixels(json[width]),
      alt,
    });
  if (kind === 'photo') picture('url', 'width');
  picture('thumbnail_url', 'thumbnail_width');
  // Only the origin of the embedded frame is used.
  const [, frame] =
    /<iframe\b[^>]{0,2048}?\bsrc\s*=\s*["']([^"']{1,2048})["']/i.exec(words('html', 16_384) ?? '') ?? [];
  if (frame !== undefined) candidates.frame(frame.replaceAll('&amp;', '&'));
  else if (kind === 'video' || kind === 'rich') candidates.play('script');
  const title = words('title', limits.titleCharacters);
  return { url: url.href, ...(title === undefined ? {} : { title }), ...candidates.found() };
}
