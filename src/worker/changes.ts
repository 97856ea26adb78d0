import { asRecord } from '../core/ground/json-shape.js';
import type { Report } from '../core/report/report.js';
import type {
  AnswerChanges,
  AnswerVersions,
  InspectionChange,
  InspectionRecord,
} from '../store/inspections.js';

/** Places named at most; a Report that differs in more says that there are more by its last one. */
const MOST_PLACES = 200;
const VALUE_CHARACTERS = 200;

interface Answer {
  report: Report;
  versions: AnswerVersions;
}

/** What another answer is due to, and where it is another one. */
export function changesBetween(before: InspectionRecord, after: Answer): AnswerChanges {
  const old: unknown = before.report === undefined ? undefined : JSON.parse(before.report);
  const places: AnswerChanges['answer'] = [];
  compare(old, JSON.parse(JSON.stringify(after.report)), '', places);
  return { because: causes(before, after), answer: places };
}

function causes(before: InspectionRecord, { report, versions }: Answer): InspectionChange[] {
  const old = before.versions;
  if (old === undefined) return [];
  const day = asRecord(asRecord(JSON.parse(before.report ?? '{}'))?.['tool'])?.['asOf'];
  return [
    ...ofReading(old, versions),
    ...differing('list', listed(old), listed(versions)),
    ...differing('rulebook', editions(old), editions(versions)),
    ...(typeof day === 'string' ? differing('day', { asOf: day }, { asOf: report.tool.asOf }) : []),
  ];
}

/** What is another one now, where the file was not read again. */
export function notAsked(before: AnswerVersions, now: AnswerVersions): InspectionChange[] {
  return ofReading(before, now);
}

function ofReading(before: AnswerVersions, after: AnswerVersions): InspectionChange[] {
  return [
    ...differing('tool', { assay: before.tool }, { assay: after.tool }),
    ...differing('engine', byName(before.engines), byName(after.engines)),
    ...differing('program', byName(before.programs), byName(after.programs)),
  ];
}

/** `native 0.8.0 (…)` → native: 0.8.0 (…). */
const byName = (engines: readonly string[]): Record<string, string> =>
  Object.fromEntries(engines.map((one) => [one.split(' ', 1)[0] ?? one, one]));

const listed = ({ lists }: AnswerVersions): Record<string, string> =>
  Object.fromEntries(
    lists.map(({ name, sha256, date }) => [name, `${date ?? 'no date'}, ${sha256.slice(0, 12)}`]),
  );

const editions = ({ rulebooks }: AnswerVersions): Record<string, string> =>
  Object.fromEntries(rulebooks.map(({ id, edition, sha256 }) => [id, `${edition}, ${sha256.slice(0, 12)}`]));

function differing(
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

/** `tool` says which versions were at work, and is no answer. Depth is that of our own schema. */
function compare(before: unknown, after: unknown, pointer: string, places: AnswerChanges['answer']): void {
  if (pointer === '/tool' || places.length >= MOST_PLACES) return;
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
    places.push({ pointer, ...shown('before', before), ...shown('after', after) });
  }
}

function shown<const N extends string>(name: N, value: unknown): { [K in N]?: string } {
  if (value === undefined) return {};
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return { [name]: text.slice(0, VALUE_CHARACTERS) } as { [K in N]?: string };
}
