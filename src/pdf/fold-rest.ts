import { type DefaultTreeAdapterTypes, parseFragment, serialize } from 'parse5';
import { textBelow, within } from './tree.js';

type Node = DefaultTreeAdapterTypes.Node;

/**
 * Paper cannot be unfolded: clauses that say little of this file stand there by name alone, as in the terminal. In full
 * they would be most of the pages.
 */
export function foldRest(article: string): string {
  const root = parseFragment(article);
  for (const details of within(root, 'details')) {
    if (!details.attrs.some(({ name, value }) => name === 'class' && value === 'rest')) continue;
    const summary = textBelow(within(details, 'summary')[0] ?? details).trim();
    const clauses = within(details, 'tbody')
      .flatMap((body) => within(body, 'tr'))
      .map((row) => clauseOf(row).trim());
    const line = parseFragment('<p class="rest"></p>').childNodes[0];
    if (line === undefined || !('childNodes' in line)) continue;
    line.childNodes.push({ nodeName: '#text', value: `${summary}: ${clauses.join('; ')}`, parentNode: line });
    const { parentNode } = details;
    if (parentNode === null) continue;
    line.parentNode = parentNode;
    parentNode.childNodes.splice(parentNode.childNodes.indexOf(details), 1, line);
  }
  return serialize(root);
}

/** The clause is what leads to the official text. */
function clauseOf(row: Node): string {
  const first = within(row, 'td')[0];
  return first === undefined ? '' : textBelow(within(first, 'a')[0] ?? first);
}
