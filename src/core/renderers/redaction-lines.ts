import { REMOVABLE } from '../words/c2pa-terms.js';
import type { Words } from '../words/words.js';
import type { Manifest } from './manifest-lines.js';
import { bounded, type Line, type Run } from './runs.js';

const MOST_REDACTIONS = 16;
const REDACTED = 'c2pa.redacted';

/**
 * What the signer took out of earlier credentials stands apart from the edits: nothing of the content changed.
 * Where the claim names it, the action adds nothing; where only the action is known, that much is said.
 */
export function redactionLines({ redacted = [], actions }: Manifest, words: Words): Line[] {
  const { removedBySigner, removedUnnamed } = words.credentials;
  if (redacted.length > 0)
    return bounded(redacted, MOST_REDACTIONS, words, (uri) => [
      `${removedBySigner}${words.marks.colon}`,
      ...what(uri, words),
      { file: uri, most: 200 },
    ]);
  return bounded(actions.filter(isRedaction), MOST_REDACTIONS, words, ({ description }) => [
    `${removedBySigner}${words.marks.colon}`,
    description === undefined ? removedUnnamed : { file: description, most: 200 },
  ]);
}

export function isRedaction({ action }: Manifest['actions'][number]): boolean {
  return action === REDACTED;
}

/** The label ends the URI; versions and numbers follow it, as in `c2pa.thumbnail.claim.jpeg__1`. */
function what(uri: string, words: Words): Run[] {
  const label = uri.slice(uri.lastIndexOf('/') + 1);
  const known = REMOVABLE.find((one) => label === one || /^(\.|__)/.test(tail(label, one)));
  return known === undefined ? [] : [`${words.removable[known]}${words.marks.comma}`];
}

function tail(label: string, start: string): string {
  return label.startsWith(start) ? label.slice(start.length) : '';
}
