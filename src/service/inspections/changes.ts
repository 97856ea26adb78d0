import { asRecord } from '../../base/json-shape.js';
import type { StoredReport } from '../../core/report/report.js';
import type {
  AnswerChanges,
  AnswerVersions,
  InspectionChange,
  InspectionRecord,
} from '../../storage/inspections/inspections.js';
import { parseStoredReport } from './stored-report.js';

/** Maximum number of listed differences; further ones are omitted. */
const MAX_DIFFERENCES = 200;
const VALUE_CHARACTERS = 200;

interface VersionedReport {
  report: StoredReport;
  versions: AnswerVersions;
}

/** Returns the causes and the differences between two answers. */
export function findChanges(before: InspectionRecord, after: VersionedReport): AnswerChanges {
  // A damaged Report differs as a whole, like one that was deleted.
  const old = parseStoredReport(before.report ?? '');
  const places: AnswerChanges['answer'] = [];
  compare(old, JSON.parse(JSON.stringify(after.report)), '', places);
  return { reasons: findCauses(before.versions, old, after), answer: places };
}

function findCauses(
  old: AnswerVersions | undefined,
  before: StoredReport | undefined,
  { report, versions }: VersionedReport,
): InspectionChange[] {
  if (old === undefined) return [];
  return [
    ...readingChanges(old, versions),
    ...diffMaps('list', listed(old), listed(versions)),
    ...diffMaps('rulebook', editions(old), editions(versions)),
    ...(before === undefined ? [] : diffMaps('day', { asOf: before.tool.asOf }, { asOf: report.tool.asOf })),
  ];
}

/** Returns inputs that have changed since but were not applied, because the file was not read again. */
export function findUnapplied(before: AnswerVersions, now: AnswerVersions): InspectionChange[] {
  return readingChanges(before, now);
}

function readingChanges(before: AnswerVersions, after: AnswerVersions): InspectionChange[] {
  return [
    ...diffMaps('tool', { assay: before.tool }, { assay: after.tool }),
    ...diffMaps('engine', byName(before.engines), byName(after.engines)),
    ...diffMaps('program', byName(before.programs), byName(after.programs)),
  ];
}

/** Parses `native 0.8.0 (…)` into its name `native` and the whole text. */
const byName = (engines: readonly string[]): Record<string, string> =>
  Object.fromEntries(engines.map((one) => [one.split(' ', 1)[0] ?? one, one]));

const listed = ({ lists }: AnswerVersions): Record<string, string> =>
  Object.fromEntries(
    lists.map(({ name, sha256, date }) => [name, `${date ?? 'no date'}, ${sha256.slice(0, 12)}`]),
  );

const editions = ({ rulebooks }: AnswerVersions): Record<string, string> =>
  Object.fromEntries(rulebooks.map(({ id, edition, sha256 }) => [id, `${edition}, ${sha256.slice(0, 12)}`]));

function diffMaps(
  what: InspectionChange['what'],
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
): InspectionChange[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names
    .filter((name) => before[name] !== after[name])
    .map((name) => ({
      what,
      name,
      ...(before[name] === undefined ? {} : { before: before[name] }),
      ...(after[name] === undefined ? {} : { after: after[name] }),
    }));
}

/** Skips `tool`, which lists versions and is no part of the answer. The depth is bounded by the Report's schema. */
function compare(before: unknown, after: unknown, pointer: string, places: AnswerChanges['answer']): void {
  if (pointer === '/tool' || places.length >= MAX_DIFFERENCES) return;
  const [old, now] = [asRecord(before), asRecord(after)];
  if (old !== undefined && now !== undefined) {
    for (const key of new Set([...Object.keys(old), ...Object.keys(now)])) {
      compare(old[key], now[key], `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`, places);
    }
  } else if (Array.isArray(before) && Array.isArray(after)) {
    for (let index = 0; index < Math.max(before.length, after.length); index += 1) {
      compare(before[index], after[index], `${pointer}/${index}`, places);
    }
  } else if (JSON.stringify(before) !== JSON.stringify(after)) {
    places.push({ pointer, ...shorten('before', before), ...shorten('after', after) });
  }
}

function shorten<const N extends string>(name: N, value: unknown): { [K in N]?: string } {
  if (value === undefined) return {};
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return { [name]: text.slice(0, VALUE_CHARACTERS) } as { [K in N]?: string };
}
