import { isDay } from '../../../base/day.js';
import { fault, type ReadFault } from '../../../base/fault.js';

import { asRecord, asText, compact, ownMember } from '../../../base/json-shape.js';

/** Origin and time of a downloaded trust file; the PEM files themselves have no date. */
export interface TrustSource {
  /** Day or time given by the publisher. */
  issueDate?: string;
  fetchedAt?: string;
  /** Time by which the publisher announced the next edition. */
  nextUpdate?: string;
  /** Publisher's number of the edition. */
  sequence?: number;
  /** SHA-256 of the downloaded file, in lower-case hexadecimal. */
  sha256?: string;
  url?: string;
}

/** Days after which a list whose publisher announces no next edition counts as outdated. */
const CURRENT_DAYS = 180;

/** Returns true if newer signers may be missing: the announced next edition is due, or the list was fetched long ago. */
export function isOutdated({ fetchedAt, nextUpdate }: TrustSource, now: Date): boolean {
  if (nextUpdate !== undefined) return now.getTime() > Date.parse(nextUpdate);
  return fetchedAt !== undefined && now.getTime() - Date.parse(fetchedAt) > CURRENT_DAYS * 86_400_000;
}

export type SourcesAnswer = { sources: ReadonlyMap<string, TrustSource> } | { fault: ReadFault };

/** Parses `sources.json`: file name → source. Members of other shapes are ignored. */
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
    issueDate: dateOf(ownMember(source, 'issueDate')),
    fetchedAt: dateOf(ownMember(source, 'fetchedAt')),
    nextUpdate: dateOf(ownMember(source, 'nextUpdate')),
    sequence: sequenceOf(ownMember(source, 'sequence')),
    sha256: asText(ownMember(source, 'sha256'), 64)?.toLowerCase(),
    url: asText(ownMember(source, 'url'), 2_048),
  });
}

const sequenceOf = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;

/** Accepts an RFC 3339 date or time; any other text, or a day in no calendar, would reach reports unchanged. */
function dateOf(value: unknown): string | undefined {
  return typeof value === 'string' &&
    /^\d{4}-\d{2}-\d{2}(T[\d:.]{5,15}(Z|[+-]\d{2}:\d{2}))?$/.test(value) &&
    isDay(value.slice(0, 10)) &&
    !Number.isNaN(Date.parse(value))
    ? value
    : undefined;
}
