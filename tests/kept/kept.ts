import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { asRecord } from '../../src/core/ground/json-shape.js';
import type { Report } from '../../src/core/report/report.js';

/**
 * What Assay 0.1 wrote, before a Report told how far its file was looked into: Reports of three fixtures, and the results
 * of two scans, slim and full. Made by that version itself (`inspect --json`, `scan`), so they are never built anew. And
 * Reports of three files that hold another, from when that stood within `asset`: two by 0.1, the last by a 0.2 of before.
 */
export const kept = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

export const linesOf = (name: string): string[] => readFileSync(kept(name), 'utf8').trimEnd().split('\n');

export const REPORTS_OF_BEFORE = linesOf('reports-of-0.1.ndjson');
export const PARTS_OF_BEFORE = linesOf('reports-with-parts.ndjson');
export const RECORDS_OF_BEFORE = linesOf('scan-of-0.1.ndjson').slice(1, -1);
export const FULL_RECORD_OF_BEFORE = linesOf('full-scan-of-0.1.ndjson')[1] ?? '';

/** The same shape, made of a Report of today: without coverage, and `none` where today it is `unknown`. */
export function asBefore(report: Report): unknown {
  const { coverage: _, origin, ...summary } = report.summary;
  return { ...report, summary: { origin: origin === 'unknown' ? 'none' : origin, ...summary } };
}

export const summaryIn = (value: unknown) => asRecord(asRecord(value)?.['summary']);
