import type { EvidenceSheet } from '../evidence-sheet.js';
import type { Words } from '../words/words.js';
import { type EvidenceRow, type EvidenceTable, evidenceView, type LabelView, ON_PAGE } from './evidence.js';
import { escapeHtml } from './html-escape.js';
import { inline, verbatim } from './html-runs.js';

/** A file's fields, folded; each is at an address to which the places of the report lead. */
export function evidenceHtml(sheet: EvidenceSheet, words: Words): string {
  const { count, tables, labels } = evidenceView(sheet, words, ON_PAGE);
  if (count === 0) return '';
  const { evidence, marks } = words;
  const title = `${evidence.heading}${marks.open}${count}${marks.close}`;
  return `<details class="technical evidence">
<summary>${escapeHtml(title)}</summary>
<p class="small">${escapeHtml(evidence.about)}</p>
${[...labels.map((label) => labelHtml(label, words)), ...tables.map((table) => tableHtml(table, words))].join('\n')}
</details>`;
}

/** On paper: the labels' bytes, and a word on the rest. */
export function evidenceOnPaper(sheet: EvidenceSheet, words: Words): string {
  const { count, labels } = evidenceView(sheet, words, ON_PAGE);
  if (count === 0) return '';
  const { evidence } = words;
  return `<section class="evidence">
<h3>${escapeHtml(evidence.heading)}</h3>
<p>${escapeHtml(evidence.leftOut)}</p>
${labels.map((label) => labelHtml(label, words)).join('\n')}
</section>`;
}

/** Wider than a phone: it scrolls by itself, and takes the focus for that. */
function labelHtml({ title, place, about, lines }: LabelView, { marks }: Words): string {
  const caption = `${escapeHtml(title)}${marks.colon}${inline(place)}${marks.comma}${escapeHtml(about)}`;
  if (lines.length === 0) return `<p class="label-bytes">${caption}</p>`;
  const dump = lines.map((line) => escapeHtml(line)).join('<br>');
  return `<figure class="label-bytes"><figcaption>${caption}</figcaption><pre tabindex="0" dir="ltr">${dump}</pre></figure>`;
}

function tableHtml({ title, rows, more }: EvidenceTable, words: Words): string {
  const { field, value, byte } = words.evidence;
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
    more === undefined ? '' : `<p class="small">${escapeHtml(`${title}${words.marks.colon}${more}`)}</p>`;
  return `${table}${rest}`;
}

/** On a narrow screen the number would stand there without its column’s head. */
function rowHtml({ anchor, byte, place, value }: EvidenceRow, label: string): string {
  return `<tr id="${anchor}"><th scope="row">${verbatim(place, 240)}</th><td data-label="${escapeHtml(label)}">${byte ?? '–'}</td><td>${inline(value)}</td></tr>`;
}
