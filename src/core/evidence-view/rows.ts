import { truncate } from '../../base/json-shape.js';
import { limits } from '../../base/limits.js';
import { maskOtherSubjects } from '../detectors/gb45438-provider-code.js';
import type { TextMask } from '../masking/personal-text.js';
import { type Location, TEXT_CARRIERS } from '../media/carrier.js';
import type { EvidenceField, EvidenceView } from '../report/evidence-view.js';
import type { Signal } from '../report/signal.js';
import { signalRowOf as signalRow } from '../signals/index.js';
import { MASKED } from '../signals/mask-words.js';
import { PERSONAL, type Personal } from '../signals/personal.js';
import { exactLocatorKey, locatorKey, type RawField } from './fields.js';
import { fieldNature } from './personal.js';

/** Decides what of a field may be shown. Its value and its bytes get the same answer. */
export class FieldDisclosure {
  readonly text: TextMask;
  readonly #reveal: readonly Personal[];
  /** Kinds of personal data by locator name. If one locator of a name holds them, all of that name are treated alike. */
  readonly #told = new Map<string, Set<Personal>>();
  /** Signals by exact locator. */
  readonly #signals = new Map<string, Signal[]>();

  constructor(signals: readonly Signal[], mask: TextMask, reveal: readonly Personal[] = []) {
    this.#reveal = reveal;
    this.text = reveal.includes('names') ? mask : (text) => mask(maskOtherSubjects(text, MASKED.names));
    for (const signal of signals) for (const at of signal.basis) this.#note(signal, at);
  }

  #note(signal: Signal, at: Location): void {
    const personal = (signal.facts ?? []).flatMap((fact) => fact.personal ?? []);
    const told = this.#told.get(locatorKey(at)) ?? [];
    if (personal.length > 0) this.#told.set(locatorKey(at), new Set([...told, ...personal]));
    const there = this.#signals.get(exactLocatorKey(at)) ?? [];
    this.#signals.set(exactLocatorKey(at), [...there, signal]);
  }

  /** Returns the kinds of personal data that cause the whole value to be withheld; `undefined` if it is shown masked. */
  withheldKinds(field: RawField): Personal[] | undefined {
    const at = { ...field, locator: field.locator };
    const there = this.#signals.get(exactLocatorKey(at)) ?? [];
    const told = this.#told.get(locatorKey(at)) ?? [];
    const kinds = new Set([...told, ...fieldKinds(field, there)]);
    const hidden = PERSONAL.filter((kind) => kinds.has(kind) && !this.#reveal.includes(kind));
    return hidden.length > 0 ? PERSONAL.filter((kind) => kinds.has(kind)) : undefined;
  }
}

function fieldKinds(field: RawField, there: readonly Signal[]): readonly Personal[] {
  const nature = fieldNature(field);
  if (nature.is === 'technical') return [];
  if (nature.is === 'personal') return nature.kinds;
  // Prompts and labels in captions are the subject of the Report and are shown. A signal that only shows that a camera
  // or platform wrote the field is not sufficient.
  const opens = ({ id }: Signal) =>
    nature.is === 'words' ? signalRow(id).discloses === 'free-text' : signalRow(id).discloses !== 'nothing';
  return there.some(opens) ? [] : nature.kinds;
}

/** Reserves room for the bytes of labels and for the structure around the fields. */
const MAX_BYTES = limits.evidenceBytes - 32 * 1024;

/** Formats fields as rows, masked and within bounds, carrier by carrier. Pure. */
export function buildCarrierRows(
  fields: readonly RawField[],
  disclosure: FieldDisclosure,
): EvidenceView['carriers'] {
  let rows = 0;
  let characters = 0;
  let bytes = 0;
  return TEXT_CARRIERS.flatMap((carrier) => {
    const all = fields.filter((field) => field.carrier === carrier);
    const shown: EvidenceField[] = [];
    for (const field of all) {
      if (rows >= limits.evidenceFields || characters >= limits.evidenceCharacters) break;
      const row = fieldRow(field, disclosure);
      bytes += Buffer.byteLength(JSON.stringify(row)) + 1;
      if (bytes > MAX_BYTES) break;
      shown.push(row);
      rows += 1;
      characters += row.name.length + row.locator.length + (row.value?.length ?? 0);
    }
    const more = all.length - shown.length;
    return all.length === 0 ? [] : [{ carrier, fields: shown, ...(more > 0 ? { more } : {}) }];
  });
}

function fieldRow(field: RawField, disclosure: FieldDisclosure): EvidenceField {
  const { name, locator: place, offset, bytes, text } = field;
  const max = limits.evidenceValueCharacters;
  const row = {
    name: truncate(disclosure.text(name.slice(0, limits.evidenceMaskedCharacters)), max),
    locator: truncate(disclosure.text(place.slice(0, limits.evidenceMaskedCharacters)), max),
    ...(offset === undefined ? {} : { offset }),
    ...(bytes === undefined ? {} : { bytes }),
  };
  if (text === undefined) return row;
  const withheld = disclosure.withheldKinds(field);
  if (withheld !== undefined) return { ...row, characters: text.length, withheld };
  const value = truncate(disclosure.text(text.slice(0, limits.evidenceMaskedCharacters)), max);
  return { ...row, value, ...(text.length > max ? { characters: text.length } : {}) };
}
