import { bytesMessage } from '../../i18n/amounts.js';
import type { Translator } from '../../i18n/translator.js';
import type { Location } from '../media/carrier.js';
import type { EvidenceField, EvidenceView, LabelBytes } from '../report/evidence-view.js';
import { hexDump } from './hex-dump.js';
import { punctuationFor } from './marks.js';
import type { RunLine } from './runs.js';

/** A file's fields and the bytes of its labels, as data for every renderer. Nothing here is escaped. */
export interface RenderedEvidence {
  /** Total number of fields. */
  count: number;
  tables: EvidenceTable[];
  labels: LabelView[];
}

export interface EvidenceTable {
  title: string;
  rows: EvidenceRow[];
  more?: string;
}

export interface EvidenceRow {
  /** Fragment identifier within a page. */
  anchor: string;
  byte?: number;
  locator: string;
  value: RunLine;
}

export interface LabelView {
  /** Name, location and shown length of the label. */
  caption: RunLine;
  /** Lines of the hex dump. */
  lines: string[];
}

export interface EvidenceBounds {
  fields: number;
  valueCharacters: number;
  /** Total bound on the characters of locators and values. */
  characters: number;
}

/** Bounds for a page of about 150 kB, and for a terminal, which scrolls. */
export const ON_PAGE: EvidenceBounds = { fields: 160, valueCharacters: 160, characters: 12_000 };
export const IN_TERMINAL: EvidenceBounds = { fields: 1_024, valueCharacters: 512, characters: 200_000 };

export function renderEvidence(
  view: EvidenceView,
  translator: Translator,
  bounds: EvidenceBounds,
): RenderedEvidence {
  const shown = shownFields(view, bounds);
  return {
    count: view.carriers.reduce((sum, { fields, more = 0 }) => sum + fields.length + more, 0),
    tables: view.carriers.map(({ carrier, fields, more = 0 }) => {
      const rows = shown.filter((one) => one.carrier === carrier);
      const rest = fields.length - rows.length + more;
      return {
        title: translator.text(`carrier.${carrier}`),
        rows: rows.map(({ field, anchor }) => rowOf(field, anchor, translator, bounds)),
        ...(rest > 0 ? { more: translator.text('page.evidence.more', { count: rest }) } : {}),
      };
    }),
    labels: view.labels.map((label) => labelView(label, translator)),
  };
}

/** Returns a function that gives the fragment identifier of the field at a location, if the page shows it. */
export function fieldAnchors(
  view: EvidenceView | undefined,
  bounds: EvidenceBounds,
): (at: Location) => string | undefined {
  const anchors = new Map<string, string>();
  for (const { carrier, field, anchor } of view === undefined ? [] : shownFields(view, bounds)) {
    const key = JSON.stringify([carrier, field.locator, field.offset]);
    if (!anchors.has(key)) anchors.set(key, anchor);
  }
  // A detector may append the XML form in which a property occurs.
  return ({ carrier, locator, offset }) =>
    anchors.get(JSON.stringify([carrier, locator.replace(/ \((?:element|attribute)\)$/, ''), offset]));
}

interface ShownField {
  carrier: EvidenceView['carriers'][number]['carrier'];
  field: EvidenceField;
  anchor: string;
}

function shownFields({ carriers }: EvidenceView, bounds: EvidenceBounds): ShownField[] {
  const shown: ShownField[] = [];
  let characters = 0;
  for (const { carrier, fields } of carriers) {
    for (const field of fields) {
      if (shown.length >= bounds.fields || characters >= bounds.characters) return shown;
      characters += field.locator.length + Math.min(field.value?.length ?? 0, bounds.valueCharacters);
      shown.push({ carrier, field, anchor: `field-${shown.length + 1}` });
    }
  }
  return shown;
}

function rowOf(
  field: EvidenceField,
  anchor: string,
  translator: Translator,
  { valueCharacters }: EvidenceBounds,
): EvidenceRow {
  const { offset, locator } = field;
  return {
    anchor,
    ...(offset === undefined ? {} : { byte: offset }),
    locator,
    value: shownValue(field, translator, valueCharacters),
  };
}

function shownValue(
  { value, characters, withheld, bytes }: EvidenceField,
  translator: Translator,
  most: number,
): RunLine {
  const marks = punctuationFor(translator);
  const length = characters ?? value?.length ?? 0;
  if (withheld !== undefined) {
    const [kind, ...others] = withheld;
    const why =
      kind !== undefined && others.length === 0
        ? translator.text(`page.masked.${kind}`)
        : translator.text('page.evidence.withheld');
    return [`${why}${marks.gap}${translator.text('page.evidence.characters', { count: length })}`];
  }
  if (value === undefined)
    return [
      `${translator.text('page.evidence.notText')}${bytes === undefined ? '' : `${marks.comma}${translator.translate(bytesMessage(bytes))}`}`,
    ];
  if (length <= most) return [{ file: value }];
  // Masking makes a text longer, while the count refers to the file.
  return [
    { file: `${cutText(value, most)}…` },
    `${marks.gap}${translator.text('page.evidence.characters', { count: length })}`,
  ];
}

/** Cuts text without splitting a surrogate pair. */
const cutText = (text: string, most: number): string => text.slice(0, most).replace(/[\ud800-\udbff]$/, '');

function labelView(
  { label, carrier, locator, offset, bytes, hex, masked, why }: LabelBytes,
  translator: Translator,
): LabelView {
  const marks = punctuationFor(translator);
  const lines = hex === undefined || offset === undefined ? [] : hexDump(offset, hex);
  const shown = (hex?.length ?? 0) / 2;
  const facts = [
    ...(offset === undefined ? [] : [translator.text('page.phrase.byte', { offset })]),
    ...(bytes === undefined ? [] : [lengthOf(shown, bytes, translator)]),
    ...(masked === undefined ? [] : [translator.text('page.evidence.maskedBytes', { count: masked })]),
    ...(why === undefined ? [] : [translator.text(`page.evidence.why.${why}`)]),
  ];
  return {
    caption: [
      `${translator.text(`page.evidence.labels.${label}`)}${marks.colon}${translator.text(`carrier.${carrier}`)} `,
      { file: locator, most: 160 },
      `${marks.comma}${facts.join(marks.comma)}`,
    ],
    lines,
  };
}

function lengthOf(shown: number, count: number, translator: Translator): string {
  return shown < count
    ? translator.text('page.evidence.firstBytes', { shown, count })
    : translator.text('amount.bytes', { count });
}
