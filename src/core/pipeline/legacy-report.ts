import { asArray, asRecord, type JsonRecord, ownMember, parseJson } from '../../base/json-shape.js';
import { CARRIERS, type Carrier, type ReadStatus } from '../media/carrier.js';
import { computeCoverage, originWithoutDeclaration } from '../report/coverage.js';
import { type Coverage, ORIGINS, type Origin, READ_STATUSES } from '../report/report.js';

/**
 * Converts Reports stored in older formats. Before Reports had coverage, `none` also stood where a part had not been
 * read; coverage and origin are now derived from the stored reads. The sentence stays as it was written, because it may
 * have been quoted. Also converted are Reports whose parts stood within `asset`, and Reports from before some carriers
 * existed.
 */

const SCHEMA = 'assay.report/1';
/** JSON.stringify wrote the text, so within a string these quotation marks would be escaped. */
const COVERAGE_MARK = '"coverage":{"state":';
const PARTS_MARK = '"parts":[';
const SUMMARY_MARK = '"summary":';
/** Carriers that were added later. */
const LATER_CARRIERS = [
  'mxfMetadata',
  'asfMeta',
  'imageHeader',
  'documentProperties',
] as const satisfies readonly Carrier[];
const KNOWN = LATER_CARRIERS.map((carrier) => `"${carrier}":{"status":`);
const MAX_PARTS = 8;

/** Converts a Report given as text. Text in today's format, or that is no Report, is returned unchanged. */
export function upgradeLegacyReportText(text: string): string {
  if (text.includes(COVERAGE_MARK) && !hasPartsWithin(text) && KNOWN.every((mark) => text.includes(mark)))
    return text;
  const value = parseJson(text);
  const report = upgradeLegacyReport(value);
  return report === value ? text : JSON.stringify(report);
}

/** `asset` stands before the summary; in today's format the parts stand behind it. */
function hasPartsWithin(text: string): boolean {
  const at = text.indexOf(PARTS_MARK);
  return at !== -1 && at < text.indexOf(SUMMARY_MARK);
}

/** Converts a Report given as JSON. Other values are returned unchanged and rejected later by validation. */
export function upgradeLegacyReport(value: unknown): unknown {
  const report = asRecord(value);
  if (report === undefined || report['schema'] !== SCHEMA) return value;
  const coverage = legacyCoverage(report);
  const whole =
    coverage === undefined ? report : { ...report, summary: { ...asRecord(report['summary']), ...coverage } };
  return moveParts(addLaterCarriers(whole));
}

/** Formats with such a carrier were not read then, so it takes the outcome of the other carriers. */
function addLaterCarriers(report: JsonRecord): JsonRecord {
  const reads = asRecord(report['reads']);
  const missing =
    reads === undefined ? [] : LATER_CARRIERS.filter((carrier) => !Object.hasOwn(reads, carrier));
  if (missing.length === 0) return report;
  const none = Object.fromEntries(missing.map((carrier) => [carrier, CARRIER_UNKNOWN]));
  return { ...report, reads: { ...reads, ...none } };
}

const CARRIER_UNKNOWN = { status: 'unsupported', code: 'carrier.none' } as const;

/** Moves parts from within `asset` to where they stand today. */
function moveParts(report: JsonRecord): JsonRecord {
  const within = asRecord(report['asset']);
  if (within === undefined || !Object.hasOwn(within, 'parts')) return report;
  const { parts, ...asset } = within;
  const { tool, ...others } = report;
  return { ...others, asset, parts, tool };
}

/**
 * Returns coverage and origin of a Report or of a summary record of a scan, whose `reads` lists only carriers that
 * could not be read. `undefined` if both are present already, or if the value is neither.
 */
export function legacyCoverage(report: JsonRecord): { origin: Origin; coverage: Coverage } | undefined {
  const summary = asRecord(report['summary']);
  const credentials = asRecord(report['contentCredentials']);
  const reads = readOutcomes(report['reads']);
  if (summary === undefined || credentials === undefined || reads === undefined) return undefined;
  const origin = ORIGINS.find((one) => one === summary['origin']);
  if (origin === undefined || ownMember(summary, 'coverage') !== undefined) return undefined;
  const { bytesFault, bytesFaultMissing } = credentials;
  const coverage = computeCoverage(reads, {
    ...(typeof bytesFault === 'string' ? { bytesFault } : {}),
    // Other values have no meaning here.
    bytesFaultMissing: asArray(bytesFaultMissing, MAX_PARTS).includes('statements') ? ['statements'] : [],
  });
  return { origin: origin === 'none' ? originWithoutDeclaration(coverage) : origin, coverage };
}

type Endings = Partial<Record<Carrier, { status: ReadStatus; code?: string; reason?: string }>>;

function readOutcomes(value: unknown): Endings | undefined {
  const reads = asRecord(value);
  if (reads === undefined) return undefined;
  const endings: Endings = Object.fromEntries(LATER_CARRIERS.map((carrier) => [carrier, CARRIER_UNKNOWN]));
  for (const carrier of CARRIERS) {
    const read = asRecord(ownMember(reads, carrier));
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
