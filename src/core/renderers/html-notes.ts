import type { Words } from '../words/words.js';
import { escapeHtml } from './html-escape.js';
import { verbatim } from './html-runs.js';

/** What a person wrote beside a Report. It is no part of the Report, and whoever reads it is told so each time. */
export interface Note {
  text: string;
  /** Whose key it was, by name; left out where nobody has to show one. */
  by?: string;
  /** RFC 3339. */
  at: string;
}

const NOTE_CHARACTERS = 4_096;

/** Notes → a `<section>` to stand after a report. Pure; nothing where there is none. */
export function renderNotesHtml(notes: readonly Note[], words: Words): string {
  if (notes.length === 0) return '';
  return `<section class="notes" lang="${escapeHtml(words.language)}">
<h3>${escapeHtml(words.notes.heading)}</h3>
<ol>
${notes.map((note) => item(note, words)).join('\n')}
</ol>
</section>
`;
}

function item({ text, by, at }: Note, { notes, time }: Words): string {
  const who = by === undefined ? '' : ` ${verbatim(by)}`;
  const lines = text.split('\n').map((line) => escapeHtml(line, NOTE_CHARACTERS));
  return `<li><p class="by">${escapeHtml(notes.by)}${who} <small>${escapeHtml(time(at))}</small></p>
<blockquote dir="auto">${lines.join('<br>')}</blockquote></li>`;
}
