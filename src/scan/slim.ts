import { meaningsFirst } from '../core/analysis/within-bounds.js';
import { cut } from '../core/ground/json-shape.js';
import { pathTold, textOfPath, toldPath } from '../core/ground/path-text.js';
import { type Carrier, couldNotLook } from '../core/media/carrier.js';
import type { Outcome } from '../core/report/finding-schema.js';
import type { Part } from '../core/report/part-schema.js';
import type { Coverage, Report } from '../core/report/report.js';
import { countedInside, partsByWeight } from '../core/summary/inside-counts.js';
import { columnsOf } from './columns.js';
import type { Entry } from './entry.js';
import { type FullRecord, SILENT, type SlimRecord } from './record.js';

/** What keeps a record short: most are 1 to 3 kB. `recordBytes` holds whatever a file says (`inBound`). */
export const recordLimits = {
  recordBytes: 128 * 1024,
  signals: 128,
  basisPerSignal: 2,
  placeCharacters: 160,
  valueCharacters: 256,
  contradictions: 8,
  sentenceCharacters: 1_024,
  findings: 256,
  becausePerFinding: 8,
  causes: 16,
  nameCharacters: 160,
  parts: 64,
  partNameCharacters: 120,
  partLabels: 8,
} as const;

/** As a record has them. */
export const sidecarsIn = ({ sidecars = [] }: Pick<Entry, 'sidecars'>): NonNullable<SlimRecord['sidecars']> =>
  sidecars.map(({ path, bytes, modified }) => ({
    ...toldPath(path),
    bytes,
    modified: new Date(modified).toISOString(),
  }));

export const initTold = (init: string | undefined): Pick<SlimRecord, 'init' | 'initBytes'> => {
  if (init === undefined) return {};
  const { path, pathBytes } = toldPath(init);
  return { init: path, ...(pathBytes === undefined ? {} : { initBytes: pathBytes }) };
};

export const linkTold = (linkOf: string | undefined): Pick<SlimRecord, 'linkOf' | 'linkOfBytes'> => {
  if (linkOf === undefined) return {};
  const { path, pathBytes } = toldPath(linkOf);
  return { linkOf: path, ...(pathBytes === undefined ? {} : { linkOfBytes: pathBytes }) };
};

type Cut = NonNullable<SlimRecord['cut']>[number];

/** A Report that was told, in brief: enough to sort, count and ask other rules of it later, and to say it in another language. */
export function slimOf(entry: Reached, report: Report, init?: string): SlimRecord {
  return inBound(unboundedSlim(entry, report, init));
}

type Reached = Pick<Entry, 'path' | 'modified' | 'etag' | 'sidecars' | 'linkOf'>;

/** The same, however long it has become. Without words where the Report was not told. */
export function unboundedSlim(entry: Reached, report: Report, init?: string): SlimRecord {
  const { asset, summary, contentCredentials, contradictions, findings } = report;
  const shortened = new Set<Cut>();
  const short = (text: string, most: number, what: Cut): string => {
    if (text.length > most) shortened.add(what);
    return cut(text, most);
  };
  const few = <T>(items: readonly T[], most: number, what: Cut): readonly T[] => {
    if (items.length > most) shortened.add(what);
    return items.slice(0, most);
  };
  const year = yearOf(report);
  const credentials = credentialsOf(contentCredentials, short);
  const record: SlimRecord = {
    schema: 'assay.scan-record/1',
    ...toldPath(entry.path),
    modified: new Date(entry.modified).toISOString(),
    ...(entry.etag === undefined ? {} : { etag: entry.etag }),
    ...(entry.sidecars === undefined ? {} : { sidecars: sidecarsIn(entry) }),
    ...initTold(init),
    ...linkTold(entry.linkOf),
    asset: {
      name: short(asset.name, recordLimits.valueCharacters, 'values'),
      bytes: asset.bytes,
      sha256: asset.sha256,
      mediaType: asset.mediaType,
      kind: asset.kind,
      ...(asset.declaredMediaType === undefined ? {} : { declaredMediaType: asset.declaredMediaType }),
    },
    summary: {
      origin: summary.origin,
      ...(summary.backing === undefined ? {} : { backing: summary.backing }),
      ...(summary.headline === undefined ? {} : { headline: summary.headline }),
      ...(summary.facts === undefined ? {} : { facts: summary.facts }),
      sentence: short(summary.sentence ?? '', recordLimits.sentenceCharacters, 'sentence'),
      ...(summary.said === undefined ? {} : { said: summary.said }),
      coverage: coverageIn(summary.coverage),
    },
    ...columnsOf(textOfPath(entry.path), {
      summary,
      contentCredentials: credentials,
      signals: report.signals,
    }),
    ...(year === undefined ? {} : { year }),
    contentCredentials: credentials,
    signals: few(meaningsFirst(report.signals, recordLimits.signals), recordLimits.signals, 'signals').map(
      ({ id, backing, value, said, basis }) => ({
        id,
        backing,
        ...(value === undefined ? {} : { value: short(value, recordLimits.valueCharacters, 'values') }),
        ...(said === undefined ? {} : { said }),
        basis: few(basis, recordLimits.basisPerSignal, 'basis').map((location) => ({
          ...location,
          place: short(location.place, recordLimits.placeCharacters, 'basis'),
        })),
      }),
    ),
    contradictions: few(contradictions, recordLimits.contradictions, 'contradictions').map(
      ({ between, statement = '', said }) => ({
        between: between.map(({ id }) => id),
        statement: short(statement, recordLimits.sentenceCharacters, 'contradictions'),
        ...(said === undefined ? {} : { said }),
      }),
    ),
    ...insideOf(report, few, short),
    ...judgedIn(findings, few),
    ...lawOf(report),
    reads: unreadIn(report.reads),
  };
  return shortened.size === 0 ? record : { ...record, cut: [...shortened].sort() };
}

