import { dayMessage, listMessage } from '../../../../i18n/amounts.js';
import { type Message, message } from '../../../../i18n/message.js';
import type { Translator } from '../../../../i18n/translator.js';
import { loadRulebooks } from '../../../law/rulebooks/index.js';
import { jurisdictionName } from '../../../law/rulebooks/jurisdictions.js';
import { knownKindOf } from '../../../media/media-types.js';
import type { Outcome } from '../../../report/finding-schema.js';
import type { LawSummary } from '../../../report/law-schema.js';
import type { StoredReport } from '../../../report/report.js';

/** Code for voluntary practice, which is no jurisdiction's law and binds only those who commit to it. */
const PRACTICE = 'INT';

/** Returns the lines above the clauses: one per jurisdiction and role, and the file's own days with those of the law. */
export function lawLines(
  report: Pick<StoredReport, 'asset' | 'law' | 'fileDates' | 'tool'>,
  translator: Translator,
): string[] {
  const { law = [], fileDates = [], tool } = report;
  const dates = fileDates.map(({ day, is, carrier }) =>
    is === 'proven'
      ? message('law.fileDate.proven', { day: dayMessage(day) })
      : message('law.fileDate.claimed', { day: dayMessage(day), carrier: message(`carrier.${carrier}`) }),
  );
  return [
    ...law.map((one) => translator.translate(lineMessage(one, report, translator))),
    ...(dates.length === 0
      ? []
      : [translator.text('law.fileDates', { dates: listMessage(dates), asOf: dayMessage(tool.asOf) })]),
  ];
}

/** Number of jurisdictions above which the first screen shows one line for all of them. */
const MAX_JURISDICTIONS = 2;

/** Returns one line per selected jurisdiction; for many of them, a single line that counts each clause once. */
export function lawInBrief(report: Pick<StoredReport, 'asset' | 'law'>, translator: Translator): string[] {
  const { law = [] } = report;
  if (law.length <= MAX_JURISDICTIONS)
    return law.map((one) => translator.translate(lineMessage(one, report, translator)));
  const clauses = (of: 'sees' | 'look') =>
    new Set(law.flatMap((one) => one[of].map(({ rulebook, rule }) => `${rulebook}/${rule}`))).size;
  const look = clauses('look');
  const parts = isOfUnknownKind(report)
    ? [message('law.part.kindUnknownAll')]
    : [
        message('law.part.sees', { count: clauses('sees') }),
        ...(look === 0 ? [] : [message('law.part.look', { count: look })]),
        // The number of undecided clauses is known only per jurisdiction and role, and one clause may belong to
        // several, so no total is given.
        ...(law.some(({ counts }) => (counts.indeterminate ?? 0) > 0)
          ? [message('law.part.someUnread')]
          : []),
      ];
  const places = new Set(law.map(({ jurisdiction }) => jurisdiction)).size;
  return [
    translator.translate(
      message('law.line.places', { count: places, parts: listMessage(parts, 'list.clauses') }),
    ),
  ];
}

/** True if the kind of file is unknown: no clause is known to apply or not to apply. */
const isOfUnknownKind = ({ asset }: Pick<StoredReport, 'asset'>): boolean => knownKindOf(asset) === 'unknown';

function lineMessage(
  { jurisdiction, role, counts }: LawSummary,
  of: Pick<StoredReport, 'asset'>,
  translator: Translator,
): Message {
  const parts = listMessage(isOfUnknownKind(of) ? unknownPartsOf(counts) : partsOf(counts), 'list.clauses');
  const whom = role && message(`law.forRole.${role}`);
  if (jurisdiction === PRACTICE)
    return whom === undefined
      ? message('law.line.practice', { parts })
      : message('law.line.practiceRole', { parts, role: whom });
  const place = message('law.place', {
    code: jurisdiction === 'EU' || jurisdiction === 'US' ? jurisdiction : 'other',
    name: jurisdictionName(jurisdiction, loadRulebooks(), translator),
  });
  return whom === undefined
    ? message('law.line.place', { parts, place })
    : message('law.line.role', { parts, place, role: whom });
}

function unknownPartsOf({ indeterminate: unknown = 0, ...counts }: LawSummary['counts']): Message[] {
  return unknown === 0
    ? partsOf(counts)
    : [message('law.part.kindUnknown', { count: unknown }), ...restOf(counts)];
}

function restOf(counts: LawSummary['counts']): Message[] {
  const rest = sumOf(
    counts,
    'outside-clause',
    'not-triggered',
    'kind-not-read',
    'not-in-force',
    'superseded',
  );
  return rest === 0 ? [] : [message('law.part.rest', { count: rest })];
}

const sumOf = (counts: LawSummary['counts'], ...outcomes: readonly Outcome[]): number =>
  outcomes.reduce((count, outcome) => count + (counts[outcome] ?? 0), 0);

function partsOf(counts: LawSummary['counts']): Message[] {
  const sum = (...outcomes: Outcome[]) => sumOf(counts, ...outcomes);
  if (Object.keys(counts).length === 0) return [message('law.part.none')];
  const sees = sum('answered', 'partly-answered', 'indicator-seen');
  const others = [
    // If no clause finds anything, the line already says so for all of them.
    ['law.part.nothing', sees === 0 ? 0 : sum('no-signal-found', 'none-seen')],
    ['law.part.look', sum('look')],
    ['law.part.unread', sum('indeterminate')],
    ['law.part.never', sum('not-assessable')],
  ] as const;
  return [
    message('law.part.sees', { count: sees }),
    ...others.flatMap(([id, count]) => (count === 0 ? [] : [message(id, { count })])),
    ...restOf(counts),
  ];
}
