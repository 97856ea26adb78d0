import type { TSchema } from 'typebox';
import { limits } from './limits.js';

/**
 * Returns the schema with a bound on every string and list that has none. Processes that have read hostile bytes must
 * answer in this shape. Published schemas lack the general bounds, because older Reports may be longer.
 */
export const withDefaultBounds = <T extends TSchema>(schema: T): T => addBounds(schema) as T;

function addBounds(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(addBounds);
  if (typeof value !== 'object' || value === null || value instanceof RegExp) return value;
  // The library marks schemas with non-enumerable members, which must be copied too.
  const members = Object.getOwnPropertyDescriptors(value);
  for (const member of Object.values(members)) if (member.enumerable) member.value = addBounds(member.value);
  return Object.defineProperties({}, { ...members, ...addBound(value) });
}

function addBound(schema: object): PropertyDescriptorMap {
  const { type, enum: words, maxLength, maxItems } = schema as Record<string, unknown>;
  const bound = (value: number) => ({ value, enumerable: true, writable: true, configurable: true });
  if (type === 'string' && words === undefined && maxLength === undefined && !('const' in schema))
    return { maxLength: bound(limits.reportTextCharacters) };
  if (type === 'array' && maxItems === undefined) return { maxItems: bound(limits.reportItems) };
  return {};
}
