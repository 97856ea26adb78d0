import { httpLimits } from './limits.js';

/**
 * True where the client would rather have a page: what browsers send.
 * Equal wishes, a wildcard or no header at all mean a program, and it gets JSON.
 */
export function prefersHtml(accept: string | undefined): boolean {
  if (accept === undefined) return false;
  const ranges = accept.split(',', httpLimits.acceptHeaderItems).map(parseRange);
  const html = quality(ranges, 'text/html');
  return html > Math.max(quality(ranges, 'application/json'), quality(ranges, 'application/problem+json'));
}

/** Whether the client names pages at all: a browser, or the script of a page, which shows what comes of it as one. */
export function takesHtml(accept: string | undefined): boolean {
  const ranges = (accept ?? '').split(',', httpLimits.acceptHeaderItems).map(parseRange);
  return ranges.some((one) => one.range === 'text/html' && one.quality > 0);
}

/** Of these, what the client wants most; the first where it wants several alike or says nothing, or none of them. */
export function preferred<const T extends string>(
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

/** RFC 9110 12.5.1: the most specific range that matches decides. */
function quality(ranges: readonly MediaRange[], type: string): number {
  const wildcard = `${type.slice(0, type.indexOf('/'))}/*`;
  for (const wanted of [type, wildcard, '*/*']) {
    const match = ranges.find(({ range }) => range === wanted);
    if (match !== undefined) return match.quality;
  }
  return 0;
}
