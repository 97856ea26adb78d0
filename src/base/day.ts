/**
 * Returns whether a text is an existing day in the form `YYYY-MM-DD`. Dates such as `2026-02-30` are rejected, because
 * `Date` would silently make 2 March of it.
 */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 10) === text;
}

/**
 * Returns the day at the start of a text in the notation of EXIF or RFC 3339: `2026:05:03 …`, `2026-05-03T…`;
 * `undefined` if there is none.
 */
export function parseLeadingDay(text: string | undefined): string | undefined {
  const [, year, month, day] = /^(\d{4})[:-](\d{2})[:-](\d{2})(?!\d)/.exec(text ?? '') ?? [];
  const found = `${year}-${month}-${day}`;
  return isDay(found) ? found : undefined;
}
