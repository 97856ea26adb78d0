import type { Translator } from '../../i18n/translator.js';
import { type Carrier, isNotRead, TEXT_CARRIERS } from '../media/carrier.js';
import { localizeMember, localizeReason } from '../report/message-lookup.js';
import type { Part } from '../report/part-schema.js';
import type { Presence, StoredReport } from '../report/report.js';
import type { Signal } from '../report/signal.js';
import { signalRowOf } from '../signals/index.js';
import type { PageRow } from '../signals/row.js';
import { countUnread, findUnread } from '../standing/unread.js';
import type { Check } from './check.js';
import { credentialsCheck } from './credentials-check.js';
import { type DisplayText, toPlainText } from './display-text.js';
import { punctuationFor } from './marks.js';
import { partName, partReasonText } from './part-cards.js';
import { type RunLine, signalNotes, type TextRun } from './runs.js';

/** Rows of signals; the credentials have a row of their own. */
type SignalRow = Exclude<PageRow, 'credentials'>;

/** Groups adjacent rows with the same label. */
export function groupByLabel(all: readonly Check[]): { label: string; rows: Check[] }[] {
  const groups: { label: string; rows: Check[] }[] = [];
  for (const one of all) {
    const last = groups.at(-1);
    if (last?.label === one.label) last.rows.push(one);
    else groups.push({ label: one.label, rows: [one] });
  }
  return groups;
}

/** Carriers that could hold a signal of this row: if one of them was unreadable, “none found” would claim too much. */
const ROW_CARRIERS: Record<SignalRow, readonly Carrier[]> = {
  // An embedded file that is only listed may contain what this one lacks.
  labels: [...TEXT_CARRIERS, 'parts'],
  otherLabels: ['xmp', 'iptcIim', 'parts'],
  traces: [...TEXT_CARRIERS, 'pixelProof', 'pixelWatermark', 'parts'],
  camera: ['exif', 'xmp', 'bmffMeta', 'broadcastWave', 'parts'],
  editor: TEXT_CARRIERS,
  platform: [...TEXT_CARRIERS, 'jpegCoding'],
  file: ['parts'],
};

/** Rows shown even if nothing was found. */
const ALWAYS: ReadonlySet<SignalRow> = new Set(['labels', 'traces', 'camera']);
const SIGNAL_ROWS = [
  'labels',
  'otherLabels',
  'traces',
  'camera',
  'editor',
  'platform',
  'file',
] as const satisfies SignalRow[];

export function listChecks(report: StoredReport, translator: Translator): Check[] {
  return [
    { row: 'credentials', ...credentialsCheck(report, translator) },
    ...SIGNAL_ROWS.flatMap((row) => signalRow(row, report, translator)),
    ...notReadChecks(report, translator),
    ...notChecked(report, translator),
  ];
}

const SAYS_WHY: ReadonlySet<Presence> = new Set(['unreadable', 'unsupported']);

/** Returns one row for everything that was not read: how many places, which, and why. */
export function notReadChecks(report: StoredReport, translator: Translator): Check[] {
  const { presence } = report.contentCredentials;
  const { state } = report.summary.coverage;
  const unread = findUnread(report);
  const { places, parts } = unread;
  if (countUnread(unread) === 0) return [];
  const reasons = new Map<string, { why: DisplayText; names: string[] }>();
  for (const one of places) {
    // The row of the credentials has already given the reason.
    const above = one.carrier === 'c2pa' && state !== 'nothing' && SAYS_WHY.has(presence);
    const why = above ? translator.text('page.phrase.shownAbove') : (localizeReason(one, translator) ?? '');
    const key = toPlainText(why);
    const those = reasons.get(key) ?? { why, names: [] };
    those.names.push(translator.text(`carrier.${one.carrier}`));
    reasons.set(key, those);
  }
  const nothing = state === 'nothing';
  return [
    {
      row: 'unread',
      label: translator.text('page.row.notLookedInto'),
      mark: 'not-checked',
      word: [
        nothing
          ? translator.text('page.coverage.nothing')
          : translator.text('page.phrase.unreadPlaces', { count: countUnread(unread) }),
      ],
      notes: [
        ...[...reasons.values()].map(({ why, names }): RunLine => {
          const named = names.join(punctuationFor(translator).item);
          if (why === '') return [named];
          // If everything has the same reason, the names of all places add nothing.
          return nothing && reasons.size === 1 ? [why] : [`${named}${punctuationFor(translator).colon}`, why];
        }),
        ...(unread.isElsewhere ? [[translator.text('page.phrase.elsewhere')]] : []),
        ...partNotes(parts, translator),
      ],
    },
  ];
}

