/** Type guards and accessors for values of unknown shape: JSON from libraries and from files. */

export type JsonRecord = Readonly<Record<string, unknown>>;

export function asRecord(value: unknown): JsonRecord | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as JsonRecord)
    : undefined;
}

/** Parses JSON; returns `undefined` if the text is invalid. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export const parseJsonRecord = (text: string): JsonRecord | undefined => asRecord(parseJson(text));

export function asArray(value: unknown, max: number): unknown[] {
  return Array.isArray(value) ? value.slice(0, max) : [];
}

/** Returns a non-empty string, cut to `max` characters at a code point. */
export function asText(value: unknown, max: number): string | undefined {
  if (typeof value !== 'string' || value === '') return undefined;
  return truncate(value, max);
}

/**
 * Returns a measured number: finite and not negative. A library's arithmetic on a malformed file may yield other
 * values.
 */
export function asAmount(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined;
}

/** Returns a count: a safe integer that is not negative. */
export function asCount(value: unknown): number | undefined {
  return Number.isSafeInteger(value) ? asAmount(value) : undefined;
}

/** Cuts a text at a code point, so that no surrogate pair is split, and marks the cut with `…`. */
export function truncate(value: string, max: number): string {
  if (value.length <= max) return value;
  const end = max - 1;
  const last = value.charCodeAt(end - 1);
  return `${value.slice(0, last >= 0xd800 && last <= 0xdbff ? end - 1 : end)}…`;
}

/** Returns an own member only, so that `__proto__` and `constructor` in a file's JSON have no effect. */
export function ownMember(record: JsonRecord, key: string): unknown {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

/** Removes undefined members, as `exactOptionalPropertyTypes` and JSON require. */
export function compact<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const defined: Partial<T> = {};
  for (const key of Object.keys(value) as (keyof T)[])
    if (value[key] !== undefined) defined[key] = value[key];
  return defined as { [K in keyof T]: Exclude<T[K], undefined> };
}
