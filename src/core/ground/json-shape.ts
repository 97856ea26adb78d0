/** Narrowing of values whose shape nobody has promised: JSON from libraries and from files. */

export type JsonRecord = Readonly<Record<string, unknown>>;

export function asRecord(value: unknown): JsonRecord | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as JsonRecord)
    : undefined;
}

/** What a text says that ought to be JSON; undefined where it is none. */
export function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export const jsonRecordIn = (text: string): JsonRecord | undefined => asRecord(jsonIn(text));

export function asArray(value: unknown, most: number): unknown[] {
  return Array.isArray(value) ? value.slice(0, most) : [];
}

/** A non-empty string, cut to `most` characters at a code point. */
export function asText(value: unknown, most: number): string | undefined {
  if (typeof value !== 'string' || value === '') return undefined;
  return cut(value, most);
}

/** A number that measures something: finite and not below nothing, which a library's arithmetic over a lying file need not be. */
export function asAmount(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined;
}

/** The same where it counts something. */
export function asCount(value: unknown): number | undefined {
  return Number.isSafeInteger(value) ? asAmount(value) : undefined;
}

/** Cuts at a code point, so that no half of a surrogate pair is left behind; the cut is shown. */
export function cut(value: string, most: number): string {
  if (value.length <= most) return value;
  const end = most - 1;
  const last = value.charCodeAt(end - 1);
  return `${value.slice(0, last >= 0xd800 && last <= 0xdbff ? end - 1 : end)}…`;
}

/** Only own members count: `__proto__` and `constructor` of a file's JSON reach nothing. */
export function member(record: JsonRecord, key: string): unknown {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

/** Leaves out members that are undefined, as `exactOptionalPropertyTypes` and JSON both want. */
export function compact<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const kept: Partial<T> = {};
  for (const key of Object.keys(value) as (keyof T)[]) if (value[key] !== undefined) kept[key] = value[key];
  return kept as { [K in keyof T]: Exclude<T[K], undefined> };
}
