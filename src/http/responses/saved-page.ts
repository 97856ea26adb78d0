import { buildPage } from '../../core/page/page.js';
import { html } from '../../core/renderers/html/escape.js';
import { renderArticle } from '../../core/renderers/html/html.js';
import { renderNotesHtml } from '../../core/renderers/html/notes.js';
import type { StoredReport } from '../../core/report/report.js';
import type { Translator } from '../../i18n/translator.js';
import { findEvidence } from '../../service/inspections/evidence.js';
import { renderPrintableHtml } from '../../service/pdf/printable.js';
import { buildStamp } from '../../service/pdf/report-pdf.js';
import type { Derivative, InspectionRecord } from '../../storage/inspections/inspections.js';
import { toInspected } from '../pages/report-page.js';
import { embeddedFigures } from '../services/page-figures.js';
import { toNoteViews } from '../services/shown-notes.js';

/**
 * Renders a report as a single file to save or send: folded parts can be opened on a screen, and prints carry its
 * stamp.
 */
export function renderSavedPage(
  record: InspectionRecord,
  report: StoredReport,
  kept: readonly Derivative[],
  translator: Translator,
): string {
  const page = buildPage(report, translator, {
    figures: embeddedFigures(kept),
    evidence: findEvidence(kept),
    inspected: toInspected(record),
  });
  const article = renderArticle(page, translator);
  const notes = renderNotesHtml(toNoteViews(record.notes), translator);
  return renderPrintableHtml({ ...buildStamp(report, translator, 'a4'), article: html`${article}${notes}` });
}
