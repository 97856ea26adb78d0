import type { Figures } from '../core/renderers/figures.js';
import { articleOf } from '../core/renderers/html.js';
import { html } from '../core/renderers/html-escape.js';
import { evidenceOnPaper } from '../core/renderers/html-evidence.js';
import { type Note, renderNotesHtml } from '../core/renderers/html-notes.js';
import type { EvidenceSheet } from '../core/report/evidence-sheet.js';
import type { Report } from '../core/report/report.js';
import type { Speech } from '../say/speech.js';
import { blocksOf } from './blocks.js';
import type { Paper, Printable } from './printable.js';

export interface PrintedToo {
  notes?: readonly Note[];
  figures?: Figures | undefined;
  evidence?: EvidenceSheet | undefined;
  /** There are pictures that whoever reads this is not shown. */
  withheld?: boolean;
}

/** A report as it is printed. Each page is stamped: which file, which rules' day, which tool. */
export function printableReport(
  report: Report,
  speech: Speech,
  paper: Paper,
  { notes = [], figures, evidence, withheld = false }: PrintedToo = {},
): Printable {
  const { asset, tool } = report;
  const hash = asset.sha256 === undefined ? '' : `sha256 ${asset.sha256}\n`;
  const leftOut = html`<p>${speech.words('page.picture.leftOutOfPrint')}</p>`;
  return {
    title: speech.words('pdf.title', { name: asset.name }),
    language: speech.language,
    direction: speech.direction,
    article: html`${articleOf(report, speech, { figures, paper: true })}${evidence && evidenceOnPaper(evidence, speech)}${renderNotesHtml(notes, speech)}${withheld && leftOut}`,
    blocks: () =>
      blocksOf(report, speech, { notes, evidence, withoutPictures: withheld || figures !== undefined }),
    footer: `${hash}Assay ${tool.version} · ${tool.asOf}`,
    paper,
  };
}
