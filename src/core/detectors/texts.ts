import { type ContainerTag, type Evidence, seiLocator } from '../evidence/evidence.js';
import type { AssetFacts } from '../media/asset-facts.js';
import {
  type Carrier,
  foundValue,
  type Location,
  TAG_CARRIERS,
  TEXT_CARRIERS,
  type TextCarrier,
} from '../media/carrier.js';
import { xmpLocation } from './xmp-locator.js';

export { TAG_CARRIERS, TEXT_CARRIERS, type TextCarrier } from '../media/carrier.js';

/** Text in the file, with the name of its field; signature rows are matched against it. */
export interface FileText {
  carrier: Carrier | 'file';
  field: string;
  text: string;
  location: Location;
}

/** Returns the file's name as a text. */
export const toNameText = (name: string): FileText => ({
  carrier: 'file',
  field: 'name',
  text: name,
  location: { carrier: 'file', locator: 'file name' },
});

/** Returns every text of the carriers, in carrier order. Cached per file, because several detectors need them. */
export function collectTexts(evidence: Pick<Evidence, TextCarrier>, asset: AssetFacts): readonly FileText[] {
  const known = textCache.get(asset);
  if (known?.evidence === evidence) return known.texts;
  const texts =
    known && TEXT_CARRIERS.every((one) => known.evidence[one] === evidence[one])
      ? known.texts
      : readTexts(evidence);
  textCache.set(asset, { evidence, texts });
  return texts;
}

const textCache = new WeakMap<
  AssetFacts,
  { evidence: Pick<Evidence, TextCarrier>; texts: readonly FileText[] }
>();

/** Drops the cached texts. A WeakMap entry is freed only at a full garbage collection, and the texts may be large. */
export const clearTexts = (asset: AssetFacts): void => void textCache.delete(asset);

function readTexts(evidence: Pick<Evidence, TextCarrier>): FileText[] {
  const text = (location: Location, field: string, value: string): FileText => ({
    carrier: location.carrier,
    field,
    text: value,
    location,
  });
  const at = (carrier: Carrier, place: string, offset?: number): Location => ({
    carrier,
    locator: place,
    ...(offset === undefined ? {} : { offset }),
  });
  return [
    ...(foundValue(evidence.xmp) ?? []).flatMap((packet) =>
      packet.properties.map((p) => text(xmpLocation(packet, p.path), p.path, p.value)),
    ),
    ...(foundValue(evidence.exif) ?? []).flatMap((f) =>
      typeof f.value === 'string'
        ? [text(at('exif', `${f.block} ${f.name}`, f.offset), f.name, f.value)]
        : [],
    ),
    ...(foundValue(evidence.iptcIim) ?? []).map((f) =>
      text(at('iptcIim', `${f.dataset} ${f.name}`), f.dataset, f.value),
    ),
    ...(foundValue(evidence.pngText) ?? []).map((t) =>
      text(at('pngText', `${t.chunk} ${t.keyword}`, t.offset), t.keyword, t.text),
    ),
    ...(foundValue(evidence.comment) ?? []).map((c) =>
      text(at('comment', c.locator, c.offset), 'comment', c.text),
    ),
    ...(foundValue(evidence.privateChunk) ?? []).flatMap((c) =>
      c.text === undefined ? [] : [text(at('privateChunk', c.locator, c.offset), c.id, c.text)],
    ),
    ...(foundValue(evidence.seft) ?? []).flatMap((r) =>
      r.text === undefined ? [] : [text(at('seft', r.name, r.offset), r.name, r.text)],
    ),
    ...TAG_CARRIERS.flatMap((carrier) =>
      (foundValue<ContainerTag[]>(evidence[carrier]) ?? []).map((t) =>
        text(at(carrier, `${t.system} ${t.key}`, t.offset), t.key, t.value),
      ),
    ),
    ...(foundValue(evidence.sei) ?? []).map((m) => text(at('sei', seiLocator(m), m.offset), m.uuid, m.text)),
    ...(foundValue(evidence.stealthText) ?? []).map((s) =>
      text(at('stealthText', `${s.channel} channel, lowest bits`), 'stealth', s.text),
    ),
  ];
}
