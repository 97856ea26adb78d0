import type { Speech } from '../../say/speech.js';
import type { EvidenceSheet } from '../report/evidence-sheet.js';
import { type EvidenceRow, type EvidenceTable, evidenceView, type LabelView, ON_PAGE } from './evidence.js';
import { html, lines, type Markup, shown } from './html-escape.js';
import { cell, heads, inline, section, verbatim } from './html-runs.js';
import { marksOf } from './marks.js';

/** A file's fields, folded; each is at an address to which the places of the report lead. */
export function evidenceHtml(sheet: EvidenceSheet, speech: Speech): Markup | undefined {
  const { count, tables, labels } = evidenceView(sheet, speech, ON_PAGE);
  if (count === 0) return undefined;
  const { open, close } = marksOf(speech);
  return html`<details class="technical evidence">
<summary>${speech.words('page.evidence.heading')}${open}${count}${close}</summary>
<p class="small">${speech.words('page.evidence.about')}</p>
${lines(labels.map(labelHtml))}
<div class="columns">
${lines(tables.map((table) => tableHtml(table, speech)))}
</div>
</details>`;
}

/** On paper: the labels' bytes, and a word on the rest. */
export function evidenceOnPaper(sheet: EvidenceSheet, speech: Speech): Markup {
  const { count, labels } = evidenceView(sheet, speech, ON_PAGE);
  if (count === 0) return html``;
  const body = html`<p>${speech.words('page.evidence.leftOut')}</p>
${lines(labels.map(labelHtml))}`;
  return section(speech.words('page.evidence.heading'), body, 'evidence');
}

/** Wider than a phone: it scrolls by itself, and takes the focus for that. */
function labelHtml({ caption: of, lines: rows }: LabelView): Markup {
  const caption = inline(of);
  if (rows.length === 0) return html`<p class="label-bytes">${caption}</p>`;
  const dump = rows.map((line, at) => html`${at > 0 && html`<br>`}${shown(line)}`);
  return html`<figure class="label-bytes"><figcaption>${caption}</figcaption><pre tabindex="0" dir="ltr">${dump}</pre></figure>`;
}

function tableHtml({ title, rows, more }: EvidenceTable, speech: Speech): Markup {
  const byte = speech.words('page.evidence.byte');
  const table = html`<table class="metadata">
<caption>${title}</caption>
${heads([speech.words('page.evidence.field'), byte, speech.words('page.evidence.value')])}
<tbody>
${lines(rows.map((row) => rowHtml(row, byte)))}
</tbody>
</table>`;
  return html`${rows.length > 0 && table}${more !== undefined && html`<p class="small">${title}${marksOf(speech).colon}${more}</p>`}`;
}

/** On a narrow screen the number would stand there without its column’s head. */
const rowHtml = ({ anchor, byte, place, value }: EvidenceRow, label: string): Markup =>
  html`<tr id="${anchor}"><th scope="row">${verbatim(place, 240)}</th>${cell(label, html`${byte ?? '–'}`)}<td>${inline(value)}</td></tr>`;