/** Carriers that could not be looked at, and why. */
function unreadIn(reads: Report['reads']): SlimRecord['reads'] {
  const unread: SlimRecord['reads'] = {};
  for (const carrier of Object.keys(reads) as Carrier[]) {
    const read = reads[carrier];
    if (!couldNotLook(read)) continue;
    const { status, code } = read;
    unread[carrier] = code === undefined ? { status } : { status, code };
  }
  return unread;
}

type Few = <T>(items: readonly T[], most: number, what: Cut) => readonly T[];
type Short = (text: string, most: number, what: Cut) => string;

/** What stands inside, counted whole and told as far as there is room. */
function insideOf({ parts = [] }: Report, few: Few, short: Short): Pick<SlimRecord, 'inside' | 'parts'> {
  const all = partsByWeight(parts);
  if (all.length === 0) return {};
  const { ai, unread } = countedInside(parts);
  return {
    inside: { parts: all.length, ai, unread },
    parts: few(all, recordLimits.parts, 'parts').map(({ number, part }) => partOf(number, part, few, short)),
  };
}

function partOf(
  number: number,
  part: Part,
  few: Few,
  short: Short,
): NonNullable<SlimRecord['parts']>[number] {
  const { kind, mediaType, name, sha256, outcome, code } = part;
  const { origin, backing, presence, integrity, signer, labels = [], headline: text, said } = outcome ?? {};
  const headline = said?.headline === undefined || !('id' in said.headline) ? undefined : said.headline;
  const told = {
    number,
    kind,
    mediaType,
    name: name === undefined ? undefined : short(name, recordLimits.partNameCharacters, 'parts'),
    sha256,
    origin,
    backing,
    presence,
    integrity,
    signer:
      signer?.name === undefined ? undefined : short(signer.name, recordLimits.partNameCharacters, 'parts'),
    trust: signer?.trust,
    labels: labels.length === 0 ? undefined : [...few(labels, recordLimits.partLabels, 'parts')],
    headline: headline === undefined ? undefined : { ...headline, ...(text === undefined ? {} : { text }) },
    code,
  };
  return Object.fromEntries(Object.entries(told).filter(([, value]) => value !== undefined)) as NonNullable<
    SlimRecord['parts']
  >[number];
}

