import type { Speech } from '../../say/speech.js';
import { type FoldedNode, foldChains } from './fold.js';
import type { History } from './history.js';
import { html, lines, type Markup } from './html-escape.js';
import { img } from './html-figures.js';
import { historyPicture, stepPlace } from './html-history-picture.js';
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

/**
 * A step whose facts open, by itself or from its box in the picture: the place that a link leads to is inside, and browsers
 * open what is folded around that.
 */
function branch(node: FoldedNode, speech: Speech): Markup {
  const { at, line, notes, children, middle, picture } = node;
  const place = at !== undefined && html` id="${stepPlace(at)}"`;
  const chain = middle === undefined ? [] : folded(middle, speech);
  const below = [...chain, ...children.map((child) => branch(child, speech))];
  const small = picture && html`${img(picture, speech.words('page.picture.stepAlt'), { step: true })} `;
  const step =
    notes.length === 0
      ? html`<span${place}>${small}${inline(line)}</span>`
      : html`<details class="step"${at === 1 && ' open'}>\n<summary>${small}${inline(line)}</summary>\n<ul class="notes"${place}>${notes.map((note) => html`<li>${inline(note)}</li>`)}</ul>\n</details>`;
  return html`<li>${step}${below.length > 0 && html`\n<ul>${lines(below)}</ul>`}</li>`;
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
