import { httpLimits } from './limits.js';

/**
 * Returns true if the client prefers HTML, as browsers do. Equal preference, a wildcard or no header at all count as a
 * program, which gets JSON.
 */
export function prefersHtml(accept: string | undefined): boolean {
  if (accept === undefined) return false;
  const ranges = accept.split(',', httpLimits.acceptHeaderItems).map(parseRange);
  const html = quality(ranges, 'text/html');
  return html > Math.max(quality(ranges, 'application/json'), quality(ranges, 'application/problem+json'));
}

/**
 * Returns true if the client accepts HTML explicitly: a browser, or the script of a page, which displays the result as
 * one.
 */
export function acceptsHtml(accept: string | undefined): boolean {
  const ranges = (accept ?? '').split(',', httpLimits.acceptHeaderItems).map(parseRange);
  return ranges.some((one) => one.range === 'text/html' && one.quality > 0);
}

/**
 * Returns the media type that the client prefers; the first one if several are equal, none is accepted or there is no
 * header.
 */
export function preferredType<const T extends string>(
  accept: string | undefined,
  offered: readonly [T, ...T[]],
): T {
  const [first] = offered;
  if (accept === undefined) return first;
  const ranges = accept.split(',', httpLimits.acceptHeaderItems).map(parseRange);
  let best: T = first;
  for (const type of offered) if (quality(ranges, type) > quality(ranges, best)) best = type;
  return best;
}

interface MediaRange {
  range: string;
  quality: number;
}

function parseRange(item: string): MediaRange {
  const [range = '', ...parameters] = item.split(';').map((part) => part.trim().toLowerCase());
  const q = parameters.find((parameter) => parameter.startsWith('q='));
  const value = q === undefined ? 1 : Number(q.slice(2));
  return { range, quality: value >= 0 && value <= 1 ? value : 0 };
}

/** RFC 9110 12.5.1: the most specific matching range decides. */
function quality(ranges: readonly MediaRange[], type: string): number {
  const wildcard = `${type.slice(0, type.indexOf('/'))}/*`;
  for (const wanted of [type, wildcard, '*/*']) {
    const match = ranges.find(({ range }) => range === wanted);
    if (match !== undefined) return match.quality;
  }
  return 0;
}
