import type { TSchema } from 'typebox';
import { limits } from './limits.js';

/**
 * The same schema with a bound on every string and list that has none of its own: a process that has read hostile bytes
 * answers in this shape. Published schemas do without the general bounds, since older Reports may be longer.
 */
export const bounded = <T extends TSchema>(schema: T): T => withBounds(schema) as T;

function withBounds(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withBounds);
  if (typeof value !== 'object' || value === null || value instanceof RegExp) return value;
  // The library keeps what it marks schemas with in members that are not listed.
  const members = Object.getOwnPropertyDescriptors(value);
  for (const member of Object.values(members)) if (member.enumerable) member.value = withBounds(member.value);
  return Object.defineProperties({}, { ...members, ...boundOf(value) });
}

function boundOf(schema: object): PropertyDescriptorMap {
  const { type, enum: words, maxLength, maxItems } = schema as Record<string, unknown>;
  const bound = (value: number) => ({ value, enumerable: true, writable: true, configurable: true });
  if (type === 'string' && words === undefined && maxLength === undefined && !('const' in schema))
    return { maxLength: bound(limits.reportTextCharacters) };
  if (type === 'array' && maxItems === undefined) return { maxItems: bound(limits.reportItems) };
  return {};
}
