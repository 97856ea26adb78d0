/** Dates as written by EXIF (`2026:05:03 10:20:30`) and ISO 8601 (`2026-05-03T10:20:30+02:00`, or a shorter form). */
export interface Moment {
  /** Minutes since 1970 of the earliest and latest moment the text can mean, with time zones included. */
  earliestMinutes: number;
  latestMinutes: number;
}

const DATE =
  /^(\d{4})[:-](\d\d)(?:[:-](\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,]\d{1,9})?)?)?)?\s*(Z|[+-]\d\d:?\d\d)?$/;

/** Time zones range from UTC−12 to UTC+14. */
const WEST_MINUTES = 12 * 60;
const EAST_MINUTES = 14 * 60;

/**
 * Parses a date. `impossible`: the day or time exists in no calendar. `undefined`: neither form, or left open with
 * zeros.
 */
export function parseMoment(text: string): Moment | 'impossible' | undefined {
  const found = DATE.exec(text);
  if (!found) return undefined;
  const [, year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = found.map((part) =>
    Number(part ?? 0),
  );
  const hasDay = found[3] !== undefined;
  const hasTime = found[4] !== undefined;
  // Zeros mean that this part is unknown.
  if (year === 0 || month === 0 || (hasDay && day === 0)) return undefined;
  const lastDay = month <= 12 ? new Date(Date.UTC(year, month, 0)).getUTCDate() : 0;
  // ISO 8601 writes midnight as 24:00, and second 60 is a leap second.
  if (month > 12 || day > lastDay || hour > 24 || minute > 59 || second > 60) return 'impossible';
  // `Date.UTC` maps years below 100 to the twentieth century.
  if (year < 100) return undefined;
  const start = Date.UTC(year, month - 1, hasDay ? day : 1, hour, minute) / 60_000;
  const length = hasTime ? 1 : (hasDay ? 1 : lastDay) * 24 * 60;
  const zone = found[7];
  if (zone === undefined || !hasTime)
    return { earliestMinutes: start - EAST_MINUTES, latestMinutes: start + length + WEST_MINUTES };
  const shift = zone === 'Z' ? 0 : zoneMinutes(zone);
  return { earliestMinutes: start - shift, latestMinutes: start - shift + length };
}

function zoneMinutes(zone: string): number {
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return zone.startsWith('-') ? -minutes : minutes;
}

/** ISO 32000-2, 7.9.4: `D:20260503102030+02'00'`, or a shorter form; some writers omit `D:`. */
const PDF_DATE =
  /^(?:D:)?(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d)?)?(?:(Z)(?:00'?(?:00)?)?'?|([+-]\d\d)'?(\d\d)?'?)?$/;
/** Format of C's `asctime`: `Sun May  3 10:20:30 2026`, sometimes with a zone name before the year. */
const C_DATE = /^[A-Z][a-z]{2} ([A-Z][a-z]{2}) {1,2}(\d{1,2}) (\d\d:\d\d:\d\d) (?:[A-Z]{3,5} )?(\d{4})$/;
/** Month names of `asctime`, three letters each. */
const MONTHS = 'JanFebMarAprMayJunJulAugSepOctNovDec';

/** Converts a PDF or C date to ISO 8601; returns any other text unchanged. */
export function toIsoDate(text: string): string {
  const [, year, month, day, hour, minute, second, utc, zoneHours, zoneMinutes = '00'] =
    PDF_DATE.exec(text) ?? [];
  if (year !== undefined) {
    const zone = utc ?? (zoneHours === undefined ? '' : `${zoneHours}:${zoneMinutes}`);
    const time = hour === undefined ? '' : `T${hour}:${minute}:${second ?? '00'}${zone}`;
    return `${year}-${month}-${day}${time}`;
  }
  const [, named = '', dayOfMonth = '', time, ofYear] = C_DATE.exec(text) ?? [];
  const at = named === '' ? -1 : MONTHS.indexOf(named);
  const number = at % 3 === 0 ? at / 3 + 1 : 0;
  return number === 0
    ? text
    : `${ofYear}-${String(number).padStart(2, '0')}-${dayOfMonth.padStart(2, '0')}T${time}`;
}
