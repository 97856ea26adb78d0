/** `YYYY-MM-DD`, and a day that exists: `2026-02-30` would silently be 2 March. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 10) === text;
}

/** The day that a text begins with, as EXIF and RFC 3339 write one: `2026:05:03 …`, `2026-05-03T…`; undefined where it is none. */
export function writtenDay(text: string | undefined): string | undefined {
  const [, year, month, day] = /^(\d{4})[:-](\d{2})[:-](\d{2})(?!\d)/.exec(text ?? '') ?? [];
  const found = `${year}-${month}-${day}`;
  return isDay(found) ? found : undefined;
}
