import { timeSaid } from '../../say/amounts.js';
import type { Speech } from '../../say/speech.js';
import { html, lines, type Markup, shown } from './html-escape.js';
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
export function renderNotesHtml(notes: readonly Note[], speech: Speech): Markup {
  if (notes.length === 0) return html``;
  return html`<section class="notes"${spoken(speech)}>
<h3>${speech.words('page.notes.heading')}</h3>
<ol>
${lines(notes.map((note) => item(note, speech)))}
</ol>
</section>
`;
}

function item({ text, by, at }: Note, speech: Speech): Markup {
  const written = text.split('\n').map((line) => shown(line, NOTE_CHARACTERS));
  return html`<li><p class="by">${speech.words('page.notes.by')}${by !== undefined && html` ${verbatim(by)}`} <small>${speech.say(timeSaid(at))}</small></p>
<blockquote dir="auto">${written.map((line, at) => html`${at > 0 && html`<br>`}${line}`)}</blockquote></li>`;
}
