import { dayIn, grouped, inUnits, zonedTime } from '../en/numbers.js';

/** Chinese dates, times, sizes and lists, by Intl; numbers stand between spaces, as the words of this house have them. */

let days: Intl.DateTimeFormat | undefined;
let lists: Intl.ListFormat | undefined;

export { grouped };

/** `2026-05-03…` → `2026 年 5 月 3 日`; anything that is no day comes back as it is. */
export function date(iso: string): string {
  const day = dayIn(iso);
  if (day === undefined) return iso;
  days ??= new Intl.DateTimeFormat('zh-Hans-CN', {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  });
  // Intl writes the month either as “5” and “月” or as “5月”.
  const parts = days.formatToParts(day).map(({ value }) => value);
  return parts.join('').replace(/(\d+)/g, ' $1 ').trim();
}

/** The zone is always said; a time without one is shown as written. */
export function time(stamp: string): string {
  const found = zonedTime(stamp);
  return found === undefined ? stamp : `${date(stamp)} ${found.clock} ${found.zone}`;
}

export function bytes(count: number): string {
  const exact = `${grouped(count)} 字节`;
  const size = inUnits(count);
  return size === undefined ? exact : `${size}（${exact}）`;
}

/** `甲、乙和丙`. */
export function listed(words: readonly string[]): string {
  lists ??= new Intl.ListFormat('zh-Hans');
  return lists.format(words);
}
