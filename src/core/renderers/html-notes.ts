import { timeSaid } from '../../say/amounts.js';
import type { Speech } from '../../say/speech.js';
import { escapeHtml } from './html-escape.js';
import { spoken, verbatim } from './html-runs.js';

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
export function renderNotesHtml(notes: readonly Note[], speech: Speech): string {
  if (notes.length === 0) return '';
  return `<section class="notes"${spoken(speech)}>
<h3>${escapeHtml(speech.words('page.notes.heading'))}</h3>
<ol>
${notes.map((note) => item(note, speech)).join('\n')}
</ol>
</section>
`;
}

function item({ text, by, at }: Note, speech: Speech): string {
  const who = by === undefined ? '' : ` ${verbatim(by)}`;
  const lines = text.split('\n').map((line) => escapeHtml(line, NOTE_CHARACTERS));
  return `<li><p class="by">${escapeHtml(speech.words('page.notes.by'))}${who} <small>${escapeHtml(speech.say(timeSaid(at)))}</small></p>
<blockquote dir="auto">${lines.join('<br>')}</blockquote></li>`;
}
