import type { Speech } from '../../say/speech.js';
import type { EvidenceSheet } from '../report/evidence-sheet.js';
import { type EvidenceRow, type EvidenceTable, evidenceView, type LabelView, ON_PAGE } from './evidence.js';
import { escapeHtml } from './html-escape.js';
import { inline, verbatim } from './html-runs.js';
import { marksOf } from './marks.js';

/** A file's fields, folded; each is at an address to which the places of the report lead. */
export function evidenceHtml(sheet: EvidenceSheet, speech: Speech): string {
  const { count, tables, labels } = evidenceView(sheet, speech, ON_PAGE);
  if (count === 0) return '';
  const title = `${speech.words('page.evidence.heading')}${marksOf(speech).open}${count}${marksOf(speech).close}`;
  return `<details class="technical evidence">
<summary>${escapeHtml(title)}</summary>
<p class="small">${escapeHtml(speech.words('page.evidence.about'))}</p>
${[...labels.map((label) => labelHtml(label, speech)), ...tables.map((table) => tableHtml(table, speech))].join('\n')}
</details>`;
}

/** On paper: the labels' bytes, and a word on the rest. */
export function evidenceOnPaper(sheet: EvidenceSheet, speech: Speech): string {
  const { count, labels } = evidenceView(sheet, speech, ON_PAGE);
  if (count === 0) return '';
  return `<section class="evidence">
<h3>${escapeHtml(speech.words('page.evidence.heading'))}</h3>
<p>${escapeHtml(speech.words('page.evidence.leftOut'))}</p>
${labels.map((label) => labelHtml(label, speech)).join('\n')}
</section>`;
}

/** Wider than a phone: it scrolls by itself, and takes the focus for that. */
function labelHtml({ title, place, about, lines }: LabelView, speech: Speech): string {
  const caption = `${escapeHtml(title)}${marksOf(speech).colon}${inline(place)}${marksOf(speech).comma}${escapeHtml(about)}`;
  if (lines.length === 0) return `<p class="label-bytes">${caption}</p>`;
  const dump = lines.map((line) => escapeHtml(line)).join('<br>');
  return `<figure class="label-bytes"><figcaption>${caption}</figcaption><pre tabindex="0" dir="ltr">${dump}</pre></figure>`;
}

function tableHtml({ title, rows, more }: EvidenceTable, speech: Speech): string {
  const field = speech.words('page.evidence.field');
  const value = speech.words('page.evidence.value');
  const byte = speech.words('page.evidence.byte');
  const heads = [field, byte, value].map((head) => `<th scope="col">${escapeHtml(head)}</th>`).join('');
  const table =
    rows.length === 0
      ? ''
      : `<table class="metadata">
<caption>${escapeHtml(title)}</caption>
<thead><tr>${heads}</tr></thead>
<tbody>
${rows.map((row) => rowHtml(row, byte)).join('\n')}
</tbody>
</table>`;
  const rest =
    more === undefined ? '' : `<p class="small">${escapeHtml(`${title}${marksOf(speech).colon}${more}`)}</p>`;
  return `${table}${rest}`;
}

/** On a narrow screen the number would stand there without its column’s head. */
function rowHtml({ anchor, byte, place, value }: EvidenceRow, label: string): string {
  return `<tr id="${anchor}"><th scope="row">${verbatim(place, 240)}</th><td data-label="${escapeHtml(label)}">${byte ?? '–'}</td><td>${inline(value)}</td></tr>`;
}
