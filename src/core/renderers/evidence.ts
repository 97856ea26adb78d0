import { bytesSaid } from '../../say/amounts.js';
import type { Speech } from '../../say/speech.js';
import type { Location } from '../media/carrier.js';
import type { EvidenceField, EvidenceSheet, LabelBytes } from '../report/evidence-sheet.js';
import { hexDump } from './hex-dump.js';
import { marksOf } from './marks.js';
import type { Line } from './runs.js';

/** A file's fields and the bytes of its labels as every renderer shows them. Nothing here is escaped. */
export interface EvidenceView {
  /** How many fields there are in all. */
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
  /** Address within a page. */
  anchor: string;
  byte?: number;
  place: string;
  value: Line;
}

export interface LabelView {
  /** Which label, where it stands, how much of it is here. */
  caption: Line;
  /** Its bytes. */
  lines: string[];
}

export interface EvidenceBounds {
  fields: number;
  valueCharacters: number;
  /** Places and values of all together. */
  characters: number;
}

/** A page of 150 kB has room for so much; a terminal scrolls. */
export const ON_PAGE: EvidenceBounds = { fields: 160, valueCharacters: 160, characters: 12_000 };
export const IN_TERMINAL: EvidenceBounds = { fields: 1_024, valueCharacters: 512, characters: 200_000 };

export function evidenceView(sheet: EvidenceSheet, speech: Speech, bounds: EvidenceBounds): EvidenceView {
  const shown = shownFields(sheet, bounds);
  return {
    count: sheet.carriers.reduce((sum, { fields, more = 0 }) => sum + fields.length + more, 0),
    tables: sheet.carriers.map(({ carrier, fields, more = 0 }) => {
      const rows = shown.filter((one) => one.carrier === carrier);
      const rest = fields.length - rows.length + more;
      return {
        title: speech.words(`carrier.${carrier}`),
        rows: rows.map(({ field, anchor }) => rowOf(field, anchor, speech, bounds)),
        ...(rest > 0 ? { more: speech.words('page.evidence.more', { count: rest }) } : {}),
      };
    }),
    labels: sheet.labels.map((label) => labelView(label, speech)),
  };
}

/** The address of the field at a place, where the page shows it. */
export function fieldAnchors(
  sheet: EvidenceSheet | undefined,
  bounds: EvidenceBounds,
): (at: Location) => string | undefined {
  const anchors = new Map<string, string>();
  for (const { carrier, field, anchor } of sheet === undefined ? [] : shownFields(sheet, bounds)) {
    const key = JSON.stringify([carrier, field.place, field.offset]);
    if (!anchors.has(key)) anchors.set(key, anchor);
  }
  // A detector may add in which form of XML a property stands.
  return ({ carrier, place, offset }) =>
    anchors.get(JSON.stringify([carrier, place.replace(/ \((?:element|attribute)\)$/, ''), offset]));
}

interface Shown {
  carrier: EvidenceSheet['carriers'][number]['carrier'];
  field: EvidenceField;
  anchor: string;
}

function shownFields({ carriers }: EvidenceSheet, bounds: EvidenceBounds): Shown[] {
  const shown: Shown[] = [];
  let characters = 0;
  for (const { carrier, fields } of carriers) {
    for (const field of fields) {
      if (shown.length >= bounds.fields || characters >= bounds.characters) return shown;
      characters += field.place.length + Math.min(field.value?.length ?? 0, bounds.valueCharacters);
      shown.push({ carrier, field, anchor: `field-${shown.length + 1}` });
    }
  }
  return shown;
}

function rowOf(
  field: EvidenceField,
  anchor: string,
  speech: Speech,
  { valueCharacters }: EvidenceBounds,
): EvidenceRow {
  const { offset, place } = field;
  return {
    anchor,
    ...(offset === undefined ? {} : { byte: offset }),
    place,
    value: shownValue(field, speech, valueCharacters),
  };
}

function shownValue(
  { value, characters, withheld, bytes }: EvidenceField,
  speech: Speech,
  most: number,
): Line {
  const marks = marksOf(speech);
  const length = characters ?? value?.length ?? 0;
  if (withheld !== undefined) {
    const [kind, ...others] = withheld;
    const why =
      kind !== undefined && others.length === 0
        ? speech.words(`page.masked.${kind}`)
        : speech.words('page.evidence.withheld');
    return [`${why}${marks.gap}${speech.words('page.evidence.characters', { count: length })}`];
  }
  if (value === undefined)
    return [
      `${speech.words('page.evidence.notText')}${bytes === undefined ? '' : `${marks.comma}${speech.say(bytesSaid(bytes))}`}`,
    ];
  if (length <= most) return [{ file: value }];
  // Of what was masked in it the text is the longer one, and the number speaks of the file.
  return [
    { file: `${cutAt(value, most)}…` },
    `${marks.gap}${speech.words('page.evidence.characters', { count: length })}`,
  ];
}

/** Never inside a pair. */
const cutAt = (text: string, most: number): string => text.slice(0, most).replace(/[\ud800-\udbff]$/, '');

function labelView(
  { label, carrier, place, offset, bytes, hex, masked, why }: LabelBytes,
  speech: Speech,
): LabelView {
  const marks = marksOf(speech);
  const lines = hex === undefined || offset === undefined ? [] : hexDump(offset, hex);
  const shown = (hex?.length ?? 0) / 2;
  const facts = [
    ...(offset === undefined ? [] : [speech.words('page.phrase.byte', { offset })]),
    ...(bytes === undefined ? [] : [lengthOf(shown, bytes, speech)]),
    ...(masked === undefined ? [] : [speech.words('page.evidence.maskedBytes', { count: masked })]),
    ...(why === undefined ? [] : [speech.words(`page.evidence.why.${why}`)]),
  ];
  return {
    caption: [
      `${speech.words(`page.evidence.labels.${label}`)}${marks.colon}${speech.words(`carrier.${carrier}`)} `,
      { file: place, most: 160 },
      `${marks.comma}${facts.join(marks.comma)}`,
    ],
    lines,
  };
}

function lengthOf(shown: number, count: number, speech: Speech): string {
  return shown < count
    ? speech.words('page.evidence.firstBytes', { shown, count })
    : speech.words('amount.bytes', { count });
}
