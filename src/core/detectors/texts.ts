import { type ContainerTag, type Evidence, seiPlace } from '../evidence/evidence.js';
import type { AssetFacts } from '../media/asset-facts.js';
import {
  type Carrier,
  type Location,
  readValue,
  TAG_CARRIERS,
  TEXT_CARRIERS,
  type TextCarrier,
} from '../media/carrier.js';
import { xmpPlace } from './xmp-place.js';

export { TAG_CARRIERS, TEXT_CARRIERS, type TextCarrier } from '../media/carrier.js';

/** One piece of text in the file with the name of the field it stands in: what signature rows are held against. */
export interface Text {
  carrier: Carrier | 'file';
  field: string;
  text: string;
  location: Location;
}

/** The file's name as such a text. */
export const nameText = (name: string): Text => ({
  carrier: 'file',
  field: 'name',
  text: name,
  location: { carrier: 'file', place: 'file name' },
});

/** Every text of the carriers, in their order. Several detectors ask for them, one after the other: they are gathered once a file. */
export function textsOf(evidence: Pick<Evidence, TextCarrier>, asset: AssetFacts): readonly Text[] {
  const known = gathered.get(asset);
  if (known?.evidence === evidence) return known.texts;
  const texts =
    known && TEXT_CARRIERS.every((one) => known.evidence[one] === evidence[one])
      ? known.texts
      : allTexts(evidence);
  gathered.set(asset, { evidence, texts });
  return texts;
}

const gathered = new WeakMap<AssetFacts, { evidence: Pick<Evidence, TextCarrier>; texts: readonly Text[] }>();

/** What a table by its key holds is let go of only with a whole collection: all that a file says, if nobody took it out. */
export const forgetTexts = (asset: AssetFacts): void => void gathered.delete(asset);

function allTexts(evidence: Pick<Evidence, TextCarrier>): Text[] {
  const text = (location: Location, field: string, value: string): Text => ({
    carrier: location.carrier,
    field,
    text: value,
    location,
  });
  const at = (carrier: Carrier, place: string, offset?: number): Location => ({
    carrier,
    place,
    ...(offset === undefined ? {} : { offset }),
  });
  return [
    ...(readValue(evidence.xmp) ?? []).flatMap((packet) =>
      packet.properties.map((p) => text(xmpPlace(packet, p.path), p.path, p.value)),
    ),
    ...(readValue(evidence.exif) ?? []).flatMap((f) =>
      typeof f.value === 'string'
        ? [text(at('exif', `${f.block} ${f.name}`, f.offset), f.name, f.value)]
        : [],
    ),
    ...(readValue(evidence.iptcIim) ?? []).map((f) =>
      text(at('iptcIim', `${f.dataset} ${f.name}`), f.dataset, f.value),
    ),
    ...(readValue(evidence.pngText) ?? []).map((t) =>
      text(at('pngText', `${t.chunk} ${t.keyword}`, t.offset), t.keyword, t.text),
    ),
    ...(readValue(evidence.comment) ?? []).map((c) =>
      text(at('comment', c.place, c.offset), 'comment', c.text),
    ),
    ...(readValue(evidence.privateChunk) ?? []).flatMap((c) =>
      c.text === undefined ? [] : [text(at('privateChunk', c.place, c.offset), c.id, c.text)],
    ),
    ...(readValue(evidence.seft) ?? []).flatMap((r) =>
      r.text === undefined ? [] : [text(at('seft', r.name, r.offset), r.name, r.text)],
    ),
    ...TAG_CARRIERS.flatMap((carrier) =>
      (readValue<ContainerTag[]>(evidence[carrier]) ?? []).map((t) =>
        text(at(carrier, `${t.system} ${t.key}`, t.offset), t.key, t.value),
      ),
    ),
    ...(readValue(evidence.sei) ?? []).map((m) => text(at('sei', seiPlace(m), m.offset), m.uuid, m.text)),
    ...(readValue(evidence.stealthText) ?? []).map((s) =>
      text(at('stealthText', `${s.channel} channel, lowest bits`), 'stealth', s.text),
    ),
  ];
}
