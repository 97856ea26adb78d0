import { asText, jsonRecordIn } from '../core/ground/json-shape.js';
import { Candidates } from './candidates.js';
import { fetchLimits as limits } from './fetch-limits.js';
import type { Page } from './fetched.js';
import type { Judge } from './judge.js';
import { pixelsOf } from './linked-data.js';

const KINDS = ['photo', 'video', 'link', 'rich'];

/** An oEmbed answer (oembed.com) as a page with its media; undefined of other JSON. */
export function readEmbedded(text: string, url: URL, judge: Judge): Page | undefined {
  const json = jsonRecordIn(text);
  const kind = json?.['type'];
  if (json === undefined || typeof kind !== 'string' || !KINDS.includes(kind)) return undefined;
  const candidates = new Candidates(url, judge);
  const words = (name: string, most: number) => asText(json[name], most);
  const alt = words('title', limits.altCharacters);
  const picture = (address: string, width: string) =>
    candidates.mention({
      address: words(address, limits.urlCharacters + 1),
      kind: 'image',
      from: 'oembed',
      width: pixelsOf(json[width]),
      alt,
    });
  if (kind === 'photo') picture('url', 'width');
  picture('thumbnail_url', 'thumbnail_width');
  // Of the frame that it gives only where it would come from.
  const [, frame] =
    /<iframe\b[^>]{0,2048}?\bsrc\s*=\s*["']([^"']{1,2048})["']/i.exec(words('html', 16_384) ?? '') ?? [];
  if (frame !== undefined) candidates.frame(frame.replaceAll('&amp;', '&'));
  else if (kind === 'video' || kind === 'rich') candidates.play('script');
  const title = words('title', limits.titleCharacters);
  return { url: url.href, ...(title === undefined ? {} : { title }), ...candidates.found() };
}
