import type { Figures } from '../../core/page/history/figures.js';
import { buildPage } from '../../core/page/page.js';
import type { InspectionFacts } from '../../core/page/viewer.js';
import { html } from '../../core/renderers/html/escape.js';
import { evidencePaperHtml } from '../../core/renderers/html/evidence.js';
import { renderArticle, renderOnePageHtml } from '../../core/renderers/html/html.js';
import { type Note, renderNotesHtml } from '../../core/renderers/html/notes.js';
import type { EvidenceView } from '../../core/report/evidence-view.js';
import type { StoredReport } from '../../core/report/report.js';
import type { Translator } from '../../i18n/translator.js';
import { buildBlocks, buildOnePageBlocks } from './blocks.js';
import type { Paper, Printable } from './printable.js';

export interface PrintOptions {
  notes?: readonly Note[];
  figures?: Figures | undefined;
  evidence?: EvidenceView | undefined;
  /** Pictures exist that this reader may not see. */
  hasWithheldPictures?: boolean;
  inspected?: InspectionFacts | undefined;
}

/** Returns the printable form of a report: its one-page summary, followed by the whole record. */
export function toPrintableReport(
  report: StoredReport,
  translator: Translator,
  paper: Paper,
  { notes = [], figures, evidence, hasWithheldPictures: withheld = false, inspected }: PrintOptions = {},
): Printable {
  const page = buildPage(report, translator, { figures, evidence, inspected, isPaper: true });
  const fields = page.dossier.evidence;
  const withoutPictures = withheld || figures !== undefined;
  return {
    ...buildStamp(report, translator, paper),
    article: html`${renderArticle(page, translator)}${fields && evidencePaperHtml(fields, translator)}${renderNotesHtml(notes, translator)}${withheld && withheldNotice(translator)}`,
    blocks: () => buildBlocks(page, translator, { notes, withoutPictures }),
  };
}

/** Returns the printable form of its one-page summary alone. */
export function toPrintableOnePage(
  report: StoredReport,
  translator: Translator,
  paper: Paper,
  {
    figures,
    hasWithheldPictures: withheld = false,
    inspected,
  }: Pick<PrintOptions, 'figures' | 'hasWithheldPictures' | 'inspected'> = {},
): Printable {
  const page = buildPage(report, translator, { figures, inspected, isPaper: true });
  const withoutPictures = withheld || figures !== undefined;
  return {
    ...buildStamp(report, translator, paper),
    article: html`${renderOnePageHtml(page, translator)}${withheld && withheldNotice(translator)}`,
    blocks: () => buildOnePageBlocks(page, translator, { withoutPictures }),
    isOneSheet: true,
  };
}

const withheldNotice = (translator: Translator) =>
  html`<p>${translator.text('page.picture.leftOutOfPrint')}</p>`;

/** Returns the stamp of each sheet: file, day of the rules, version of the tool. */
export function buildStamp({ asset, tool }: StoredReport, translator: Translator, paper: Paper) {
  const hash = asset.sha256 === undefined ? '' : `sha256 ${asset.sha256}\n`;
  return {
    title: translator.text('pdf.title', { name: asset.name }),
    language: translator.language,
    direction: translator.direction,
    footer: `${hash}Assay ${tool.version} · ${tool.asOf}`,
    paper,
  };
}
