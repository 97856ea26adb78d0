import type { Translator } from '../../../i18n/translator.js';
import { REMOVABLE_ASSERTIONS } from '../../c2pa/c2pa-terms.js';
import type { Manifest } from '../../standing/versions.js';
import { punctuationFor } from '../marks.js';
import { limitLines, type RunLine, type TextRun } from '../runs.js';

const MAX_REDACTIONS = 16;
const REDACTED = 'c2pa.redacted';

/**
 * Returns lines for assertions that the signer redacted from earlier credentials, apart from the edits, because the
 * content did not change. If the claim names the assertions, the action adds nothing; if only the action is known, only
 * the removal is stated.
 */
export function redactionLines({ redacted = [], actions }: Manifest, translator: Translator): RunLine[] {
  const removedBySigner = translator.text('page.credentials.removedBySigner');
  const removedUnnamed = translator.text('page.credentials.removedUnnamed');
  if (redacted.length > 0)
    return limitLines(redacted, MAX_REDACTIONS, translator, (uri) => [
      `${removedBySigner}${punctuationFor(translator).colon}`,
      ...describeAssertion(uri, translator),
      { file: uri, most: 200 },
    ]);
  return limitLines(actions.filter(isRedaction), MAX_REDACTIONS, translator, ({ description }) => [
    `${removedBySigner}${punctuationFor(translator).colon}`,
    description === undefined ? removedUnnamed : { file: description, most: 200 },
  ]);
}

export function isRedaction({ action }: Manifest['actions'][number]): boolean {
  return action === REDACTED;
}

/** The label ends the URI; versions and numbers follow it, as in `c2pa.thumbnail.claim.jpeg__1`. */
function describeAssertion(uri: string, translator: Translator): TextRun[] {
  const label = uri.slice(uri.lastIndexOf('/') + 1);
  const known = REMOVABLE_ASSERTIONS.find((one) => label === one || /^(\.|__)/.test(tail(label, one)));
  return known === undefined
    ? []
    : [`${translator.text(`term.removable.${known}`)}${punctuationFor(translator).comma}`];
}

function tail(label: string, start: string): string {
  return label.startsWith(start) ? label.slice(start.length) : '';
}
