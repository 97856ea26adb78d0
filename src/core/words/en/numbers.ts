/**
 * English dates, times, sizes, counts and lists. Days and lists stand in every report and are put together by hand:
 * Intl takes a cold process some 30 ms to begin with either.
 */

let counts: Intl.NumberFormat | undefined;

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `2026-05-03…` → `3 May 2026`; anything that is no day comes back as it is. */
export function date(iso: string): string {
  const day = dayIn(iso);
  return day === undefined ? iso : `${day.getUTCDate()} ${MONTHS[day.getUTCMonth()]} ${day.getUTCFullYear()}`;
}

/** The day that begins the text, at midnight UTC; undefined where there is none, as on 30 February. */
export function dayIn(iso: string): Date | undefined {
  const [day] = /^\d{4}-\d{2}-\d{2}/.exec(iso) ?? [];
  const at = new Date(day === undefined ? Number.NaN : Date.parse(`${day}T00:00:00Z`));
  // JavaScript takes 30 February for 2 March.
  return day !== undefined && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(day)
    ? at
    : undefined;
}

/** The zone is always said; a time without one is shown as written. */
export function time(stamp: string): string {
  const found = zonedTime(stamp);
  return found === undefined ? stamp : `${date(stamp)}, ${found.clock} ${found.zone}`;
}

/** Clock and zone of an RFC 3339 time; undefined for anything else. */
export function zonedTime(stamp: string): { clock: string; zone: string } | undefined {
  const [, clock, zone] =
    /^\d{4}-\d{2}-\d{2}T(\d{2}:\d{2}:\d{2})(?:\.\d+)?(Z|[+-]\d{2}:\d{2})$/.exec(stamp) ?? [];
  if (clock === undefined || zone === undefined) return undefined;
  return { clock, zone: zone === 'Z' || zone === '+00:00' ? 'UTC' : `UTC${zone}` };
}

export function bytes(count: number): string {
  const exact = `${grouped(count)} ${plural(count, 'byte', 'bytes')}`;
  const size = inUnits(count);
  return size === undefined ? exact : `${size} (${exact})`;
}

/** `1.5 kB`; undefined below a thousand bytes. */
export function inUnits(count: number): string | undefined {
  const unit = (
    [
      ['GB', 1e9],
      ['MB', 1e6],
      ['kB', 1e3],
    ] as const
  ).find(([, size]) => count >= size);
  return unit === undefined ? undefined : `${(count / unit[1]).toFixed(1)} ${unit[0]}`;
}

export function grouped(count: number): string {
  counts ??= new Intl.NumberFormat('en');
  return counts.format(count);
}

/** `a, b and c`. */
export function listed(words: readonly string[]): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`;
}

export function plural(count: number, one: string, other: string): string {
  return count === 1 ? one : other;
}
