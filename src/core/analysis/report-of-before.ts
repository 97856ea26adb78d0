import { asArray, asRecord, type JsonRecord, jsonIn, member } from '../ground/json-shape.js';
import { CARRIERS, type Carrier, type ReadStatus } from '../media/carrier.js';
import { coverageOf, silence } from '../report/coverage.js';
import { type Coverage, ORIGINS, type Origin, READ_STATUSES } from '../report/report.js';

/**
 * What was kept before a Report told how far its file was looked into: `none` stood there too where a part had not been
 * read. How each carrier's reading ended was kept, so coverage and origin are told from that. The sentence stays as it was
 * written, for somebody may have quoted it. And what was kept while the parts of a file stood within `asset`, or before
 * carriers were known that no format of that day had.
 */

const SCHEMA = 'assay.report/1';
/** Written by our own JSON.stringify: within a string these quotation marks would be escaped. */
const TOLD = '"coverage":{"state":';
const PARTS = '"parts":[';
const SUMMARY = '"summary":';
/** Carriers that came after others were kept. */
const LATER = [
  'mxfMetadata',
  'asfMeta',
  'imageHeader',
  'documentProperties',
] as const satisfies readonly Carrier[];
const KNOWN = LATER.map((carrier) => `"${carrier}":{"status":`);
const MOST_PARTS = 8;

/** The same of a Report as text; text that is of today, or none of ours, comes back as it is. */
export function reportTextOfBefore(text: string): string {
  if (text.includes(TOLD) && !hasPartsWithin(text) && KNOWN.every((mark) => text.includes(mark))) return text;
  const value = jsonIn(text);
  const report = reportOfBefore(value);
  return report === value ? text : JSON.stringify(report);
}

/** `asset` stands before the summary, and the parts of a Report of today behind it. */
function hasPartsWithin(text: string): boolean {
  const at = text.indexOf(PARTS);
  return at !== -1 && at < text.indexOf(SUMMARY);
}

/** Any JSON: what is no Report of before comes back as it is, for others to refuse. */
export function reportOfBefore(value: unknown): unknown {
  const report = asRecord(value);
  if (report === undefined || report['schema'] !== SCHEMA) return value;
  const told = toldOfBefore(report);
  const whole =
    told === undefined ? report : { ...report, summary: { ...asRecord(report['summary']), ...told } };
  return withParts(withCarriers(whole));
}

/** What had such a carrier was of a format that was not read: so its other carriers say. */
function withCarriers(report: JsonRecord): JsonRecord {
  const reads = asRecord(report['reads']);
  const missing = reads === undefined ? [] : LATER.filter((carrier) => !Object.hasOwn(reads, carrier));
  if (missing.length === 0) return report;
  const none = Object.fromEntries(missing.map((carrier) => [carrier, NOT_KNOWN_THEN]));
  return { ...report, reads: { ...reads, ...none } };
}

const NOT_KNOWN_THEN = { status: 'unsupported', code: 'carrier.none' } as const;

/** Parts that stand within `asset`, where they stand today. */
function withParts(report: JsonRecord): JsonRecord {
  const within = asRecord(report['asset']);
  if (within === undefined || !Object.hasOwn(within, 'parts')) return report;
  const { parts, ...asset } = within;
  const { tool, ...others } = report;
  return { ...others, asset, parts, tool };
}

/**
 * Coverage and origin of a Report or of a scan's record in brief, whose `reads` names only what could not be looked at.
 * Undefined where both are told already, or where it is neither.
 */
export function toldOfBefore(report: JsonRecord): { origin: Origin; coverage: Coverage } | undefined {
  const summary = asRecord(report['summary']);
  const credentials = asRecord(report['contentCredentials']);
  const reads = endingsIn(report['reads']);
  if (summary === undefined || credentials === undefined || reads === undefined) return undefined;
  const origin = ORIGINS.find((one) => one === summary['origin']);
  if (origin === undefined || member(summary, 'coverage') !== undefined) return undefined;
  const { bytesFault, bytesFaultMissing } = credentials;
  const coverage = coverageOf(reads, {
    ...(typeof bytesFault === 'string' ? { bytesFault } : {}),
    // Its other words mean nothing here.
    bytesFaultMissing: asArray(bytesFaultMissing, MOST_PARTS).includes('statements') ? ['statements'] : [],
  });
  return { origin: origin === 'none' ? silence(coverage) : origin, coverage };
}

type Endings = Partial<Record<Carrier, { status: ReadStatus; code?: string; reason?: string }>>;

function endingsIn(value: unknown): Endings | undefined {
  const reads = asRecord(value);
  if (reads === undefined) return undefined;
  const endings: Endings = Object.fromEntries(LATER.map((carrier) => [carrier, NOT_KNOWN_THEN]));
  for (const carrier of CARRIERS) {
    const read = asRecord(member(reads, carrier));
    const status = READ_STATUSES.find((one) => one === read?.['status']);
    if (read === undefined || status === undefined) continue;
    const { code, reason } = read;
    endings[carrier] = {
      status,
      ...(typeof code === 'string' ? { code } : {}),
      ...(typeof reason === 'string' ? { reason } : {}),
    };
  }
  return endings;
}
