import type { Translator } from '../../i18n/translator.js';
import type { Location } from '../media/carrier.js';
import type { StoredReport } from '../report/report.js';
import type { SignalId } from '../report/signal.js';
import { type LineGroup, toGroup } from './groups.js';
import { punctuationFor } from './marks.js';
import type { RunLine, TextRun } from './runs.js';

/** Signals shown in the details, each with a fragment identifier. */
export const MAX_SIGNALS = 100;
const MAX_LOCATORS = 200;
const MAX_LOCATOR_CHARACTERS = 1_024;

/**
 * Assigns numbered fragment identifiers, which link rules to the signals that decided them, and signals to their
 * locations.
 */
export class Anchors {
  readonly #places = new Map<string, { at: Location; signals: number[] }>();
  readonly #signals = new Map<SignalId, number>();
  readonly #toField: (at: Location) => string | undefined;

  /** `toField`: returns the fragment identifier of the field at a location, if the page shows it. */
  constructor(
    { signals }: Pick<StoredReport, 'signals'>,
    toField: (at: Location) => string | undefined = () => undefined,
  ) {
    this.#toField = toField;
    for (const [index, { id, basis }] of signals.slice(0, MAX_SIGNALS).entries()) {
      if (!this.#signals.has(id)) this.#signals.set(id, index);
      for (const at of basis) {
        const key = keyOf(at);
        const known = this.#places.get(key);
        if (known) known.signals.push(index);
        else if (this.#places.size < MAX_LOCATORS) this.#places.set(key, { at, signals: [index] });
      }
    }
  }

  /** Returns the target of the first signal with that id; `undefined` if the details omit it. */
  toSignal(id: SignalId): string | undefined {
    const index = this.#signals.get(id);
    return index === undefined ? undefined : signalAnchor(index);
  }

  toPlace(at: Location): string | undefined {
    const index = [...this.#places.keys()].indexOf(keyOf(at));
    return index < 0 ? undefined : placeAnchor(index);
  }

  /** Returns every location by carrier, with the signals found there. */
  places(translator: Translator): LineGroup[] {
    const lines = [...this.#places.values()].map(({ at, signals }, index) => ({
      carrier: at.carrier,
      anchor: placeAnchor(index),
      line: placeLine(at, signals, translator, this.#toField(at)),
    }));
    const carriers = [...new Set(lines.map(({ carrier }) => carrier))];
    return carriers.flatMap((carrier): LineGroup[] => {
      const those = lines.filter((one) => one.carrier === carrier);
      return toGroup(
        `${translator.text('page.phrase.where')}${punctuationFor(translator).colon}${translator.text(`carrier.${carrier}`)}`,
        those.map(({ line }) => line),
      ).map((one) => ({ ...one, anchors: those.map(({ anchor }) => anchor) }));
    });
  }
}

export const signalAnchor = (index: number): string => `signal-${index + 1}`;
const placeAnchor = (index: number): string => `place-${index + 1}`;

const keyOf = ({ carrier, locator, offset }: Location): string => JSON.stringify([carrier, locator, offset]);

function placeLine(
  { locator, offset }: Location,
  signals: readonly number[],
  translator: Translator,
  field: string | undefined,
): RunLine {
  const byte: TextRun[] =
    offset === undefined
      ? []
      : [`${punctuationFor(translator).comma}${translator.text('page.phrase.byte', { offset })}`];
  const back = [...new Set(signals)].flatMap((index): TextRun[] => [
    ' ',
    { jump: signalAnchor(index), text: `${translator.text('page.phrase.signal')} ${index + 1}` },
  ]);
  const on: TextRun[] =
    field === undefined ? [] : [' ', { jump: field, text: translator.text('page.evidence.field') }];
  return [{ file: locator, most: MAX_LOCATOR_CHARACTERS }, ...byte, ...back, ...on];
}