const MAX_NAMED = 4;

/** Returns a line per reason, with the number of parts that share it and the first of them. */
function partNotes(parts: readonly Part[], translator: Translator): RunLine[] {
  const { item, colon } = punctuationFor(translator);
  const reasons = new Map<string, string[]>();
  for (const part of parts) {
    const { name, kind, outcome } = part;
    const headline = outcome && localizeMember(outcome, 'headline', translator);
    const why = partReasonText(part, translator) ?? toPlainText(headline ?? '');
    const named =
      name === undefined ? translator.text(`page.inside.kind.${kind}`) : partName(name, translator);
    reasons.set(why, [...(reasons.get(why) ?? []), named]);
  }
  return [...reasons].map(([why, all]) => {
    const few = [...new Set(all)].slice(0, MAX_NAMED).join(item);
    const names = all.length > MAX_NAMED ? `${few} …` : few;
    return [`${translator.text('page.inside.unread', { count: all.length, names })}${colon}${why}`];
  });
}

/** Entries with the same reason share a row, which keeps the list of watermarks short. */
function notChecked({ notChecked: all }: StoredReport, translator: Translator): Check[] {
  const folded = new Map<string, StoredReport['notChecked']>();
  for (const one of all) {
    const key =
      one.link ??
      JSON.stringify([localizeMember(one, 'why', translator), localizeMember(one, 'ask', translator)]);
    folded.set(key, [...(folded.get(key) ?? []), one]);
  }
  return [...folded.values()].flatMap((rows): Check[] => {
    const [first] = rows;
    if (!first) return [];
    const link: RunLine[] = first.link === undefined ? [] : [[{ link: first.link, text: first.link }]];
    return [
      {
        label: translator.text('page.row.notChecked'),
        mark: 'not-checked',
        word: rows.flatMap((one, at): TextRun[] => [
          ...(at === 0 ? [] : [punctuationFor(translator).semicolon]),
          localizeMember(one, 'what', translator) ?? '',
        ]),
        notes: [[localizeMember(first, 'why', translator) ?? ''], ...askLine(first, translator), ...link],
      },
    ];
  });
}

/** Returns whom to ask, with their page, or what readers can do themselves. */
function askLine(one: StoredReport['notChecked'][number], translator: Translator): RunLine[] {
  const ask = localizeMember(one, 'ask', translator);
  if (ask === undefined) return [];
  return [one.link === undefined ? [ask] : [translator.text('page.phrase.ask'), ask]];
}

function signalRow(row: SignalRow, report: StoredReport, translator: Translator): Check[] {
  const found = dropRedundant(report.signals.filter(({ id }) => signalRowOf(id).pageRow === row));
  if (found.length === 0 && !ALWAYS.has(row)) return [];
  const label = translator.text(`page.row.${row}`);
  if (found.length > 0) {
    return [
      {
        row,
        label,
        mark: 'present',
        word: [translator.text('page.presence.present')],
        notes: signalNotes(found, translator, report),
      },
    ];
  }
  return [{ row, label, ...emptyCheck(row, report, translator), notes: [] }];
}

/** Returns “none found” only if every carrier of the row was read. `notReadChecks` names the others. */
function emptyCheck(
  row: SignalRow,
  { reads, summary, contentCredentials }: StoredReport,
  translator: Translator,
): Pick<Check, 'mark' | 'word'> {
  const missed = ROW_CARRIERS[row].filter((carrier) => isNotRead(reads[carrier]));
  const looked =
    summary.coverage.state !== 'nothing' &&
    ROW_CARRIERS[row].some((carrier) => reads[carrier].status !== 'unsupported');
  // Statements of the credentials themselves appear in the row above.
  const beside = row === 'labels' && contentCredentials.presence === 'present';
  if (missed.length === 0 && summary.coverage.state !== 'nothing') {
    return {
      mark: 'none',
      word: [
        beside
          ? translator.text('page.phrase.noneOutsideCredentials')
          : translator.text('page.presence.absent'),
      ],
    };
  }
  if (!looked) return { mark: 'not-checked', word: [translator.text('page.phrase.notLookedFor')] };
  const where = beside
    ? translator.text('page.phrase.noneOutsideCredentialsWhereRead')
    : translator.text('page.phrase.noneFoundWhereRead');
  return { mark: 'not-checked', word: [where] };
}

/** Drops signals whose information another signal includes. */
function dropRedundant(signals: readonly Signal[]): Signal[] {
  const less = new Set<string | undefined>(signals.map(({ id }) => signalRowOf(id).supersedes));
  return signals.filter(({ id }) => !less.has(id));
}
