import { daySaid, listSaid } from '../../say/amounts.js';
import { type Said, said } from '../../say/said.js';
import type { Speech } from '../../say/speech.js';
import { loadRulebooks } from '../law/rulebooks/index.js';
import { jurisdictionName } from '../law/rulebooks/jurisdictions.js';
import { kindKnown } from '../media/media-types.js';
import type { Outcome } from '../report/finding-schema.js';
import type { Law } from '../report/law-schema.js';
import type { Report } from '../report/report.js';

/** No law of a place: nobody is bound who has not bound himself. */
const PRACTICE = 'INT';

/** What stands above the clauses: a line for each place and role, and the file's own days beside those of the law. */
export function lawLines(
  report: Pick<Report, 'asset' | 'law' | 'fileDates' | 'tool'>,
  speech: Speech,
): string[] {
  const { law = [], fileDates = [], tool } = report;
  const dates = fileDates.map(({ day, is, carrier }) =>
    is === 'proven'
      ? said('law.fileDate.proven', { day: daySaid(day) })
      : said('law.fileDate.claimed', { day: daySaid(day), carrier: said(`carrier.${carrier}`) }),
  );
  return [
    ...law.map((one) => speech.say(lineSaid(one, report, speech))),
    ...(dates.length === 0
      ? []
      : [speech.words('law.fileDates', { dates: listSaid(dates), asOf: daySaid(tool.asOf) })]),
  ];
}

/** With more places than this the first screen has one line for all of them. */
const MOST_PLACES = 2;

/** The lines of the places that were asked; of many places one line, which counts each clause once. */
export function lawInBrief(report: Pick<Report, 'asset' | 'law'>, speech: Speech): string[] {
  const { law = [] } = report;
  if (law.length <= MOST_PLACES) return law.map((one) => speech.say(lineSaid(one, report, speech)));
  const clauses = (of: 'sees' | 'look') =>
    new Set(law.flatMap((one) => one[of].map(({ rulebook, rule }) => `${rulebook}/${rule}`))).size;
  const look = clauses('look');
  const parts = isOfUnknownKind(report)
    ? [said('law.part.kindUnknownAll')]
    : [
        said('law.part.sees', { count: clauses('sees') }),
        ...(look === 0 ? [] : [said('law.part.look', { count: look })]),
        // How many is known for each place and role alone, and one clause can be open for several.
        ...(law.some(({ counts }) => (counts.indeterminate ?? 0) > 0) ? [said('law.part.someUnread')] : []),
      ];
  const places = new Set(law.map(({ jurisdiction }) => jurisdiction)).size;
  return [speech.say(said('law.line.places', { count: places, parts: listSaid(parts, 'list.clauses') }))];
}

/** Of such a file no clause is known to speak, and of none is it known that it does not. */
const isOfUnknownKind = ({ asset }: Pick<Report, 'asset'>): boolean => kindKnown(asset) === 'unknown';

function lineSaid({ jurisdiction, role, counts }: Law, of: Pick<Report, 'asset'>, speech: Speech): Said {
  const parts = listSaid(isOfUnknownKind(of) ? unknownPartsOf(counts) : partsOf(counts), 'list.clauses');
  const whom = role && said(`law.forRole.${role}`);
  if (jurisdiction === PRACTICE)
    return whom === undefined
      ? said('law.line.practice', { parts })
      : said('law.line.practiceRole', { parts, role: whom });
  const place = said('law.place', {
    code: jurisdiction === 'EU' || jurisdiction === 'US' ? jurisdiction : 'other',
    name: jurisdictionName(jurisdiction, loadRulebooks(), speech),
  });
  return whom === undefined
    ? said('law.line.place', { parts, place })
    : said('law.line.role', { parts, place, role: whom });
}

/** Versions before counted among those that do not come into play what nobody knows of. */
function unknownPartsOf({
  indeterminate = 0,
  'not-applicable': before = 0,
  ...counts
}: Law['counts']): Said[] {
  const unknown = indeterminate + before;
  return unknown === 0
    ? partsOf(counts)
    : [said('law.part.kindUnknown', { count: unknown }), ...restOf(counts)];
}

function restOf(counts: Law['counts']): Said[] {
  const rest = sumOf(counts, 'not-applicable', 'not-in-force', 'superseded');
  return rest === 0 ? [] : [said('law.part.rest', { count: rest })];
}

const sumOf = (counts: Law['counts'], ...outcomes: readonly Outcome[]): number =>
  outcomes.reduce((count, outcome) => count + (counts[outcome] ?? 0), 0);

function partsOf(counts: Law['counts']): Said[] {
  const sum = (...outcomes: Outcome[]) => sumOf(counts, ...outcomes);
  if (Object.keys(counts).length === 0) return [said('law.part.none')];
  const sees = sum('answered', 'partly-answered', 'indicator-seen');
  const others = [
    // Where none sees anything, that says it of all of them.
    ['law.part.nothing', sees === 0 ? 0 : sum('no-signal-found', 'none-seen')],
    ['law.part.look', sum('look')],
    ['law.part.unread', sum('indeterminate')],
    ['law.part.never', sum('not-assessable')],
  ] as const;
  return [
    said('law.part.sees', { count: sees }),
    ...others.flatMap(([id, count]) => (count === 0 ? [] : [said(id, { count })])),
    ...restOf(counts),
  ];
}
