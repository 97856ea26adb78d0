/** RFC 3339, its seconds left out at will. Undefined for what has no zone: it would be another time on another machine. */
export function sealedAtIn(text: string): Date | undefined {
  const isWhole = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/.test(text);
  const at = new Date(isWhole ? text : Number.NaN);
  return Number.isNaN(at.getTime()) ? undefined : at;
}
