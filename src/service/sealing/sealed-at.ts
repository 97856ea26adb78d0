/**
 * Parses an RFC 3339 time whose seconds are optional; `undefined` without a time zone, because it would be another time
 * on another machine.
 */
export function parseSealedAt(text: string): Date | undefined {
  const isWhole = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/.test(text);
  const at = new Date(isWhole ? text : Number.NaN);
  return Number.isNaN(at.getTime()) ? undefined : at;
}
