import type { Message } from '../../../i18n/message.js';
import type { Translator } from '../../../i18n/translator.js';
import { localizeMember } from '../../report/message-lookup.js';
import type { StoredReport } from '../../report/report.js';
import { countUnread, findUnread } from '../../standing/unread.js';
import { buildGuidance, type NextAction } from '../../summary/guidance.js';
import { accountSentences } from './accounts.js';
import { type CameraRow, cameraCard } from './camera-card.js';
import type { Check } from './check.js';
import { notReadChecks } from './checks.js';
import { buildColophon } from './details.js';
import type { Term } from './glossary.js';
import type { Figures } from './history/figures.js';
import { buildStrip, type Strip } from './history/strip.js';
import { lawAnswerLines, lawLines } from './law/law-lines.js';
import { buildPageHead, type PageHead, type ReportPage } from './page.js';
import { buildPartCards, type PartCards } from './part-cards.js';
import { type RunLine, timeRun } from './runs.js';
import { listTimeEntries, type TimeEntry } from './time-row.js';

/**
 * Model of the one page, which a person reads first; every entry point shows the same one. It is the first screen of
 * the web report, the first page on paper, the first twenty lines on a terminal, and the content of a shared link.
 * Everything else is the dossier (page.ts). Nothing here is escaped: each renderer escapes every text itself.
 */
export interface OnePage extends PageHead {
  /** Quotable sentences that the facts support, and those that they do not. */
  say: string[];
  avoid: string[];
  /** Line that may stand under the published file; Reports of earlier versions have none. */
  caption?: string;
  next: NextStep[];
  /** Question to send to the publisher of the file. */
  question?: string;
  /** Chain of earlier versions, if the file has manifests. */
  strip?: Strip;
  /** All times of the file, side by side. */
  times: TimeEntry[];
  /** Embedded parts of the file. */
  inside?: PartCards;
  camera: CameraRow[];
  /** Accounts that the signer says it controls. */
  accounts: string[];
  /** Line with the count of everything that was not read, and the rows with details. */
  unread?: { line: string; rows: Check[] };
  /** The answer for the selected jurisdictions and roles, and the file's own days. */
  law: string[];
  /** The answer alone, as lines of each place. */
  lawInBrief: string[][];
  /** Digest, time and author of the inspection, lists with their dates, versions. */
  footer: FooterGroup[];
}

export interface FooterGroup {
  title: string;
  lines: RunLine[];
  term?: Term;
  /** RFC 3339, if the line is a time; a page can add it in the reader's zone. */
  at?: string;
}

export interface NextStep extends Pick<NextAction, 'code' | 'address' | 'searches'> {
  text: string;
}

/** Facts about the inspection that the entry point knows and the Report does not contain. */
export interface InspectionFacts {
  /** Time of the inspection in RFC 3339 format. */
  at?: string;
  caseReference?: string;
  by?: string;
}

const numberOf = ({ params }: Message): number => Number(params?.['number']);

export function buildOnePage(
  report: StoredReport,
  translator: Translator,
  { at, caseReference, by }: InspectionFacts = {},
  partAt?: (number: number) => string | undefined,
  figures?: Figures,
): OnePage {
  const { say, avoid, next: all, question } = buildGuidance(report);
  // The step is omitted if the report on the part was not stored for lack of space.
  const next = all.filter(
    ({ code, userMessage }) =>
      code !== 'open-part' || partAt === undefined || partAt(numberOf(userMessage)) !== undefined,
  );
  const unread = findUnreadRows(report, translator);
  const inside = buildPartCards(report, translator);
  const strip = buildStrip(report, translator, figures);
  const caption = localizeMember(report.summary, 'caption', translator);
  return {
    ...buildPageHead(report, translator),
    say: say.map((one) => translator.translate(one)),
    avoid: avoid.map((one) => translator.translate(one)),
    ...(caption === undefined ? {} : { caption }),
    next: next.map(({ code, userMessage, address, searches }) => ({
      code,
      text: translator.translate(userMessage),
      ...(address === undefined ? {} : { address }),
      ...(searches === undefined ? {} : { searches }),
    })),
    ...(question === undefined ? {} : { question: translator.translate(question) }),
    ...(strip === undefined ? {} : { strip }),
    ...(inside === undefined ? {} : { inside }),
    times: listTimeEntries(report, translator, at),
    camera: cameraCard(report, translator),
    accounts: accountSentences(report, translator),
    ...(unread === undefined ? {} : { unread }),
    // Computed lazily: a terminal does not show it, and loading names of countries takes Node long.
    get law() {
      return lawLines(report, translator);
    },
    lawInBrief: lawAnswerLines(report, translator),
    footer: [
      ...(at === undefined
        ? []
        : [{ title: translator.text('page.footer.inspectedAt'), lines: [[timeRun(at, translator)]], at }]),
      ...quoteName('page.footer.case', caseReference, translator),
      ...quoteName('page.footer.by', by, translator),
      ...buildColophon(report, translator, { brief: true }),
    ],
  };
}

/** Returns the pages that follow the one page on paper, without repeating it. */
export function pageAfterOnePage({ lawInBrief, footer }: OnePage, page: ReportPage): ReportPage {
  const { rules, colophon: groups, ...rest } = page;
  const told = lawInBrief.flat();
  const lines = rules?.lines.filter((line) => !told.includes(line)) ?? [];
  const isSilent = rules === undefined || (rules.books.length === 0 && lines.length === 0);
  return {
    ...rest,
    ...(isSilent ? {} : { rules: { ...rules, lines } }),
    colophon: groups.filter(({ title }) => !footer.some((group) => group.title === title)),
  };
}

const quoteName = (
  id: 'page.footer.case' | 'page.footer.by',
  file: string | undefined,
  translator: Translator,
) => (file === undefined ? [] : [{ title: translator.text(id), lines: [[{ file }]] }]);

/**
 * Returns the count alone, with the rows that give the reason for each item. Of a file of which nothing was read, the
 * sentence above says why, and the places add nothing.
 */
function findUnreadRows(report: StoredReport, translator: Translator): OnePage['unread'] {
  const unread = findUnread(report);
  const count = countUnread(unread);
  if (count === 0) return undefined;
  if (report.summary.coverage.state === 'nothing' && unread.parts.length === 0)
    return { line: translator.text('page.coverage.notRead'), rows: [] };
  return { line: translator.text('page.couldNotLook', { count }), rows: notReadChecks(report, translator) };
}
