import type { Translator } from '../../../i18n/translator.js';
import type { EvidenceRow, EvidenceTable, LabelView, RenderedEvidence } from '../../page/evidence.js';
import { punctuationFor } from '../../page/marks.js';
import { escapeText, html, lines, type Markup } from './escape.js';
import { cell, headerCells, renderInline, section, verbatim } from './runs.js';

/** Renders a file's fields, folded; locations in the report link to them. */
export function evidenceHtml(
  { count, tables, labels }: RenderedEvidence,
  translator: Translator,
): Markup | undefined {
  if (count === 0) return undefined;
  const { open, close } = punctuationFor(translator);
  return html`<details class="technical evidence">
<summary>${translator.text('page.evidence.heading')}${open}${count}${close}</summary>
<p class="small">${translator.text('page.evidence.about')}</p>
${lines(labels.map(labelHtml))}
<div class="columns">
${lines(tables.map((table) => tableHtml(table, translator)))}
</div>
</details>`;
}

/** Renders the paper version: the labels' bytes, and a note on the omitted fields. */
export function evidencePaperHtml({ count, labels }: RenderedEvidence, translator: Translator): Markup {
  if (count === 0) return html``;
  const body = html`<p>${translator.text('page.evidence.leftOut')}</p>
${lines(labels.map(labelHtml))}`;
  return section(translator.text('page.evidence.heading'), body, 'evidence');
}

/** The dump is wider than a phone, so it scrolls by itself and is focusable for that. */
function labelHtml({ caption: of, lines: rows }: LabelView): Markup {
  const caption = renderInline(of);
  if (rows.length === 0) return html`<p class="label-bytes">${caption}</p>`;
  const dump = rows.map((line, at) => html`${at > 0 && html`<br>`}${escapeText(line)}`);
  return html`<figure class="label-bytes"><figcaption>${caption}</figcaption><pre tabindex="0" dir="ltr">${dump}</pre></figure>`;
}

function tableHtml({ title, rows, more }: EvidenceTable, translator: Translator): Markup {
  const byte = translator.text('page.evidence.byte');
  const table = html`<table class="metadata">
<caption>${title}</caption>
${headerCells([translator.text('page.evidence.field'), byte, translator.text('page.evidence.value')])}
<tbody>
${lines(rows.map((row) => rowHtml(row, byte)))}
</tbody>
</table>`;
  return html`${rows.length > 0 && table}${more !== undefined && html`<p class="small">${title}${punctuationFor(translator).colon}${more}</p>`}`;
}

/** `cell` repeats the column's label, because narrow screens hide the table head. */
const rowHtml = ({ anchor, byte, locator, value }: EvidenceRow, label: string): Markup =>
  html`<tr id="${anchor}"><th scope="row">${verbatim(locator, 240)}</th>${cell(label, html`${byte ?? '–'}`)}<td>${renderInline(value)}</td></tr>`;
