import type { TSchema } from 'typebox';
import { describe, expect, it } from 'vitest';
import { limits } from '../../src/base/limits.js';
import { ObservationSchema, ReadingAttachmentsSchema, ReportSchema } from '../../src/core/report/report.js';
import { ReaderRecordSchema } from '../../src/scan/records/reader-record-check.js';

/** Returns unbounded texts and lists in a schema, by path. */
function unbounded(schema: unknown, locator = ''): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const { type, enum: words, maxLength, maxItems, items } = schema as Record<string, unknown>;
  const isText = type === 'string' && words === undefined && !('const' in schema);
  // A tuple has as many items as it has schemas.
  const isTuple =
    Array.isArray(items) && (schema as TSchema & { additionalItems?: boolean }).additionalItems === false;
  const own =
    (isText && typeof maxLength !== 'number') ||
    (type === 'array' && !isTuple && typeof maxItems !== 'number');
  const inner = Object.entries(schema).flatMap(([name, one]) => unbounded(one, `${locator}/${name}`));
  return own ? [locator, ...inner] : inner;
}

/** Returns positions without a schema, where anything is allowed. */
function unsaid(schema: unknown, locator = ''): string[] {
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema)) return [];
  const { properties, additionalProperties, items, anyOf, patternProperties } = schema as Record<
    string,
    unknown
  >;
  const isOpen = properties !== undefined && additionalProperties !== false;
  const each = { ...(properties as object), ...(patternProperties as object), items, ...(anyOf as object) };
  return [
    ...(isOpen ? [locator] : []),
    ...Object.entries(each).flatMap(([name, one]) => unsaid(one, `${locator}/${name}`)),
  ];
}

describe('what a reading process may answer', () => {
  it.each([
    ['an Observation', ObservationSchema],
    ['what stands beside one', ReadingAttachmentsSchema],
    ['a record of a scan', ReaderRecordSchema],
  ] as const)('%s has a bound on every text and list, and no member that nobody declared', (_, schema) => {
    expect(unbounded(schema)).toEqual([]);
    expect(unsaid(schema)).toEqual([]);
  });

  it('no bound is longer than a whole answer may be', () => {
    const bounds = [...JSON.stringify(ObservationSchema).matchAll(/"max(?:Length|Items)":(\d+)/g)];
    expect(bounds.length).toBeGreaterThan(100);
    for (const [, bound] of bounds) expect(Number(bound)).toBeLessThan(limits.answerBytes / 2);
  });

  it('finds those without: the test can fail', () => {
    expect(unbounded(ReportSchema).length).toBeGreaterThan(50);
  });
});
