import { renderHtml } from '../../core/renderers/html.js';
import type { Report } from '../../core/report.js';
import { html, trusted } from './html.js';
import { page } from './page.js';

/** A report with what its door adds: how to take it along and how to delete it. */
export function renderReportPage(report: Report, { id }: { id: string }): string {
  return page({
    title: `${report.asset.name} – Assay`,
    body: html`<h1>Inspection report</h1>
${trusted(renderHtml(report))}
<section class="actions" aria-label="This report">
<a class="button" href="/v1/inspections/${id}" download="assay-report.json">Download as JSON</a>
<form action="/inspections/${id}/delete" method="post"><button class="quiet" type="submit">Delete this report</button></form>
<a class="button quiet" href="/">Inspect another file</a>
</section>`,
  });
}
