import { normalizeDescription, type UploadDescription } from '../media/upload-description.js';
import { SIGNAL_IDS, type Signal } from '../report/signal.js';
import type { NamedFile } from './detector.js';
import { MAX_LOCATORS } from './match-rows.js';
import { NAME_DETECTORS, nameSignalOrder } from './name-detectors.js';

/** Adds the signals raised by names and declared types at their position among a file's signals. Pure. */

/** Returns all signals that detectors raise for a name and declared type. */
export const detectNameSignals = (said: UploadDescription, file: NamedFile): Signal[] =>
  NAME_DETECTORS.flatMap((detector) => detector.detectName?.(said, file) ?? []);

/** Returns a key that is equal for two names with the same declared type and signals, whatever else the file contains. */
export function nameSignalsKey(
  name: UploadDescription,
  { bytes, mediaType }: Omit<NamedFile, 'fittingHints'>,
): string {
  const said = normalizeDescription(name);
  return JSON.stringify([
    said.declaredMediaType,
    detectNameSignals(said, { bytes, mediaType, fittingHints: SIGNAL_IDS }),
  ]);
}

/** Returns whether two names have the same effect on a file's Report. */
export const haveSameNameSignals = (
  one: UploadDescription,
  other: UploadDescription,
  file: Omit<NamedFile, 'fittingHints'>,
): boolean => nameSignalsKey(one, file) === nameSignalsKey(other, file);

/** Removes signals and locators that come from the name, leaving those of the bytes. */
export function removeNameSignals(signals: readonly Signal[]): Signal[] {
  return signals.flatMap((signal) => {
    const basis = signal.basis.filter(({ carrier, region }) => carrier !== 'file' || region !== undefined);
    if (basis.length === signal.basis.length) return [signal];
    return basis.length === 0 ? [] : [{ ...signal, basis }];
  });
}

/** Key under which equal values match, whether the value is a message or quoted from the file. */
const valueKey = ({ value, messages: ours }: Signal): string => JSON.stringify([value, ours?.value]);

/**
 * Adds the name's signals. A signal that the bytes raise too gets the name as its last locator; any other is inserted
 * at its detector's position.
 */
export function addNameSignals(signals: readonly Signal[], ofName: readonly Signal[]): Signal[] {
  const all = [...signals];
  for (const signal of ofName) {
    const at = all.findIndex((one) => one.id === signal.id && valueKey(one) === valueKey(signal));
    const same = all[at];
    if (same) all[at] = { ...same, basis: [...same.basis, ...signal.basis].slice(0, MAX_LOCATORS) };
    else {
      const place = nameSignalOrder(signal.id);
      const before = all.findIndex(({ id }) => nameSignalOrder(id) > place);
      all.splice(before < 0 ? all.length : before, 0, signal);
    }
  }
  return all;
}
