import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { asRecord } from '../../src/base/json-shape.js';
import type { Report } from '../../src/core/report/report.js';

/**
 * Files written by Assay 0.1, before a Report stated how far its file was examined: Reports of three fixtures, and the
 * results of two scans, summary and full. That version itself made them (`inspect --json`, `scan`), so they are never
 * rebuilt. Also Reports of three files that contain another, from when this was part of `asset`: two by 0.1, the last
 * by an early 0.2.
 */
export const kept = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

export const linesOf = (name: string): string[] => readFileSync(kept(name), 'utf8').trimEnd().split('\n');

export const REPORTS_OF_BEFORE = linesOf('reports-of-0.1.ndjson');
export const PARTS_OF_BEFORE = linesOf('reports-with-parts.ndjson');
export const RECORDS_OF_BEFORE = linesOf('scan-of-0.1.ndjson').slice(1, -1);
export const FULL_RECORD_OF_BEFORE = linesOf('full-scan-of-0.1.ndjson')[1] ?? '';

/** Converts a current Report into the old shape: without coverage, and with `none` in place of `unknown`. */
export function asBefore(report: Report): unknown {
  const { coverage: _, origin, ...summary } = report.summary;
  return { ...report, summary: { origin: origin === 'unknown' ? 'none' : origin, ...summary } };
}

export const summaryIn = (value: unknown) => asRecord(asRecord(value)?.['summary']);
