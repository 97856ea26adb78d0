import type { Speech } from '../../say/speech.js';
import { REMOVABLE } from '../c2pa/c2pa-terms.js';
import type { Manifest } from './manifest-lines.js';
import { marksOf } from './marks.js';
import { bounded, type Line, type Run } from './runs.js';

const MOST_REDACTIONS = 16;
const REDACTED = 'c2pa.redacted';

/**
 * What the signer took out of earlier credentials stands apart from the edits: nothing of the content changed.
 * Where the claim names it, the action adds nothing; where only the action is known, that much is said.
 */
export function redactionLines({ redacted = [], actions }: Manifest, speech: Speech): Line[] {
  const removedBySigner = speech.words('page.credentials.removedBySigner');
  const removedUnnamed = speech.words('page.credentials.removedUnnamed');
  if (redacted.length > 0)
    return bounded(redacted, MOST_REDACTIONS, speech, (uri) => [
      `${removedBySigner}${marksOf(speech).colon}`,
      ...what(uri, speech),
      { file: uri, most: 200 },
    ]);
  return bounded(actions.filter(isRedaction), MOST_REDACTIONS, speech, ({ description }) => [
    `${removedBySigner}${marksOf(speech).colon}`,
    description === undefined ? removedUnnamed : { file: description, most: 200 },
  ]);
}

export function isRedaction({ action }: Manifest['actions'][number]): boolean {
  return action === REDACTED;
}

/** The label ends the URI; versions and numbers follow it, as in `c2pa.thumbnail.claim.jpeg__1`. */
function what(uri: string, speech: Speech): Run[] {
  const label = uri.slice(uri.lastIndexOf('/') + 1);
  const known = REMOVABLE.find((one) => label === one || /^(\.|__)/.test(tail(label, one)));
  return known === undefined ? [] : [`${speech.words(`term.removable.${known}`)}${marksOf(speech).comma}`];
}

function tail(label: string, start: string): string {
  return label.startsWith(start) ? label.slice(start.length) : '';
}
