import { articleOf } from '../../core/renderers/html.js';
import { html } from '../../core/renderers/html-escape.js';
import type { Report } from '../../core/report/report.js';
import type { InspectionRecord } from '../../store/inspections.js';
import type { Beside } from '../beside-report.js';
import { figuresByAddress } from '../figures.js';
import type { PageLanguage } from '../language.js';
import { notesSection, type RefusedNote } from './notes-section.js';
import { page } from './page.js';
import { type ActedOn, actions, type RefusedCase } from './report-actions.js';

export interface ReportPageFacts extends Beside {
  /** Whether links to it can be made here. */
  shares: boolean;
  refused?: RefusedNote;
  refusedCase?: RefusedCase;
}

/** A kept report, in the reader's language, with what its door adds: how to take it along and how to delete it. */
export function renderReportPage(
  report: Report,
  record: ActedOn & Pick<InspectionRecord, 'notes'>,
  speaks: PageLanguage,
  { album, evidence, shares, refused, refusedCase }: ReportPageFacts,
): string {
  const { id } = record;
  const acts = actions(report, record, speaks, { shares, evidence, refused: refusedCase });
  return page({
    title: speaks.words('form.frame.title', { what: report.asset.name }),
    speaks,
    ...(album === undefined ? {} : { script: 'compare' }),
    body: html`<h1>${speaks.words('form.report.heading')}</h1>
${articleOf(report, speaks, { figures: figuresByAddress(`/v1/inspections/${id}`, album), evidence, actions: acts })}
${notesSection(record, speaks, { shares, refused })}`,
  });
}
