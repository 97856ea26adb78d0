import type { Figures } from '../core/renderers/figures.js';
import { articleOf, onePageHtml } from '../core/renderers/html.js';
import { html } from '../core/renderers/html-escape.js';
import { evidenceOnPaper } from '../core/renderers/html-evidence.js';
import { type Note, renderNotesHtml } from '../core/renderers/html-notes.js';
import type { Inspected } from '../core/renderers/one-page.js';
import type { EvidenceSheet } from '../core/report/evidence-sheet.js';
import type { Report } from '../core/report/report.js';
import type { Speech } from '../say/speech.js';
import { blocksOf, onePageBlocks } from './blocks.js';
import type { Paper, Printable } from './printable.js';

export interface PrintedToo {
  notes?: readonly Note[];
  figures?: Figures | undefined;
  evidence?: EvidenceSheet | undefined;
  /** There are pictures that whoever reads this is not shown. */
  withheld?: boolean;
  inspected?: Inspected | undefined;
}

/** A report as it is printed: its one page, and behind it the whole record. */
export function printableReport(
  report: Report,
  speech: Speech,
  paper: Paper,
  { notes = [], figures, evidence, withheld = false, inspected }: PrintedToo = {},
): Printable {
  const article = articleOf(report, speech, { figures, inspected, paper: true });
  const withoutPictures = withheld || figures !== undefined;
  return {
    ...stamped(report, speech, paper),
    article: html`${article}${evidence && evidenceOnPaper(evidence, speech)}${renderNotesHtml(notes, speech)}${withheld && leftOut(speech)}`,
    blocks: () => blocksOf(report, speech, { notes, evidence, withoutPictures, inspected }),
  };
}

/** Its one page alone. */
export function printableOnePage(
  report: Report,
  speech: Speech,
  paper: Paper,
  { figures, withheld = false, inspected }: Pick<PrintedToo, 'figures' | 'withheld' | 'inspected'> = {},
): Printable {
  const article = onePageHtml(report, speech, { figures, inspected, paper: true });
  const withoutPictures = withheld || figures !== undefined;
  return {
    ...stamped(report, speech, paper),
    article: html`${article}${withheld && leftOut(speech)}`,
    blocks: () => onePageBlocks(report, speech, { inspected, withoutPictures }),
    oneSheet: true,
  };
}

const leftOut = (speech: Speech) => html`<p>${speech.words('page.picture.leftOutOfPrint')}</p>`;

/** On each sheet: which file, which rules' day, which tool. */
export function stamped({ asset, tool }: Report, speech: Speech, paper: Paper) {
  const hash = asset.sha256 === undefined ? '' : `sha256 ${asset.sha256}\n`;
  return {
    title: speech.words('pdf.title', { name: asset.name }),
    language: speech.language,
    direction: speech.direction,
    footer: `${hash}Assay ${tool.version} · ${tool.asOf}`,
    paper,
  };
}
