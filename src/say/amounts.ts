import { type Said, said } from './said.js';

/** Days, times, sizes and lists, to be said: each language orders and names them in its own catalogue. */

/** `2026-05-03…` → 3 May 2026; a text that begins with no day is said as it is written. */
export function daySaid(iso: string): Said {
  const day = dayIn(iso);
  if (day === undefined) return said('text.asWritten', { text: iso });
  return said('date.day', {
    day: String(day.getUTCDate()),
    month: String(day.getUTCMonth() + 1) as Month,
    year: String(day.getUTCFullYear()),
  });
}
type Month = '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9' | '10' | '11' | '12';

/** The day that begins the text, at midnight UTC; undefined where there is none, as on 30 February. */
export function dayIn(iso: string): Date | undefined {
  const [day] = /^\d{4}-\d{2}-\d{2}/.exec(iso) ?? [];
  const at = new Date(day === undefined ? Number.NaN : Date.parse(`${day}T00:00:00Z`));
  // JavaScript takes 30 February for 2 March.
  return day !== undefined && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(day)
    ? at
    : undefined;
}

/** An RFC 3339 time with its zone; one without a zone is said as it is written. */
export function timeSaid(stamp: string): Said {
  const [, clock, zone] =
    /^\d{4}-\d{2}-\d{2}T(\d{2}:\d{2}:\d{2})(?:\.\d+)?(Z|[+-]\d{2}:\d{2})$/.exec(stamp) ?? [];
  if (clock === undefined || zone === undefined) return said('text.asWritten', { text: stamp });
  return said('date.time', {
    day: daySaid(stamp),
    clock,
    zone: zone === 'Z' || zone === '+00:00' ? 'UTC' : `UTC${zone}`,
  });
}

/** `1.5 kB (1,536 bytes)`; below a thousand the bytes alone. */
export function bytesSaid(count: number): Said {
  const exact = said('amount.bytes', { count });
  return count < 1000 ? exact : said('amount.sizeAndBytes', { size: sizeSaid(count), exact });
}

/** `1.5 kB`, `512 bytes`. */
export function sizeSaid(count: number): Said {
  if (count >= 1e12) return said('amount.terabytes', { count: (count / 1e12).toFixed(1) });
  if (count >= 1e9) return said('amount.gigabytes', { count: (count / 1e9).toFixed(1) });
  if (count >= 1e6) return said('amount.megabytes', { count: (count / 1e6).toFixed(1) });
  if (count >= 1e3) return said('amount.kilobytes', { count: (count / 1e3).toFixed(1) });
  return said('amount.bytes', { count });
}

/** `a, b and c`. Nothing of an empty list: whoever has one has nothing to say. */
export function listSaid(
  all: readonly (string | Said)[],
  joint: 'list.and' | 'list.clauses' = 'list.and',
): Said {
  const items = all.map((one) => (typeof one === 'string' ? said('text.asWritten', { text: one }) : one));
  const last = items.at(-1);
  if (last === undefined) return said('text.asWritten', { text: '' });
  return items.length === 1 ? last : said(joint, { items: items.slice(0, -1), last });
}
