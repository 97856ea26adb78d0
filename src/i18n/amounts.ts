import { type Message, message } from './message.js';

/** Messages for days, times, sizes and lists. Each language orders and names them in its own catalogue. */

/** Formats `2026-05-03…` as 3 May 2026; text that begins with no day is used as written. */
export function dayMessage(iso: string): Message {
  const day = parseDay(iso);
  if (day === undefined) return message('text.asWritten', { text: iso });
  return message('date.day', {
    day: String(day.getUTCDate()),
    month: String(day.getUTCMonth() + 1) as Month,
    year: String(day.getUTCFullYear()),
  });
}
type Month = '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9' | '10' | '11' | '12';

/**
 * Returns the day at the start of a text, at midnight UTC; `undefined` if there is none or it does not exist, such as
 * 30 February.
 */
export function parseDay(iso: string): Date | undefined {
  const [day] = /^\d{4}-\d{2}-\d{2}/.exec(iso) ?? [];
  const at = new Date(day === undefined ? Number.NaN : Date.parse(`${day}T00:00:00Z`));
  // `Date` would turn 30 February into 2 March.
  return day !== undefined && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(day)
    ? at
    : undefined;
}

/** Formats an RFC 3339 time with its zone; a time without a zone is used as written. */
export function timeMessage(stamp: string): Message {
  const [, clock, zone] =
    /^\d{4}-\d{2}-\d{2}T(\d{2}:\d{2}:\d{2})(?:\.\d+)?(Z|[+-]\d{2}:\d{2})$/.exec(stamp) ?? [];
  if (clock === undefined || zone === undefined) return message('text.asWritten', { text: stamp });
  return message('date.time', {
    day: dayMessage(stamp),
    clock,
    zone: zone === 'Z' || zone === '+00:00' ? 'UTC' : `UTC${zone}`,
  });
}

/**
 * Formats a time as fields of files write it, `2026:05:03 10:20:30` in EXIF, often without a zone; `undefined` for any
 * other text and for days that no calendar has.
 */
export function writtenTimeMessage(text: string): Message | undefined {
  const [, year, month, date, clock, zone] =
    /^(\d{4})[:-](\d{2})[:-](\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2})?)(?:\.\d{1,9})?(Z|[+-]\d{2}:?\d{2})?)?$/.exec(
      text.trim(),
    ) ?? [];
  const iso = `${year}-${month}-${date}`;
  if (parseDay(iso) === undefined) return undefined;
  const day = dayMessage(iso);
  if (clock === undefined) return day;
  if (zone === undefined) return message('date.clock', { day, clock });
  const hours = zone.includes(':') ? zone : `${zone.slice(0, 3)}:${zone.slice(3)}`;
  return message('date.time', { day, clock, zone: /^(Z|[+-]00:?00)$/.test(zone) ? 'UTC' : `UTC${hours}` });
}

/** Formats as `1.5 kB (1,536 bytes)`; below a thousand as bytes only. */
export function bytesMessage(count: number): Message {
  const exact = message('amount.bytes', { count });
  return count < 1000 ? exact : message('amount.sizeAndBytes', { size: sizeMessage(count), exact });
}

/** Formats as `1.5 kB` or `512 bytes`. */
export function sizeMessage(count: number): Message {
  if (count >= 1e12) return message('amount.terabytes', { count: (count / 1e12).toFixed(1) });
  if (count >= 1e9) return message('amount.gigabytes', { count: (count / 1e9).toFixed(1) });
  if (count >= 1e6) return message('amount.megabytes', { count: (count / 1e6).toFixed(1) });
  if (count >= 1e3) return message('amount.kilobytes', { count: (count / 1e3).toFixed(1) });
  return message('amount.bytes', { count });
}

/** Formats as `a, b and c`; `undefined` for an empty list. */
export function listMessage(
  all: readonly (string | Message)[],
  joint: 'list.and' | 'list.clauses' = 'list.and',
): Message {
  const items = all.map((one) => (typeof one === 'string' ? message('text.asWritten', { text: one }) : one));
  const last = items.at(-1);
  if (last === undefined) return message('text.asWritten', { text: '' });
  return items.length === 1 ? last : message(joint, { items: items.slice(0, -1), last });
}
