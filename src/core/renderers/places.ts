import type { Speech } from '../../say/speech.js';
import type { Location } from '../media/carrier.js';
import type { Report } from '../report/report.js';
import type { SignalId } from '../report/signal.js';
import { type Group, group } from './groups.js';
import { marksOf } from './marks.js';
import type { Line, Run } from './runs.js';

/** Signals that the details show, each with an address on the page. */
export const MOST_SIGNALS = 100;
const MOST_PLACES = 200;
const PLACE_CHARACTERS = 1_024;

/** Addresses within a page: from a rule to the signals that decided it, from a signal to where it stands. Numbers alone. */
export class Jumps {
  readonly #places = new Map<string, { at: Location; signals: number[] }>();
  readonly #signals = new Map<SignalId, number>();
  readonly #toField: (at: Location) => string | undefined;

  /** `toField`: the address of the field at a place, where the page shows it. */
  constructor(
    { signals }: Pick<Report, 'signals'>,
    toField: (at: Location) => string | undefined = () => undefined,
  ) {
    this.#toField = toField;
    for (const [index, { id, basis }] of signals.slice(0, MOST_SIGNALS).entries()) {
      if (!this.#signals.has(id)) this.#signals.set(id, index);
      for (const at of basis) {
        const key = keyOf(at);
        const known = this.#places.get(key);
        if (known) known.signals.push(index);
        else if (this.#places.size < MOST_PLACES) this.#places.set(key, { at, signals: [index] });
      }
    }
  }

  /** Of the first signal of that id; undefined where the details hold none. */
  toSignal(id: SignalId): string | undefined {
    const index = this.#signals.get(id);
    return index === undefined ? undefined : signalAnchor(index);
  }

  toPlace(at: Location): string | undefined {
    const index = [...this.#places.keys()].indexOf(keyOf(at));
    return index < 0 ? undefined : placeAnchor(index);
  }

  /** Every place, carrier by carrier, with the signals that stand there. */
  places(speech: Speech): Group[] {
    const lines = [...this.#places.values()].map(({ at, signals }, index) => ({
      carrier: at.carrier,
      anchor: placeAnchor(index),
      line: placeLine(at, signals, speech, this.#toField(at)),
    }));
    const carriers = [...new Set(lines.map(({ carrier }) => carrier))];
    return carriers.flatMap((carrier): Group[] => {
      const those = lines.filter((one) => one.carrier === carrier);
      return group(
        `${speech.words('page.phrase.where')}${marksOf(speech).colon}${speech.words(`carrier.${carrier}`)}`,
        those.map(({ line }) => line),
      ).map((one) => ({ ...one, anchors: those.map(({ anchor }) => anchor) }));
    });
  }
}

export const signalAnchor = (index: number): string => `signal-${index + 1}`;
const placeAnchor = (index: number): string => `place-${index + 1}`;

const keyOf = ({ carrier, place, offset }: Location): string => JSON.stringify([carrier, place, offset]);

function placeLine(
  { place, offset }: Location,
  signals: readonly number[],
  speech: Speech,
  field: string | undefined,
): Line {
  const byte: Run[] =
    offset === undefined ? [] : [`${marksOf(speech).comma}${speech.words('page.phrase.byte', { offset })}`];
  const back = [...new Set(signals)].flatMap((index): Run[] => [
    ' ',
    { jump: signalAnchor(index), text: `${speech.words('page.phrase.signal')} ${index + 1}` },
  ]);
  const on: Run[] =
    field === undefined ? [] : [' ', { jump: field, text: speech.words('page.evidence.field') }];
  return [{ file: place, most: PLACE_CHARACTERS }, ...byte, ...back, ...on];
}
