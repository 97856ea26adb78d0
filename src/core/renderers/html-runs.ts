import type { Speech } from '../../say/speech.js';
import { escapeHtml, httpsAddress } from './html-escape.js';
import { isKept, type Text } from './kept-text.js';
import type { Line, Run } from './runs.js';

/** Every run of text passes the one escape here. */
export function inline(line: Line): string {
  return line.map(run).join('');
}

function run(one: Run): string {
  if (typeof one === 'string') return escapeHtml(one);
  if ('file' in one) return verbatim(one.file, one.most);
  if ('english' in one) return textHtml(one);
  if ('jump' in one) return jump(one.jump, one.text);
  return 'code' in one ? `<code>${escapeHtml(one.code)}</code>` : link(one.link, one.text);
}

/** Words of ours; those of an earlier version are marked as English. `made`: how the words become HTML. */
export function textHtml(text: Text, made: (words: string) => string = escapeHtml): string {
  return isKept(text) ? `<span lang="en">${made(text.english)}</span>` : made(text);
}

/** What language an element is in, and where its script runs the other way. */
export const spoken = ({ language, direction }: Speech): string =>
  ` lang="${escapeHtml(language)}"${direction === 'rtl' ? ' dir="rtl"' : ''}`;

/** Marks English in a page of another language. */
export const english = ({ language }: Speech): string => (language === ENGLISH ? '' : ` lang="${ENGLISH}"`);
const ENGLISH = 'en';

/** The file's words: a quotation with a direction of its own. */
export function verbatim(text: string, most?: number): string {
  return `<bdi class="verbatim" dir="auto">${escapeHtml(text, most)}</bdi>`;
}

/** Addresses within the page are made by places.ts: a word and a number. */
export function jump(anchor: string, text: string): string {
  return `<a href="#${escapeHtml(anchor)}">${escapeHtml(text)}</a>`;
}

export function link(address: string, text: string): string {
  const href = httpsAddress(address);
  return href === undefined
    ? escapeHtml(text)
    : `<a href="${href}" rel="noreferrer noopener">${escapeHtml(text)}</a>`;
}
