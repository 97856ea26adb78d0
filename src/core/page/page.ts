import type { Translator } from '../../i18n/translator.js';
import { localizeMember } from '../report/message-lookup.js';
import type { StoredReport } from '../report/report.js';
import { countUnread, findUnread } from '../standing/unread.js';
import { buildGuidance } from '../summary/guidance.js';
import { accountSentences } from './accounts.js';
import { type CameraRow, cameraCard } from './camera-card.js';
import { notReadChecks } from './checks.js';
import { buildColophon, listsLine } from './details.js';
import { hasEnglishText } from './display-text.js';
import { buildDossier, type Dossier, withoutRepetition } from './dossier.js';
import { type Term, termsOf } from './glossary.js';
import { buildPageHead, type PageHead } from './head.js';
import { buildStrip, type Strip } from './history/strip.js';
import { lawAnswerLines, lawLines } from './law/law-lines.js';
import { buildPartCards, isHeadlineAboutParts, type PartCards } from './part-cards.js';
import { buildPictures, type PagePictures } from './pictures.js';
import { type RunLine, timeRun } from './runs.js';
import { type NextStep, partToOpen, toNextStep } from './steps.js';
import { listTimeEntries, type TimeEntry } from './time-row.js';
import type { Viewer } from './viewer.js';

/**
 * The page of a Report: the one value that HTML, terminal, PDF, shared links and saved pages draw. Its answer is what a
 * person reads first: the first screen of the web, the first sheet of paper, the first twenty lines on a terminal. Its
 * dossier is everything else, made when it is first asked for. A renderer takes the page and a translator, never a
 * Report, and draws no conclusions. Nothing here is escaped: each renderer passes every text through its own escaper.
 */
export interface ReportPage extends PageHead {
  /** SHA-256 of the file. */
  digest: string;
  /** Version of Assay that made the Report. */
  version: string;
  /** Trust lists that the Report used. */
  lists: RunLine;
  pictures?: PagePictures;
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
  /** True if the headline is about the parts; they then come first. */
  isAboutParts: boolean;
  camera: CameraRow[];
  /** Accounts that the signer says it controls. */
  accounts: string[];
  /** Line with the count of everything that was not read, and a line for each reason. */
  unread?: { line: string; reasons: RunLine[] };
  /** The answer of law for the selected jurisdictions and roles, and the file's own days. */
  readonly law: string[];
  /** The answer alone, as lines of each place. */
  lawInBrief: string[][];
  /** Number of places whose law was asked for. */
  lawPlaces: number;
  /** The few terms of the first screen that readers may not know. */
  terms: Term[];
  /** Digest, time and author of the inspection, lists with their dates, versions. */
  footer: FooterGroup[];
  /** True for paper: nothing can be unfolded, followed within the page or typed into. */
  isPaper: boolean;
  readonly dossier: Dossier;
  /** True if a law lacks the reader's language, so that some of its texts are English. */
  readonly isPartlyEnglish: boolean;
}

interface FooterGroup {
  title: string;
  lines: RunLine[];
  term?: Term;
  /** RFC 3339, if the line is a time; a page can add it in the reader's zone. */
  at?: string;
}

export function buildPage(report: StoredReport, translator: Translator, viewer: Viewer = {}): ReportPage {
  const {
    figures,
    inspected: { at, caseReference, by } = {},
    hasPart = () => true,
    isPaper = false,
  } = viewer;
  const { say, avoid, next, question } = buildGuidance(report);
  const unread = unreadLines(report, translator);
  const inside = buildPartCards(report, translator);
  const strip = buildStrip(report, translator, figures);
  const caption = localizeMember(report.summary, 'caption', translator);
  const lawInBrief = lawAnswerLines(report, translator);
  const footer = [
    ...(at === undefined
      ? []
      : [{ title: translator.text('page.footer.inspectedAt'), lines: [[timeRun(at, translator)]], at }]),
    ...quoteName('page.footer.case', caseReference, translator),
    ...quoteName('page.footer.by', by, translator),
    ...buildColophon(report, translator, { brief: true }),
  ];
  let dossier: Dossier | undefined;
  return {
    ...buildPageHead(report, translator),
    digest: report.asset.sha256,
    version: report.tool.version,
    lists: listsLine(report, translator),
    ...(figures === undefined ? {} : { pictures: buildPictures(report, figures, translator) }),
    say: say.map((one) => translator.translate(one)),
    avoid: avoid.map((one) => translator.translate(one)),
    ...(caption === undefined ? {} : { caption }),
    next: next
      // The report on a part may not have been stored for lack of space.
      .filter((one) => hasPart(partToOpen(one) ?? 0) || partToOpen(one) === undefined)
      .map((one) => toNextStep(one, report, translator)),
    ...(question === undefined ? {} : { question: translator.translate(question) }),
    ...(strip === undefined ? {} : { strip }),
    ...(inside === undefined ? {} : { inside }),
    isAboutParts: isHeadlineAboutParts(report),
    times: listTimeEntries(report, translator, at),
    camera: cameraCard(report, translator),
    accounts: accountSentences(report, translator),
    ...(unread === undefined ? {} : { unread }),
    // Computed lazily: a terminal does not show it, and loading names of countries takes Node long.
    get law() {
      return lawLines(report, translator);
    },
    lawInBrief,
    lawPlaces: report.law?.length ?? 0,
    terms: termsOf(report),
    footer,
    isPaper,
    get dossier() {
      dossier ??= isPaper
        ? withoutRepetition(buildDossier(report, translator, viewer), { law: lawInBrief.flat(), footer })
        : buildDossier(report, translator, viewer);
      return dossier;
    },
    get isPartlyEnglish() {
      return hasEnglishText(this.dossier);
    },
  };
}

const quoteName = (
  id: 'page.footer.case' | 'page.footer.by',
  file: string | undefined,
  translator: Translator,
) => (file === undefined ? [] : [{ title: translator.text(id), lines: [[{ file }]] }]);

/**
 * Returns the count of what was not read, and a line for each reason. Of a file of a kind that is not read, the sentence
 * above says so, and the places add nothing.
 */
function unreadLines(report: StoredReport, translator: Translator): ReportPage['unread'] {
  const unread = findUnread(report);
  const count = countUnread(unread);
  if (count === 0) return undefined;
  const isWhole = report.summary.coverage.state === 'nothing' && unread.parts.length === 0;
  const isKind = isWhole && unread.places.every(({ code }) => code === 'carrier.notRead');
  return {
    line: isWhole
      ? translator.text('page.coverage.notRead')
      : translator.text('page.couldNotLook', { count }),
    reasons: isKind ? [] : notReadChecks(report, translator).flatMap(({ notes }) => notes),
  };
}
