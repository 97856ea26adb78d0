import type { Speech } from '../../say/speech.js';
import { type FoldedNode, foldChains } from './fold.js';
import type { History } from './history.js';
import { html, lines, type Markup } from './html-escape.js';
import { img } from './html-figures.js';
import { historyPicture } from './html-history-picture.js';
import { inline } from './html-runs.js';
import { marksOf } from './marks.js';

/** The tree as a picture and as nested lists. What is folded is in the page: it opens without script, and prints. */
export function historyHtml(history: History, speech: Speech): Markup {
  const { caution, nodes } = history;
  const picture = historyPicture(history, speech);
  const tree = html`${picture && html`${picture}\n`}<ul class="tree">\n${lines(nodes.map((node) => branch(foldChains(node), speech)))}\n</ul>`;
  if (caution === undefined) return tree;
  return html`<details class="unconfirmed">\n<summary>${caution}</summary>\n${tree}\n</details>`;
}

function branch(node: FoldedNode, speech: Speech): Markup {
  const { line, notes, children, middle, picture } = node;
  const inside =
    notes.length > 0 && html`<ul class="notes">${notes.map((note) => html`<li>${inline(note)}</li>`)}</ul>`;
  const chain = middle === undefined ? [] : folded(middle, speech);
  const below = [...chain, ...children.map((child) => branch(child, speech))];
  const small = picture && html`${img(picture, speech.words('page.picture.stepAlt'), { step: true })} `;
  return html`<li>${small}${inline(line)}${inside}${below.length > 0 && html`\n<ul>${lines(below)}</ul>`}</li>`;
}

function folded(middle: NonNullable<FoldedNode['middle']>, speech: Speech): Markup[] {
  const steps = middle.steps.map((step) => branch(step, speech));
  return [
    html`<li><details class="between">\n<summary>${betweenWords(middle, speech)}</summary>\n<ul>${lines(steps)}</ul>\n</details></li>`,
    branch(startOf(middle, speech), speech),
  ];
}

export const betweenWords = ({ steps }: NonNullable<FoldedNode['middle']>, speech: Speech): string =>
  speech.words('page.credentials.between', { count: steps.length });

/** Where a folded chain begins, and says so. */
export const startOf = ({ start }: NonNullable<FoldedNode['middle']>, speech: Speech): FoldedNode => ({
  ...start,
  line: [`${speech.words('page.credentials.chainStart')}${marksOf(speech).colon}`, ...start.line],
});
