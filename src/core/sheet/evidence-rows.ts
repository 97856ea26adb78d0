import { maskOtherSubjects } from '../detectors/gb45438-provider-code.js';
import { cut } from '../ground/json-shape.js';
import { limits } from '../ground/limits.js';
import type { TextMask } from '../mask/personal-text.js';
import { type Location, TEXT_CARRIERS } from '../media/carrier.js';
import type { EvidenceField, EvidenceSheet } from '../report/evidence-sheet.js';
import type { Signal } from '../report/signal.js';
import { rowOf as signalRow } from '../signals/index.js';
import { MASKED } from '../signals/mask-words.js';
import { PERSONAL, type Personal } from '../signals/personal.js';
import { exactPlace, placeKey, type RawField } from './evidence-fields.js';
import { natureOf } from './evidence-personal.js';

/** What of a field may be shown: the same answer for its value and for its bytes. */
export class Disclosure {
  readonly text: TextMask;
  readonly #reveal: readonly Personal[];
  /** Kinds of personal data in places of a name; where one such place holds them, all are taken to. */
  readonly #told = new Map<string, Set<Personal>>();
  /** Signals in one very place. */
  readonly #signals = new Map<string, Signal[]>();

  constructor(signals: readonly Signal[], mask: TextMask, reveal: readonly Personal[] = []) {
    this.#reveal = reveal;
    this.text = reveal.includes('names') ? mask : (text) => mask(maskOtherSubjects(text, MASKED.names));
    for (const signal of signals) for (const at of signal.basis) this.#note(signal, at);
  }

  #note(signal: Signal, at: Location): void {
    const personal = (signal.facts ?? []).flatMap((fact) => fact.personal ?? []);
    const told = this.#told.get(placeKey(at)) ?? [];
    if (personal.length > 0) this.#told.set(placeKey(at), new Set([...told, ...personal]));
    const there = this.#signals.get(exactPlace(at)) ?? [];
    this.#signals.set(exactPlace(at), [...there, signal]);
  }

  /** Kinds of personal data for which the whole value is held back; undefined where it is shown, masked. */
  withheld(field: RawField): Personal[] | undefined {
    const there = this.#signals.get(exactPlace(field)) ?? [];
    const told = this.#told.get(placeKey(field)) ?? [];
    const kinds = new Set([...told, ...kindsOf(field, there)]);
    const hidden = PERSONAL.filter((kind) => kinds.has(kind) && !this.#reveal.includes(kind));
    return hidden.length > 0 ? PERSONAL.filter((kind) => kinds.has(kind)) : undefined;
  }
}

function kindsOf(field: RawField, there: readonly Signal[]): readonly Personal[] {
  const nature = natureOf(field);
  if (nature.is === 'technical') return [];
  if (nature.is === 'personal') return nature.kinds;
  // A prompt or a label in a caption is what the Report is about; that a camera or platform wrote there is not enough.
  const opens = ({ id }: Signal) =>
    nature.is === 'words' ? signalRow(id).opens === 'free-text' : signalRow(id).opens !== 'nothing';
  return there.some(opens) ? [] : nature.kinds;
}

/** Room is left for the bytes of labels, and for what stands around the fields. */
const MOST_BYTES = limits.evidenceBytes - 32 * 1024;

/** Fields → rows, masked and within bounds, carrier by carrier. Pure. */
export function evidenceCarriers(
  fields: readonly RawField[],
  disclosure: Disclosure,
): EvidenceSheet['carriers'] {
  let rows = 0;
  let characters = 0;
  let bytes = 0;
  return TEXT_CARRIERS.flatMap((carrier) => {
    const all = fields.filter((field) => field.carrier === carrier);
    const shown: EvidenceField[] = [];
    for (const field of all) {
      if (rows >= limits.evidenceFields || characters >= limits.evidenceCharacters) break;
      const row = rowOf(field, disclosure);
      bytes += Buffer.byteLength(JSON.stringify(row)) + 1;
      if (bytes > MOST_BYTES) break;
      shown.push(row);
      rows += 1;
      characters += row.name.length + row.place.length + (row.value?.length ?? 0);
    }
    const more = all.length - shown.length;
    return all.length === 0 ? [] : [{ carrier, fields: shown, ...(more > 0 ? { more } : {}) }];
  });
}

function rowOf(field: RawField, disclosure: Disclosure): EvidenceField {
  const { name, place, offset, bytes, text } = field;
  const most = limits.evidenceValueCharacters;
  const row = {
    name: cut(disclosure.text(name.slice(0, limits.evidenceMaskedCharacters)), most),
    place: cut(disclosure.text(place.slice(0, limits.evidenceMaskedCharacters)), most),
    ...(offset === undefined ? {} : { offset }),
    ...(bytes === undefined ? {} : { bytes }),
  };
  if (text === undefined) return row;
  const withheld = disclosure.withheld(field);
  if (withheld !== undefined) return { ...row, characters: text.length, withheld };
  const value = cut(disclosure.text(text.slice(0, limits.evidenceMaskedCharacters)), most);
  return { ...row, value, ...(text.length > most ? { characters: text.length } : {}) };
}
