import { isDay } from '../ground/day.js';
import { fault, type ReadFault } from '../ground/fault.js';

import { asRecord, asText, compact, member } from '../ground/json-shape.js';

/** Where and when a trust file was fetched; the PEM files themselves bear no date. */
export interface TrustSource {
  /** Day or time as the publisher gave it. */
  issueDate?: string;
  fetchedAt?: string;
  /** Of the file that was fetched, lower-case hexadecimal. */
  sha256?: string;
  url?: string;
}

export type SourcesAnswer = { sources: ReadonlyMap<string, TrustSource> } | { fault: ReadFault };

/** `sources.json`: file name → source. Members of other shapes are left out. */
export function readSources(bytes: Buffer): SourcesAnswer {
  let json: unknown;
  try {
    json = JSON.parse(bytes.toString('utf8'));
  } catch {
    return { fault: fault('trust.json', { wanted: 'other' }) };
  }
  const record = asRecord(json);
  if (!record) return { fault: fault('trust.json', { wanted: 'object' }) };
  return {
    sources: new Map(
      Object.entries(record).flatMap(([name, entry]) => {
        const source = asRecord(entry);
        return source ? [[name, readSource(source)] as const] : [];
      }),
    ),
  };
}

function readSource(source: Readonly<Record<string, unknown>>): TrustSource {
  return compact({
    issueDate: dateOf(member(source, 'issueDate')),
    fetchedAt: dateOf(member(source, 'fetchedAt')),
    sha256: asText(member(source, 'sha256'), 64)?.toLowerCase(),
    url: asText(member(source, 'url'), 2_048),
  });
}

/** RFC 3339 date or time; anything else, and a day that no calendar has, would end up in reports as it is. */
function dateOf(value: unknown): string | undefined {
  return typeof value === 'string' &&
    /^\d{4}-\d{2}-\d{2}(T[\d:.]{5,15}(Z|[+-]\d{2}:\d{2}))?$/.test(value) &&
    isDay(value.slice(0, 10)) &&
    !Number.isNaN(Date.parse(value))
    ? value
    : undefined;
}
