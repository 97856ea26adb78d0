import type { Speech } from '../../say/speech.js';
import { SHOWN_CHARACTERS, visible } from '../ground/visible.js';
import { html, httpsAddress, type Markup, shown, shownWords } from './html-escape.js';
import { isKept, type Text } from './kept-text.js';
import type { Line, Run } from './runs.js';

export const inline = (line: Line): Markup => html`${line.map(run)}`;

function run(one: Run): Markup {
  // Our words, which may quote a name of the file's.
  if (typeof one === 'string') return quotesApart(one, SHOWN_CHARACTERS);
  if ('file' in one) return verbatim(one.file, one.most);
  if ('english' in one) return textHtml(one);
  // Addresses within the page are made by places.ts: a word and a number.
  if ('jump' in one) return html`<a href="#${one.jump}">${shown(one.text)}</a>`;
  return 'code' in one ? html`<code>${shown(one.code)}</code>` : link(one.link, one.text);
}

/** Words of ours; those of an earlier version are marked as English. `made`: how the words become HTML. */
export function textHtml(text: Text, made: (words: string) => Markup = shown): Markup {
  return isKept(text) ? html`<span lang="en">${made(text.english)}</span>` : made(text);
}

const SENTENCE_CHARACTERS = 4_096;

/** A name in curly quotes comes from the file: it must not turn the words around it. */
export function quotesApart(text: string, most = SENTENCE_CHARACTERS): Markup {
  const parts = visible(text, most).split(/(“[^”]*”)/);
  return html`${parts.map((part, at) => (at % 2 === 1 ? html`<bdi dir="auto">${part}</bdi>` : part))}`;
}

/** What language an element is in, and where its script runs the other way. */
export const spoken = ({ language, direction }: Speech): Markup =>
  html` lang="${language}"${direction === 'rtl' && html` dir="rtl"`}`;

/** Marks English in a page of another language. */
export const english = ({ language }: Speech): string => (language === ENGLISH ? '' : ` lang="${ENGLISH}"`);
const ENGLISH = 'en';

/** The file's words: a quotation with a direction of its own. */
export const verbatim = (text: string, most?: number): Markup =>
  html`<bdi class="verbatim" dir="auto">${shownWords(text, most)}</bdi>`;

export function link(address: string, text: string): Markup {
  const href = httpsAddress(address);
  return href === undefined
    ? shown(text)
    : html`<a href="${href}" rel="noreferrer noopener">${shown(text)}</a>`;
}

/** A part of a report under its heading. */
export const section = (title: string, body: Markup, kind?: string, place?: string): Markup =>
  html`<section${kind && html` class="${kind}"`}${place && html` id="${place}"`}>\n<h3>${title}</h3>\n${body}\n</section>`;

export const list = (lines: readonly Line[]): Markup =>
  html`<ul>${lines.map((line) => html`<li>${inline(line)}</li>`)}</ul>`;

/** On a narrow screen a cell says itself which column it is of. */
export const cell = (label: string, body: Markup): Markup => html`<td data-label="${label}">${body}</td>`;

export const heads = (labels: readonly string[]): Markup =>
  html`<thead><tr>${labels.map((label) => html`<th scope="col">${label}</th>`)}</tr></thead>`;