/** The brief form of a full record. */
export function slimOfFull({
  path,
  pathBytes,
  modified,
  etag,
  sidecars,
  init,
  initBytes,
  duplicateOf,
  linkOf,
  linkOfBytes,
  duplicateOfBytes,
  readIn,
  gone,
  likeness,
  kept,
  report,
}: FullRecord): SlimRecord {
  const entry = { path: pathTold({ path, pathBytes }), modified: Date.parse(modified) };
  const initPath = init === undefined ? undefined : pathTold({ path: init, pathBytes: initBytes });
  const { schema, path: _, pathBytes: __, modified: ___, ...said } = slimOf(entry, report, initPath);
  return {
    schema,
    path,
    ...(pathBytes === undefined ? {} : { pathBytes }),
    modified,
    ...(etag === undefined ? {} : { etag }),
    ...(sidecars === undefined ? {} : { sidecars }),
    ...(duplicateOf === undefined ? {} : { duplicateOf }),
    ...(duplicateOfBytes === undefined ? {} : { duplicateOfBytes }),
    ...(gone === undefined ? {} : { gone }),
    ...(linkOf === undefined ? {} : { linkOf }),
    ...(linkOfBytes === undefined ? {} : { linkOfBytes }),
    ...(readIn === undefined ? {} : { readIn }),
    ...said,
    ...(likeness === undefined ? {} : { likeness }),
    ...(kept === undefined ? {} : { kept }),
  };
}

/** The same record with what other rules made of it. */
export function withFindings(
  record: SlimRecord,
  { findings, law }: Pick<Report, 'findings' | 'law'>,
): SlimRecord {
  const { cut: before = [], law: _, silent: __, ...rest } = record;
  const shortened = new Set<Cut>(before.filter((what) => what !== 'findings'));
  const few = <T>(items: readonly T[], most: number, what: Cut): readonly T[] => {
    if (items.length > most) shortened.add(what);
    return items.slice(0, most);
  };
  const fresh = { ...rest, ...judgedIn(findings, few), ...lawOf({ law }) };
  return inBound(shortened.size === 0 ? fresh : { ...fresh, cut: [...shortened].sort() });
}

/** Which clauses those are, findings and the Report say. */
const lawOf = ({ law }: { law?: Report['law'] | undefined }): Pick<SlimRecord, 'law'> =>
  law === undefined
    ? {}
    : {
        law: law.map(({ jurisdiction, role, counts }) => ({
          jurisdiction,
          ...(role === undefined ? {} : { role }),
          counts,
        })),
      };

type Found = Pick<Report['findings'][number], 'rulebook' | 'rule' | 'outcome' | 'because'>;

/** Clauses that have to do with the file by name, all others by number. */
export function judgedIn(
  findings: readonly Found[],
  few: <T>(items: readonly T[], most: number, what: Cut) => readonly T[],
): Pick<SlimRecord, 'findings' | 'silent'> {
  const speaking = findings.filter(({ outcome }) => !isSilent(outcome));
  // Names of rulebooks may be a results file's: no object takes one for a member of its own making.
  const silent = new Map<string, Map<string, number>>();
  for (const { rulebook, outcome } of findings) {
    if (!isSilent(outcome)) continue;
    const counts = silent.get(rulebook) ?? new Map<string, number>();
    silent.set(rulebook, counts.set(outcome, (counts.get(outcome) ?? 0) + 1));
  }
  return {
    findings: few(speaking, recordLimits.findings, 'findings').map(
      ({ rulebook, rule, outcome, because }) => ({
        rulebook,
        rule,
        outcome,
        // What it names then are all the signals that the rule asks for; why they are not known, `reads` says.
        because:
          outcome === 'indeterminate' ? [] : [...few(because, recordLimits.becausePerFinding, 'findings')],
      }),
    ),
    ...(silent.size === 0
      ? {}
      : {
          silent: Object.fromEntries(
            [...silent].map(([rulebook, counts]) => [rulebook, Object.fromEntries(inOrder(counts))]),
          ),
        }),
  };
}

const inOrder = (counts: ReadonlyMap<string, number>): [string, number][] =>
  SILENT.flatMap((outcome): [string, number][] => {
    const clauses = counts.get(outcome);
    return clauses === undefined ? [] : [[outcome, clauses]];
  });

const isSilent = (outcome: Outcome): outcome is (typeof SILENT)[number] =>
  SILENT.some((silent) => silent === outcome);

/** A Report's own in brief: the reasons are in it. */
export const coverageIn = ({ state, unread }: Coverage): SlimRecord['summary']['coverage'] => ({
  state,
  unread: unread.map(({ carrier }) => carrier),
});

