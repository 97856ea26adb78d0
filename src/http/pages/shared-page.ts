import { buildPage } from '../../core/page/page.js';
import type { InspectionFacts } from '../../core/page/viewer.js';
import { html } from '../../core/renderers/html/escape.js';
import { renderArticle } from '../../core/renderers/html/html.js';
import { renderNotesHtml } from '../../core/renderers/html/notes.js';
import type { EvidenceView } from '../../core/report/evidence-view.js';
import { timeMessage } from '../../i18n/amounts.js';
import { requireStoredReport } from '../../service/inspections/stored-report.js';
import type { ThumbnailIndex } from '../../service/inspections/thumbnails.js';
import type { InspectionRecord } from '../../storage/inspections/inspections.js';
import type { Share } from '../../storage/inspections/shares.js';
import type { PageTranslator } from '../services/language.js';
import { linkedFigures } from '../services/page-figures.js';
import { toNoteViews } from '../services/shown-notes.js';
import { renderPage } from './page.js';
import { partLinks } from './report-page.js';
import { maskedKindsText } from './share-page.js';

export interface SharedFacts {
  record: InspectionRecord;
  share: Share;
  token: string;
  /** Thumbnails that are stored with the report. */
  album?: ThumbnailIndex | undefined;
  evidence?: EvidenceView | undefined;
  parts?: readonly number[] | undefined;
}

/** Leaves out the case and the caller, which a link does not disclose. */
export const toSharedInspected = ({ createdAt, finishedAt }: InspectionRecord): InspectionFacts => ({
  at: finishedAt ?? createdAt,
});

/** Renders the page of a share link: the report and its downloads. Nothing links to the rest of this server. */
export function renderSharedPage(
  { record, share, token, album, evidence, parts }: SharedFacts,
  translator: PageTranslator,
): string {
  const report = requireStoredReport(record);
  const figures = share.withPictures ? linkedFigures(`/s/${token}`, album) : undefined;
  const leftOut = figures === undefined && (album?.pictures.length ?? 0) > 0;
  const partAddress = partLinks(`/s/${token}`, parts, translator.linkTo);
  const page = buildPage(report, translator, {
    figures,
    evidence,
    inspected: toSharedInspected(record),
    hasPart: (number) => partAddress(number) !== undefined,
  });
  const actions = html`<section class="actions bar-of-actions" aria-label="${translator.text('form.report.actions')}">
<a class="button" href="${translator.withLanguage(`/s/${token}/finding.pdf`)}" download="assay-finding.pdf">${translator.text('form.report.finding')}</a>
<a class="button quiet" href="${translator.withLanguage(`/s/${token}/report.pdf`)}" download="assay-report.pdf">${translator.text('form.report.pdf')}</a>
<a class="button quiet" href="${translator.withLanguage(`/s/${token}/report.json`)}" download="assay-report.json">${translator.text('form.report.json')}</a>
</section>`;
  return renderPage({
    title: report.asset.name,
    translator,
    visitor: true,
    script: ['copy', 'times', ...(figures === undefined ? [] : (['compare', 'lightbox'] as const))],
    body: html`<p class="notice">${translator.text('form.share.sharedUntil', { time: timeMessage(share.expiresAt) })} ${maskedKindsText(translator)}${leftOut ? ` ${translator.text('form.share.picturesLeftOut')}` : ''}</p>
${renderArticle(page, translator, { actions, glossary: translator.linkTo('/glossary'), partAddress })}
${renderNotesHtml(toNoteViews(record.notes), translator)}`,
  });
}
