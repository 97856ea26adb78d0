/** English dates, times, sizes and lists. */

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

export function date(iso: string): string {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})/.exec(iso) ?? [];
  const name = MONTHS[Number(month) - 1];
  return year === undefined || name === undefined ? iso : `${Number(day)} ${name} ${year}`;
}

/** The zone is always said; a time without one is shown as written. */
export function time(stamp: string): string {
  const [, clock, zone] =
    /^\d{4}-\d{2}-\d{2}T(\d{2}:\d{2}:\d{2})(?:\.\d+)?(Z|[+-]\d{2}:\d{2})$/.exec(stamp) ?? [];
  if (clock === undefined || zone === undefined) return stamp;
  return `${date(stamp)}, ${clock} ${zone === 'Z' || zone === '+00:00' ? 'UTC' : `UTC${zone}`}`;
}

export function bytes(count: number): string {
  const exact = `${grouped(count)} byte${count === 1 ? '' : 's'}`;
  const unit = (
    [
      ['GB', 1e9],
      ['MB', 1e6],
      ['kB', 1e3],
    ] as const
  ).find(([, size]) => count >= size);
  return unit === undefined ? exact : `${(count / unit[1]).toFixed(1)} ${unit[0]} (${exact})`;
}

export function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}

export function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;
}
