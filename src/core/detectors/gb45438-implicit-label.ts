import { defineDetector } from '../detector.js';
import {
  type ContainerTag,
  type ExifField,
  type Location,
  type PngText,
  readValue,
  type XmpPacket,
} from '../evidence.js';
import { cut } from '../json-shape.js';
import { limits } from '../limits.js';
import type { Signal, SignalId } from '../signal.js';
import { type ImplicitLabel, type LabelField, parseImplicitLabel } from './gb45438-label.js';

const TAG_CARRIERS = ['id3', 'vorbisComment', 'riffInfo', 'bmffMeta', 'matroskaTags', 'flvMeta'] as const;

/** GB 45438-2025 Annex E, wherever the AIGC key stands. Unsigned: anyone can write or remove it. */
export const gb45438ImplicitLabel = defineDetector({
  id: 'gb45438-implicit-label',
  needs: ['xmp', 'exif', 'pngText', ...TAG_CARRIERS],
  raises: [
    'gb45438.label.present',
    'gb45438.label.generated',
    'gb45438.label.possible',
    'gb45438.label.suspected',
    'gb45438.label.unrecognised',
    'gb45438.label.shell',
    'gb45438.element.label',
    'gb45438.element.contentProducer',
    'gb45438.element.produceId',
    'gb45438.element.contentPropagator',
    'gb45438.element.propagateId',
    'gb45438.form.wrapped',
    'gb45438.form.bare',
    'gb45438.value.notString',
    'gb45438.charset.outside',
    'gb45438.copies.several',
    'gb45438.copies.disagree',
  ],
  detect(evidence) {
    const found = [
      ...inXmp(readValue(evidence.xmp) ?? []),
      ...inExif(readValue(evidence.exif) ?? []),
      ...inPngText(readValue(evidence.pngText) ?? []),
      ...TAG_CARRIERS.flatMap((carrier) =>
        inTags(carrier, readValue<ContainerTag[]>(evidence[carrier]) ?? []),
      ),
    ];
    const copies: Copy[] = [];
    const signals: Signal[] = [];
    for (const { text, location } of found) {
      const label = parseImplicitLabel(text);
      if (label) copies.push({ label, location });
      else signals.push(signal('gb45438.label.shell', cut(text, limits.shownValueCharacters), location));
    }
    for (const copy of copies) signals.push(...ofCopy(copy));
    const [first, ...others] = copies;
    if (first && others.length > 0) {
      const basis = copies.map((c) => c.location);
      signals.push({
        id: 'gb45438.copies.several',
        backing: 'unsigned',
        value: String(copies.length),
        basis,
      });
      if (others.some((other) => differs(first.label, other.label))) {
        signals.push({ id: 'gb45438.copies.disagree', backing: 'unsigned', basis });
      }
    }
    return merged(signals);
  },
});

interface Copy {
  label: ImplicitLabel;
  location: Location;
}

const TC260 = 'http://www.tc260.org.cn/ns/AIGC/1.0/';

function inXmp(packets: XmpPacket[]): { text: string; location: Location }[] {
  return packets.flatMap((packet) =>
    packet.properties
      .filter((p) => p.namespace === TC260 && p.name === 'AIGC')
      .map((p) => ({
        text: p.value,
        location: {
          carrier: 'xmp' as const,
          place: `${packet.place}: ${p.path} (${p.form})`,
          ...(packet.offset === undefined ? {} : { offset: packet.offset }),
        },
      })),
  );
}

function inPngText(texts: PngText[]): { text: string; location: Location }[] {
  return texts
    .filter((t) => t.keyword === 'AIGC')
    .map((t) => ({
      text: t.text,
      location: { carrier: 'pngText' as const, place: `${t.chunk} ${t.keyword}`, offset: t.offset },
    }));
}

/** The wrapped form in UserComment; a comment without the key is not ours to read. */
function inExif(fields: ExifField[]): { text: string; location: Location }[] {
  return fields.flatMap(({ block, name, value }) =>
    name === 'UserComment' && typeof value === 'string' && /^\s*\{\s*"AIGC"/.test(value)
      ? [{ text: value, location: { carrier: 'exif' as const, place: `${block} ${name}` } }]
      : [],
  );
}

/** `TXXX:AIGC`, `AIGC`, `----:com.apple.iTunes:AIGC`, `track:AIGC`. */
const AIGC_KEY = /(^|:)AIGC$/;

function inTags(
  carrier: (typeof TAG_CARRIERS)[number],
  tags: ContainerTag[],
): { text: string; location: Location }[] {
  return tags
    .filter((t) => AIGC_KEY.test(t.key))
    .map((t) => ({ text: t.value, location: { carrier, place: `${t.system} ${t.key}` } }));
}

const READINGS: Readonly<Record<string, SignalId>> = {
  '1': 'gb45438.label.generated',
  '2': 'gb45438.label.possible',
  '3': 'gb45438.label.suspected',
};

/** GB 45438 6.1 a): the five elements; the reserved fields are none. */
const ELEMENTS = [
  ['Label', 'gb45438.element.label'],
  ['ContentProducer', 'gb45438.element.contentProducer'],
  ['ProduceID', 'gb45438.element.produceId'],
  ['ContentPropagator', 'gb45438.element.contentPropagator'],
  ['PropagateID', 'gb45438.element.propagateId'],
] as const satisfies readonly (readonly [LabelField, SignalId])[];

/** Annex E j): code points 0x21, 0x23–0x5B, 0x5D–0x7E, and the escaped quote. */
const CHARSET = /^[\x21-\x7e]*$/;

function ofCopy({ label, location }: Copy): Signal[] {
  const signals: Signal[] = [signal('gb45438.label.present', describe(label), location)];
  const value = label.fields.Label;
  if (value !== undefined)
    signals.push(signal(READINGS[value.trim()] ?? 'gb45438.label.unrecognised', value, location));
  for (const [field, id] of ELEMENTS) {
    const text = label.fields[field];
    if (text !== undefined && text !== '') signals.push(signal(id, text, location));
  }
  signals.push(signal(`gb45438.form.${label.form}`, undefined, location));
  if (label.notStrings.length > 0)
    signals.push(signal('gb45438.value.notString', label.notStrings.join(', '), location));
  const outside = Object.entries(label.fields).filter(
    ([, text]) => !CHARSET.test(text) || text.includes('\\'),
  );
  if (outside.length > 0)
    signals.push(signal('gb45438.charset.outside', outside.map(([field]) => field).join(', '), location));
  return signals;
}

function describe(label: ImplicitLabel): string {
  return cut(JSON.stringify(label.fields), limits.shownValueCharacters);
}

function differs(a: ImplicitLabel, b: ImplicitLabel): boolean {
  return JSON.stringify(a.fields) !== JSON.stringify(b.fields);
}

function signal(id: SignalId, value: string | undefined, location: Location): Signal {
  return {
    id,
    backing: 'unsigned',
    ...(value === undefined ? {} : { value: cut(value, limits.shownValueCharacters) }),
    basis: [location],
  };
}

/** The same fact from several copies is one signal with several places. */
function merged(signals: Signal[]): Signal[] {
  const byKey = new Map<string, Signal>();
  for (const one of signals) {
    const key = JSON.stringify([one.id, one.value]);
    const known = byKey.get(key);
    if (known) known.basis.push(...one.basis.filter((b) => !known.basis.includes(b)));
    else byKey.set(key, { ...one, basis: [...one.basis] });
  }
  return [...byKey.values()];
}
