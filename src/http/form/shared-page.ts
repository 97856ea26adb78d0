import type { EvidenceSheet } from '../../core/evidence-sheet.js';
import { renderHtml } from '../../core/renderers/html.js';
import { renderNotesHtml } from '../../core/renderers/html-notes.js';
import { WORDS } from '../../core/words/all.js';
import type { InspectionRecord } from '../../store/inspections.js';
import type { Share } from '../../store/shares.js';
import type { Album } from '../../worker/album.js';
import { figuresByAddress } from '../figures.js';
import { type PageLanguage, reportIn } from '../language.js';
import { shownNotes } from '../notes.js';
import { reportOf } from '../send-inspection.js';
import { html, trusted } from './html.js';
import { page } from './page.js';
import { whatIsMasked } from './share-page.js';
import { PAGE_WORDS } from './words/all.js';

export interface SharedFacts {
  record: InspectionRecord;
  share: Share;
  token: string;
  /** Pictures that are kept with the report. */
  album?: Album | undefined;
  evidence?: EvidenceSheet | undefined;
}

/** What a link shows: the report and how to keep it; nothing leads on into this server. */
export function sharedPage(
  { record, share, token, album, evidence }: SharedFacts,
  speaks: PageLanguage,
): string {
  const { report: buttons, share: words, titleOf } = PAGE_WORDS[speaks.language];
  const report = reportIn(reportOf(record), speaks.language);
  const core = WORDS[speaks.language];
  const figures = share.withPictures ? figuresByAddress(`/s/${token}`, album) : undefined;
  const leftOut = figures === undefined && (album?.pictures.length ?? 0) > 0;
  return page({
    title: titleOf(report.asset.name),
    speaks,
    visitor: true,
    ...(figures === undefined ? {} : { script: 'compare' }),
    body: html`<h1>${buttons.heading}</h1>
<p class="notice">${words.sharedUntil(core.time(share.expiresAt))} ${whatIsMasked(speaks)}${leftOut ? ` ${words.picturesLeftOut}` : ''}</p>
${trusted(renderHtml(report, core, figures, evidence))}
${trusted(renderNotesHtml(shownNotes(record.notes), core))}
<section class="actions" aria-label="${buttons.actions}">
<a class="button" href="${speaks.said(`/s/${token}/report.pdf`)}" download="assay-report.pdf">${buttons.pdf}</a>
<a class="button quiet" href="${speaks.said(`/s/${token}/report.json`)}" download="assay-report.json">${buttons.json}</a>
</section>`,
  });
}
