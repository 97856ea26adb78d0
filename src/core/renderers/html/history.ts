import type { Translator } from '../../../i18n/translator.js';
import { type FoldedNode, foldChains } from '../../page/history/fold.js';
import type { History } from '../../page/history/history.js';
import { punctuationFor } from '../../page/marks.js';
import { html, lines, type Markup } from './escape.js';
import { img } from './figures.js';
import { historyPicture, stepAnchor } from './history-picture.js';
import { renderInline } from './runs.js';

/**
 * Renders the tree as a picture and as nested lists. Folded parts are in the page, so they open without script and can
 * be printed.
 */
export function historyHtml(history: History, translator: Translator): Markup {
  const { caution, nodes } = history;
  const picture = historyPicture(history, translator);
  const tree = html`${picture && html`${picture}\n`}<ul class="tree">\n${lines(nodes.map((node) => branch(foldChains(node), translator)))}\n</ul>`;
  if (caution === undefined) return tree;
  return html`<details class="unconfirmed">\n<summary>${caution}</summary>\n${tree}\n</details>`;
}

/**
 * Renders a step whose facts open by themselves or from its box in the picture. The link target is inside, because
 * browsers open what is folded around a target.
 */
function branch(node: FoldedNode, translator: Translator): Markup {
  const { at, line, notes, children, middle, picture } = node;
  const place = at !== undefined && html` id="${stepAnchor(at)}"`;
  const chain = middle === undefined ? [] : folded(middle, translator);
  const below = [...chain, ...children.map((child) => branch(child, translator))];
  const small = picture && html`${img(picture, translator.text('page.picture.stepAlt'), { step: true })} `;
  const step =
    notes.length === 0
      ? html`<span${place}>${small}${renderInline(line)}</span>`
      : html`<details class="step"${at === 1 && ' open'}>\n<summary>${small}${renderInline(line)}</summary>\n<ul class="notes"${place}>${notes.map((note) => html`<li>${renderInline(note)}</li>`)}</ul>\n</details>`;
  return html`<li>${step}${below.length > 0 && html`\n<ul>${lines(below)}</ul>`}</li>`;
}

function folded(middle: NonNullable<FoldedNode['middle']>, translator: Translator): Markup[] {
  const steps = middle.steps.map((step) => branch(step, translator));
  return [
    html`<li><details class="between">\n<summary>${betweenWords(middle, translator)}</summary>\n<ul>${lines(steps)}</ul>\n</details></li>`,
    branch(startOf(middle, translator), translator),
  ];
}

export const betweenWords = ({ steps }: NonNullable<FoldedNode['middle']>, translator: Translator): string =>
  translator.text('page.credentials.between', { count: steps.length });

/** Labels the first node of a folded chain as its start. */
export const startOf = (
  { start }: NonNullable<FoldedNode['middle']>,
  translator: Translator,
): FoldedNode => ({
  ...start,
  line: [
    `${translator.text('page.credentials.chainStart')}${punctuationFor(translator).colon}`,
    ...start.line,
  ],
});
