import { showText } from '../../base/visible.js';
import { bytesMessage, timeMessage } from '../../i18n/amounts.js';
import { message } from '../../i18n/message.js';
import type { Translator } from '../../i18n/translator.js';
import { localizeMember, withHeadlineText } from '../report/message-lookup.js';
import type { StoredReport } from '../report/report.js';
import { FOUR_FACTS, type FourFactName } from '../report/report-terms.js';
import { type DisplayText, toPlainText } from './display-text.js';
import { formatName } from './format-words.js';
import { punctuationFor } from './marks.js';
import { type RunLine, signalLine } from './runs.js';

/** What a page, a comparison and a terminal begin with: the file, its headline, four facts and sentences. */
export interface PageHead {
  name: string;
  /** Format and size of the file. */
  about: RunLine;
  /** Absent in Reports stored before headlines existed. */
  headline?: string;
  /** The facts who, changed, AI and when; none in Reports stored before they existed. */
  facts: PageFact[];
  sentence: DisplayText;
  /** For a file fetched from a link: the host, the time, and the resulting reservations. */
  served?: string;
  contradictions: { statement: DisplayText; between: RunLine[] }[];
}

export interface PageFact {
  name: FourFactName;
  code: string;
  label: string;
  text: string;
  /** Label and text as one line. */
  line: string;
  /** Fragment identifiers of the evidence in the dossier, best first. */
  proof: readonly string[];
}

const MAX_CONTRADICTIONS = 16;

export function buildPageHead(report: StoredReport, translator: Translator): PageHead {
  return {
    // A part of a file may have no name.
    name: report.asset.name || translator.text('page.phrase.nameless'),
    about: aboutLine(report, translator),
    ...headlineOf(report, translator),
    facts: factsOf(report, translator),
    sentence: localizeMember(report.summary, 'sentence', translator) ?? '',
    ...servedText(report, translator),
    contradictions: report.contradictions.slice(0, MAX_CONTRADICTIONS).map((one) => ({
      statement: localizeMember(one, 'statement', translator) ?? '',
      between: one.between.map((signal) => signalLine(signal, translator, report)),
    })),
  };
}

function servedText({ asset: { servedBy } }: StoredReport, translator: Translator): Pick<PageHead, 'served'> {
  if (servedBy === undefined) return {};
  const time = timeMessage(servedBy.at);
  // A stored Report may come from anyone, so its values are escaped for display.
  const at = time.id === 'text.asWritten' ? message(time.id, { text: showText(servedBy.at, 64) }) : time;
  const host = showText(servedBy.host, 300);
  const served = translator.text('page.served', { host, at });
  if (servedBy.isLengthUnknown !== true) return { served };
  const { gap, stop } = punctuationFor(translator);
  return { served: `${served}${gap}${translator.text('fetching.lengthUnknown', { host })}${stop}` };
}

function aboutLine({ asset }: StoredReport, translator: Translator): RunLine {
  return [`${formatName(asset.format, translator)} · ${translator.translate(bytesMessage(asset.bytes))}`];
}

function headlineOf({ summary: { headline } }: StoredReport, translator: Translator): { headline?: string } {
  return headline === undefined ? {} : { headline: withHeadlineText(headline, translator).text };
}

function factsOf(report: StoredReport, translator: Translator): PageFact[] {
  const { facts } = report.summary;
  if (facts === undefined) return [];
  return FOUR_FACTS.map((name) => {
    const { code } = facts[name];
    const text = toPlainText(localizeMember(facts[name], 'text', translator) ?? '');
    return {
      name,
      code,
      label: translator.text(`page.fact.${name}`),
      text,
      line: translator.text(`page.factLine.${name}`, { text }),
      proof: proofOf(name, code, report),
    };
  });
}

function proofOf(name: FourFactName, code: string, { contentCredentials }: StoredReport): readonly string[] {
  if (name === 'when') return ['times', 'check-credentials'];
  if (name !== 'ai') return ['check-credentials', 'check-unread'];
  const declared = contentCredentials.presence === 'present' ? ['history', 'check-credentials'] : undefined;
  switch (code) {
    case 'could-not-look':
      return ['check-unread', 'check-labels', 'check-credentials'];
    case 'contradictory':
      return ['contradictions'];
    case 'in-part':
      return ['inside'];
    case 'text':
      return ['check-labels'];
    case 'trace':
      return ['check-traces', 'check-labels'];
    case 'label':
    case 'possible':
      return ['check-labels', 'check-otherLabels'];
    case 'stated-signed':
    case 'mark-only':
    case 'mentioned':
    case 'set-aside':
      return declared ?? ['check-labels', 'check-traces'];
    default:
      return ['check-labels', 'check-traces'];
  }
}
