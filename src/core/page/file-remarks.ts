import type { Translator } from '../../i18n/translator.js';
import { formatOfMime, UNKNOWN_MEDIA_TYPE } from '../media/media-types.js';
import type { Signal } from '../report/signal.js';
import { signalRowOf } from '../signals/index.js';
import { formatName } from './format-words.js';

/**
 * Returns whether Assay itself observed the fact; nobody stated it, so the warning about copied statements does not
 * apply.
 */
export const isObservedFact = ({ id }: Pick<Signal, 'id'>): boolean => signalRowOf(id).backing === 'seen';

/** Returns a full sentence for facts that would be unclear as a meaning with a value in brackets. */
export function fileRemark(signal: Signal, translator: Translator): string | undefined {
  if (signal.id === 'file.mediaTypeMismatch') return mismatchRemark(signal, translator);
  if (signal.id === 'file.dates.unsetClock') return unsetClockRemark(signal, translator);
  return undefined;
}

/** Returns `undefined` if a media type is unknown; the value is then shown as stated. */
function mismatchRemark({ messages, basis }: Signal, translator: Translator): string | undefined {
  const { stated, found } = messages?.value?.params ?? {};
  if (typeof stated !== 'string' || typeof found !== 'string') return undefined;
  const statedFormat = formatOfMime(stated);
  const foundFormat = found === UNKNOWN_MEDIA_TYPE.mime ? 'none' : formatOfMime(found);
  if (statedFormat === undefined || foundFormat === undefined) return undefined;
  const saidFormat = formatName(statedFormat, translator);
  const by = basis.some(({ locator }) => locator === 'file name') ? 'name' : 'sender';
  return foundFormat === 'none'
    ? translator.text(`page.remark.noSuchFormat.${by}`, { said: saidFormat })
    : translator.text(`page.remark.otherFormat.${by}`, {
        said: saidFormat,
        found: formatName(foundFormat, translator),
      });
}

const DAY = /^\d{4}-\d\d-\d\d$/;

function unsetClockRemark(
  { value = '', facts = [], basis }: Signal,
  translator: Translator,
): string | undefined {
  if (!DAY.test(value)) return undefined;
  const fields = facts.map(({ name }) => name).filter((name) => /^[\w.: -]{1,60}$/.test(name));
  const clock = { count: basis.length, day: value };
  return fields.length === 0
    ? translator.text('page.remark.unsetClock', clock)
    : translator.text('page.remark.unsetClockIn', { ...clock, fields });
}
