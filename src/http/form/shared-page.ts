import { articleOf } from '../../core/renderers/html.js';
import { html } from '../../core/renderers/html-escape.js';
import { renderNotesHtml } from '../../core/renderers/html-notes.js';
import type { Inspected } from '../../core/renderers/one-page.js';
import type { EvidenceSheet } from '../../core/report/evidence-sheet.js';
import { timeSaid } from '../../say/amounts.js';
import type { InspectionRecord } from '../../store/inspections.js';
import type { Share } from '../../store/shares.js';
import type { Album } from '../../worker/album.js';
import { figuresByAddress } from '../figures.js';
import type { PageLanguage } from '../language.js';
import { reportOf } from '../send-inspection.js';
import { shownNotes } from '../shown-notes.js';
import { page } from './page.js';
import { partsAt } from './report-page.js';
import { whatIsMasked } from './share-page.js';

export interface SharedFacts {
  record: InspectionRecord;
  share: Share;
  token: string;
  /** Pictures that are kept with the report. */
  album?: Album | undefined;
  evidence?: EvidenceSheet | undefined;
  parts?: readonly number[] | undefined;
}

/** Whose case it is, and who asked, a link does not say. */
export const sharedInspected = ({ createdAt, finishedAt }: InspectionRecord): Inspected => ({
  at: finishedAt ?? createdAt,
});

/** What a link shows: the report and how to keep it; nothing leads on into this server. */
export function sharedPage(
  { record, share, token, album, evidence, parts }: SharedFacts,
  speaks: PageLanguage,
): string {
  const report = reportOf(record);
  const figures = share.withPictures ? figuresByAddress(`/s/${token}`, album) : undefined;
  const leftOut = figures === undefined && (album?.pictures.length ?? 0) > 0;
  const actions = html`<section class="actions" aria-label="${speaks.words('form.report.actions')}">
<a class="button" href="${speaks.said(`/s/${token}/finding.pdf`)}" download="assay-finding.pdf">${speaks.words('form.report.finding')}</a>
<a class="button quiet" href="${speaks.said(`/s/${token}/report.pdf`)}" download="assay-report.pdf">${speaks.words('form.report.pdf')}</a>
<a class="button quiet" href="${speaks.said(`/s/${token}/report.json`)}" download="assay-report.json">${speaks.words('form.report.json')}</a>
</section>`;
  return page({
    title: speaks.words('form.frame.title', { what: report.asset.name }),
    speaks,
    visitor: true,
    script: ['copy', 'times', ...(figures === undefined ? [] : (['compare', 'lightbox'] as const))],
    body: html`<p class="notice">${speaks.words('form.share.sharedUntil', { time: timeSaid(share.expiresAt) })} ${whatIsMasked(speaks)}${leftOut ? ` ${speaks.words('form.share.picturesLeftOut')}` : ''}</p>
${articleOf(report, speaks, { figures, evidence, actions, inspected: sharedInspected(record), glossary: speaks.to('/glossary'), partAt: partsAt(`/s/${token}`, parts, speaks.to) })}
${renderNotesHtml(shownNotes(record.notes), speaks)}`,
  });
}
