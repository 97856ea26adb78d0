import type { Said } from '../../say/said.js';
import type { Speech } from '../../say/speech.js';
import type { Report } from '../report/report.js';
import { guidanceOf, type NextAction } from '../summary/guidance.js';
import { accountsOf } from './accounts.js';
import { type CameraRow, cameraCard } from './camera-card.js';
import type { Check } from './check.js';
import { notLookedInto, unreadIn } from './checks.js';
import { colophon } from './details.js';
import type { Term } from './glossary.js';
import { lawInBrief, lawLines } from './law-lines.js';
import { type Page, type PageHead, pageHead } from './page.js';
import { type PartCards, partCards } from './part-cards.js';
import { type Line, timeRun } from './runs.js';

/**
 * The one page: what a person reads first, the same at every door. It is the first screen of the web report, the first
 * page on paper, the first twenty lines on a terminal, and what a shared link shows. All else is the dossier (page.ts).
 * Nothing here is escaped: each renderer passes every text through its own escape.
 */
export interface OnePage extends PageHead {
  /** Sentences that the facts bear, ready to quote; and what they do not bear. */
  say: string[];
  avoid: string[];
  next: NextStep[];
  /** A text to send to whoever published the file. */
  question?: string;
  /** What stands inside the file. */
  inside?: PartCards;
  camera: CameraRow[];
  /** Accounts that the signer says it controls. */
  accounts: string[];
  /** What was not read: a line with a count, and the rows behind it. */
  unread?: { line: string; rows: Check[] };
  /** A line for each place and role that law was asked for. */
  law: string[];
  /** The same where there is no room for many: the line of each place, or one line for all of them. */
  lawInBrief: string[];
  /** Digest, when and by whom inspected, lists and their dates, versions. */
  footer: FooterGroup[];
}

export interface FooterGroup {
  title: string;
  lines: Line[];
  term?: Term;
  /** RFC 3339, where the line is a moment: a page can tell it in the reader's zone too. */
  at?: string;
}

export interface NextStep extends Pick<NextAction, 'code' | 'address'> {
  text: string;
}

/** What a door knows beside the Report. */
export interface Inspected {
  /** RFC 3339. */
  at?: string;
  caseReference?: string;
  by?: string;
}

const numberOf = ({ params }: Said): number => Number(params?.['number']);

export function onePageOf(
  report: Report,
  speech: Speech,
  { at, caseReference, by }: Inspected = {},
  partAt?: (number: number) => string | undefined,
): OnePage {
  const { say, avoid, next: all, question } = guidanceOf(report);
  // Nobody is sent to the report on a part that there was no room to keep.
  const next = all.filter(
    ({ code, said }) => code !== 'open-part' || partAt === undefined || partAt(numberOf(said)) !== undefined,
  );
  const unread = unreadOf(report, speech);
  const inside = partCards(report, speech);
  return {
    ...pageHead(report, speech),
    say: say.map((one) => speech.say(one)),
    avoid: avoid.map((one) => speech.say(one)),
    next: next.map(({ code, said, address }) => ({
      code,
      text: speech.say(said),
      ...(address === undefined ? {} : { address }),
    })),
    ...(question === undefined ? {} : { question: speech.say(question) }),
    ...(inside === undefined ? {} : { inside }),
    camera: cameraCard(report, speech),
    accounts: accountsOf(report, speech),
    ...(unread === undefined ? {} : { unread }),
    // A terminal has no room for it, and names of countries take Node long.
    get law() {
      return lawLines(report, speech);
    },
    lawInBrief: lawInBrief(report, speech),
    footer: [
      ...(at === undefined
        ? []
        : [{ title: speech.words('page.footer.inspectedAt'), lines: [[timeRun(at, speech)]], at }]),
      ...quoted('page.footer.case', caseReference, speech),
      ...quoted('page.footer.by', by, speech),
      ...colophon(report, speech, { brief: true }),
    ],
  };
}

/** A page as it stands behind its one page on paper, where what that says is not said again. */
export function behind({ lawInBrief, footer }: OnePage, page: Page): Page {
  const { rules, colophon: groups, ...rest } = page;
  const lines = rules?.lines.filter((line) => !lawInBrief.includes(line)) ?? [];
  const isSilent = rules === undefined || (rules.books.length === 0 && lines.length === 0);
  return {
    ...rest,
    ...(isSilent ? {} : { rules: { ...rules, lines } }),
    colophon: groups.filter(({ title }) => !footer.some((told) => told.title === title)),
  };
}

const quoted = (id: 'page.footer.case' | 'page.footer.by', file: string | undefined, speech: Speech) =>
  file === undefined ? [] : [{ title: speech.words(id), lines: [[{ file }]] }];

/** A count alone hides nothing: each place has its reason in the rows. */
function unreadOf(report: Report, speech: Speech): OnePage['unread'] {
  const { places, parts } = unreadIn(report);
  const count = places.length + parts.length;
  if (count === 0) return undefined;
  return { line: speech.words('page.couldNotLook', { count }), rows: notLookedInto(report, speech) };
}
