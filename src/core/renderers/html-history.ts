import type { Speech } from '../../say/speech.js';
import { type FoldedNode, foldChains } from './fold.js';
import type { History } from './history.js';
import { escapeHtml } from './html-escape.js';
import { img } from './html-figures.js';
import { historyPicture } from './html-history-picture.js';
import { inline } from './html-runs.js';
import { marksOf } from './marks.js';

/** The tree as a picture and as nested lists. What is folded is in the page: it opens without script, and prints. */
export function historyHtml(history: History, speech: Speech): string {
  const { caution, nodes } = history;
  const picture = historyPicture(history, speech);
  const tree = `${picture === undefined ? '' : `${picture}\n`}<ul class="tree">\n${nodes.map((node) => branch(foldChains(node), speech)).join('\n')}\n</ul>`;
  return caution === undefined
    ? tree
    : `<details class="unconfirmed">\n<summary>${escapeHtml(caution)}</summary>\n${tree}\n</details>`;
}

function branch({ line, notes, children, middle, picture }: FoldedNode, speech: Speech): string {
  const inside =
    notes.length === 0
      ? ''
      : `<ul class="notes">${notes.map((note) => `<li>${inline(note)}</li>`).join('')}</ul>`;
  const chain = middle === undefined ? [] : folded(middle, speech);
  const below = [...chain, ...children.map((child) => branch(child, speech))];
  const small =
    picture === undefined ? '' : `${img(picture, speech.words('page.picture.stepAlt'), { step: true })} `;
  return `<li>${small}${inline(line)}${inside}${below.length === 0 ? '' : `\n<ul>${below.join('\n')}</ul>`}</li>`;
}

function folded({ steps, start }: NonNullable<FoldedNode['middle']>, speech: Speech): string[] {
  const chainStart = speech.words('page.credentials.chainStart');
  const inside = steps.map((step) => branch(step, speech)).join('\n');
  const first: FoldedNode = { ...start, line: [`${chainStart}${marksOf(speech).colon}`, ...start.line] };
  return [
    `<li><details class="between">\n<summary>${escapeHtml(speech.words('page.credentials.between', { count: steps.length }))}</summary>\n<ul>${inside}</ul>\n</details></li>`,
    branch(first, speech),
  ];
}
