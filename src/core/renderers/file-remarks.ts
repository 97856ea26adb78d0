import { formatOfMime, UNKNOWN_MEDIA_TYPE } from '../media-types.js';
import type { Signal } from '../signal.js';
import { rowOf } from '../signals/index.js';
import type { Words } from '../words/words.js';

/** What Assay itself sees of a file: nobody stated it, so nothing is to be said of whether somebody copied it. */
export const isObservedFact = ({ id }: Pick<Signal, 'id'>): boolean => rowOf(id).backing === 'seen';

/** Facts of the file that a sentence of their own says better than their meaning with a value in brackets. */
export function fileRemark(signal: Signal, words: Words): string | undefined {
  if (signal.id === 'file.mediaTypeMismatch') return mismatch(signal, words);
  if (signal.id === 'file.dates.unsetClock') return unsetClock(signal, words);
  return undefined;
}

const TYPES = /^(\S+) declared, (\S+) found$/;

/** Undefined where a type is none of ours: then it stands as the quotation that it is. */
function mismatch({ value = '', basis }: Signal, { fileRemarks }: Words): string | undefined {
  const [, said = '', found = ''] = TYPES.exec(value) ?? [];
  const saidFormat = formatOfMime(said);
  const foundFormat = found === UNKNOWN_MEDIA_TYPE.mime ? 'none' : formatOfMime(found);
  if (saidFormat === undefined || foundFormat === undefined) return undefined;
  const by = basis.some(({ place }) => place === 'file name') ? 'name' : 'sender';
  return foundFormat === 'none'
    ? fileRemarks.noSuchFormat(by, saidFormat)
    : fileRemarks.otherFormat(by, saidFormat, foundFormat);
}

const DAY = /^\d{4}-\d\d-\d\d$/;

function unsetClock({ value = '', facts = [], basis }: Signal, { fileRemarks }: Words): string | undefined {
  if (!DAY.test(value)) return undefined;
  return fileRemarks.unsetClock(
    value,
    facts.map(({ name }) => name).filter((name) => /^[\w.: -]{1,60}$/.test(name)),
    basis.length,
  );
}
