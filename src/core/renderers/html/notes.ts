import { timeMessage } from '../../../i18n/amounts.js';
import type { Translator } from '../../../i18n/translator.js';
import { escapeText, html, lines, type Markup } from './escape.js';
import { languageAttributes, verbatim } from './runs.js';

/** Note that a person added to a Report. It is not part of the Report, and the page says so each time. */
export interface Note {
  text: string;
  /** Name of the author's API key; absent if the service requires no key. */
  by?: string;
  /** Time in RFC 3339 format. */
  at: string;
}

const NOTE_CHARACTERS = 4_096;

/** Renders notes as a `<section>` to follow a report. Pure; empty without notes. */
export function renderNotesHtml(notes: readonly Note[], translator: Translator): Markup {
  if (notes.length === 0) return html``;
  return html`<section class="notes"${languageAttributes(translator)}>
<h3>${translator.text('page.notes.heading')}</h3>
<ol>
${lines(notes.map((note) => item(note, translator)))}
</ol>
</section>
`;
}

function item({ text, by, at }: Note, translator: Translator): Markup {
  const written = text.split('\n').map((line) => escapeText(line, NOTE_CHARACTERS));
  return html`<li><p class="by">${translator.text('page.notes.by')}${by !== undefined && html` ${verbatim(by)}`} <small>${translator.translate(timeMessage(at))}</small></p>
<blockquote dir="auto">${written.map((line, at) => html`${at > 0 && html`<br>`}${line}`)}</blockquote></li>`;
}
