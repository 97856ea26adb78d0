import { type Said, saidOf } from '../media/said.js';
import { SIGNAL_IDS, type Signal } from '../report/signal.js';
import type { NamedFile } from './detector.js';
import { MOST_PLACES } from './match-rows.js';
import { OF_NAMES, placeBesideNames } from './of-names.js';

/** What names and declared types raise, in its place among the signals of a file. Pure. */

/** All that detectors raise of these words. */
export const nameSignals = (said: Said, file: NamedFile): Signal[] =>
  OF_NAMES.flatMap((detector) => detector.ofName?.(said, file) ?? []);

/** What a name says of a file, whatever else stands in it: the same text for two names that say the same. */
export function wordsOfName(name: Said, { bytes, mediaType }: Omit<NamedFile, 'fittingHints'>): string {
  const said = saidOf(name);
  return JSON.stringify([
    said.declaredMediaType,
    nameSignals(said, { bytes, mediaType, fittingHints: SIGNAL_IDS }),
  ]);
}

/** Whether two names say the same of a file. */
export const saysTheSame = (one: Said, other: Said, file: Omit<NamedFile, 'fittingHints'>): boolean =>
  wordsOfName(one, file) === wordsOfName(other, file);

/** Those of the bytes alone. */
export function withoutNames(signals: readonly Signal[]): Signal[] {
  return signals.flatMap((signal) => {
    const basis = signal.basis.filter(({ carrier }) => carrier !== 'file');
    if (basis.length === signal.basis.length) return [signal];
    return basis.length === 0 ? [] : [{ ...signal, basis }];
  });
}

/** Ours or the file's own words, it is the same value or another. */
const valueKey = ({ value, said: ours }: Signal): string => JSON.stringify([value, ours?.value]);

/** One that the bytes raise too has the name as its last place; another one comes where its detector stands in the list. */
export function withNames(signals: readonly Signal[], ofName: readonly Signal[]): Signal[] {
  const all = [...signals];
  for (const signal of ofName) {
    const at = all.findIndex((one) => one.id === signal.id && valueKey(one) === valueKey(signal));
    const same = all[at];
    if (same) all[at] = { ...same, basis: [...same.basis, ...signal.basis].slice(0, MOST_PLACES) };
    else {
      const place = placeBesideNames(signal.id);
      const before = all.findIndex(({ id }) => placeBesideNames(id) > place);
      all.splice(before < 0 ? all.length : before, 0, signal);
    }
  }
  return all;
}