/**
 * A character may take six bytes in JSON, so counts and lengths alone do not hold the bound. Each step takes away more
 * until the record fits: first places, then words, last repetitions. Ids and backings of signals go last.
 */
const STEPS: readonly [Cut[], (record: SlimRecord) => SlimRecord][] = [
  [
    ['basis', 'values'],
    (record) => ({
      ...record,
      signals: record.signals.map(({ value, said: _, basis, ...signal }) => ({
        ...signal,
        ...(value === undefined ? {} : { value: cut(value, 64) }),
        basis: basis.slice(0, 1).map(({ place, ...location }) => ({ ...location, place: cut(place, 48) })),
      })),
    }),
  ],
  [
    ['parts'],
    ({ parts, ...record }) => ({
      ...record,
      ...(parts && {
        parts: parts
          .slice(0, 16)
          .map(({ name: _, signer: __, labels: ___, headline: ____, ...part }) => part),
      }),
    }),
  ],
  [
    ['contradictions', 'sentence'],
    ({ summary: { said: _, ...summary }, ...record }) => ({
      ...record,
      summary: { ...summary, sentence: cut(summary.sentence, 256) },
      contradictions: record.contradictions.map(({ between, statement }) => ({
        between,
        statement: cut(statement, 128),
      })),
    }),
  ],
  [
    ['findings'],
    (record) => ({ ...record, findings: record.findings.map((finding) => ({ ...finding, because: [] })) }),
  ],
  [
    ['signals'],
    (record) => ({
      ...record,
      signals: record.signals.slice(0, 64).map(({ value: _, ...signal }) => signal),
    }),
  ],
];

export function inBound(record: SlimRecord): SlimRecord {
  let fitting = record;
  for (const [lost, step] of STEPS) {
    if (Buffer.byteLength(JSON.stringify(fitting)) <= recordLimits.recordBytes) break;
    if (fitting.parts === undefined && lost.includes('parts')) continue;
    fitting = { ...step(fitting), cut: [...new Set([...(fitting.cut ?? []), ...lost])].sort() };
  }
  return fitting;
}

function credentialsOf(
  credentials: Report['contentCredentials'],
  short: (text: string, most: number, what: Cut) => string,
): SlimRecord['contentCredentials'] {
  const { presence, integrity, integrityCauses, signer, time, manifests, activeManifest } = credentials;
  const { bytesFault, bytesFaultMissing } = credentials;
  const list = signer && listNamed(signer.list, signer.listDate);
  const name = (text: string | undefined) =>
    text === undefined ? undefined : short(text, recordLimits.nameCharacters, 'values');
  const said = {
    presence,
    integrity,
    causes: integrityCauses?.slice(0, recordLimits.causes).map((code) => cut(code, 96)),
    signer: name(signer?.name ?? signer?.commonName),
    trust: signer?.trust,
    list: name(list),
    validity: time?.validity,
    proven: time?.proven,
    generator: name(manifests?.find(({ label }) => label === activeManifest)?.claimGenerator),
    bytesFault: name(bytesFault),
    bytesFaultMissing,
    ownHash: credentials.ownHash && true,
  };
  return Object.fromEntries(
    Object.entries(said).filter(([, value]) => value !== undefined),
  ) as SlimRecord['contentCredentials'];
}

/** The list that `trust` speaks of, with its date. */
export const listNamed = (list: string | undefined, date: string | undefined): string | undefined =>
  list && `${list}${date === undefined ? '' : ` (${date})`}`;

/** A timestamp of credentials that no longer fit the file proves nothing of the file as it is. */
function yearOf({ contentCredentials, asset }: Report): SlimRecord['year'] {
  const { integrity, time } = contentCredentials;
  const proven = integrity === 'altered' ? undefined : yearIn(time?.proven);
  if (proven !== undefined) return { year: proven, by: 'proven' };
  const claimed = (asset.claimedDates ?? []).flatMap(({ value }) => yearIn(value) ?? []);
  return claimed.length === 0 ? undefined : { year: Math.min(...claimed), by: 'claimed' };
}

/** Before 1826 there was no photograph; years that cameras without a set clock write are the camera’s word all the same. */
function yearIn(date: string | undefined): number | undefined {
  const year = Number(/^(\d{4})\b/.exec(date ?? '')?.[1]);
  return year >= 1826 && year <= 2199 ? year : undefined;
}
