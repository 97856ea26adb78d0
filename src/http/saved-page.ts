import { articleOf } from '../core/renderers/html.js';
import { html } from '../core/renderers/html-escape.js';
import { renderNotesHtml } from '../core/renderers/html-notes.js';
import type { Report } from '../core/report/report.js';
import { printableHtml } from '../pdf/printable.js';
import { stamped } from '../pdf/report-pdf.js';
import type { Speech } from '../say/speech.js';
import type { Derivative, InspectionRecord } from '../store/inspections.js';
import { evidenceAmong } from '../worker/evidence.js';
import { figuresInside } from './figures.js';
import { inspectedOf } from './form/report-page.js';
import { shownNotes } from './shown-notes.js';

/** A report as one file, to keep or to send on: on a screen what is folded can be unfolded, and it prints with its stamp. */
export function savedPage(
  record: InspectionRecord,
  report: Report,
  kept: readonly Derivative[],
  speech: Speech,
): string {
  const article = articleOf(report, speech, {
    figures: figuresInside(kept),
    evidence: evidenceAmong(kept),
    inspected: inspectedOf(record),
  });
  const notes = renderNotesHtml(shownNotes(record.notes), speech);
  return printableHtml({ ...stamped(report, speech, 'a4'), article: html`${article}${notes}` });
}
