import type { Speech } from '../../say/speech.js';
import { formatOfMime, UNKNOWN_MEDIA_TYPE } from '../media/media-types.js';
import type { Signal } from '../report/signal.js';
import { rowOf } from '../signals/index.js';
import { formatWords } from './format-words.js';

/** What Assay itself sees of a file: nobody stated it, so nothing is to be said of whether somebody copied it. */
export const isObservedFact = ({ id }: Pick<Signal, 'id'>): boolean => rowOf(id).backing === 'seen';

/** Facts of the file that a sentence of their own says better than their meaning with a value in brackets. */
export function fileRemark(signal: Signal, speech: Speech): string | undefined {
  if (signal.id === 'file.mediaTypeMismatch') return mismatch(signal, speech);
  if (signal.id === 'file.dates.unsetClock') return unsetClock(signal, speech);
  return undefined;
}

/** Undefined where a type is none of ours: then it stands as it was said. */
function mismatch({ said, basis }: Signal, speech: Speech): string | undefined {
  const { stated, found } = said?.value?.params ?? {};
  if (typeof stated !== 'string' || typeof found !== 'string') return undefined;
  const statedFormat = formatOfMime(stated);
  const foundFormat = found === UNKNOWN_MEDIA_TYPE.mime ? 'none' : formatOfMime(found);
  if (statedFormat === undefined || foundFormat === undefined) return undefined;
  const saidFormat = formatWords(statedFormat, speech);
  const by = basis.some(({ place }) => place === 'file name') ? 'name' : 'sender';
  return foundFormat === 'none'
    ? speech.words(`page.remark.noSuchFormat.${by}`, { said: saidFormat })
    : speech.words(`page.remark.otherFormat.${by}`, {
        said: saidFormat,
        found: formatWords(foundFormat, speech),
      });
}

const DAY = /^\d{4}-\d\d-\d\d$/;

function unsetClock({ value = '', facts = [], basis }: Signal, speech: Speech): string | undefined {
  if (!DAY.test(value)) return undefined;
  const fields = facts.map(({ name }) => name).filter((name) => /^[\w.: -]{1,60}$/.test(name));
  const clock = { count: basis.length, day: value };
  return fields.length === 0
    ? speech.words('page.remark.unsetClock', clock)
    : speech.words('page.remark.unsetClockIn', { ...clock, fields });
}
