import type { Evidence } from '../evidence/evidence.js';
import { type Location, readValue } from '../media/carrier.js';
import type { Signal, SignalFact } from '../report/signal.js';
import type { Personal } from '../signals/personal.js';
import { defineDetector } from './detector.js';
import { saysNothing } from './exif-field.js';
import { TEXT_CARRIERS, type Text, textsOf } from './texts.js';

/** Fields that tell a person or a single device. Their values stand in facts alone, so that they are masked. */
interface PersonalField {
  carrier: Text['carrier'];
  field: RegExp;
  fact: string;
}

type PersonalFields = ReadonlyMap<Text['carrier'], readonly PersonalField[]>;

const byCarrier = (fields: readonly PersonalField[]): PersonalFields =>
  new Map(fields.map(({ carrier }) => [carrier, fields.filter((one) => one.carrier === carrier)]));

const SERIALS: PersonalFields = byCarrier([
  {
    carrier: 'exif',
    field: /^(SerialNumber|BodySerialNumber|CameraSerialNumber)$/,
    fact: 'camera serial number',
  },
  { carrier: 'exif', field: /^LensSerialNumber$/, fact: 'lens serial number' },
  { carrier: 'xmp', field: /^(aux|exifEX):(SerialNumber|BodySerialNumber)$/, fact: 'camera serial number' },
  { carrier: 'xmp', field: /^(aux|exifEX):LensSerialNumber$/, fact: 'lens serial number' },
  // EBU R 99: the recorder's serial number is part of the reference.
  { carrier: 'broadcastWave', field: /(^|[/:. _])originator_?reference$/i, fact: 'recorder reference' },
  // DPX, and the attributes that cameras write into OpenEXR.
  {
    carrier: 'imageHeader',
    field: /^(InputDeviceSerialNumber|cameraSerialNumber)$/,
    fact: 'camera serial number',
  },
  { carrier: 'imageHeader', field: /^lensSerialNumber$/, fact: 'lens serial number' },
]);

const NAMES: PersonalFields = byCarrier([
  { carrier: 'exif', field: /^(OwnerName|CameraOwnerName)$/, fact: 'owner' },
  { carrier: 'exif', field: /^(Artist|XPAuthor|Photographer|ImageEditor)$/, fact: 'artist' },
  { carrier: 'xmp', field: /^(aux:OwnerName|exifEX:(CameraOwnerName|OwnerName))$/, fact: 'owner' },
  { carrier: 'xmp', field: /^(dc:creator(\[\d+\])?|tiff:Artist|photoshop:CaptionWriter)$/, fact: 'creator' },
  { carrier: 'iptcIim', field: /^2:(80|122)$/, fact: 'byline' },
  { carrier: 'pngText', field: /^Author$/, fact: 'author' },
  {
    carrier: 'documentProperties',
    field:
      /^(Author|LastAuthor|For|dc:creator|dc:contributor|cp:lastModifiedBy|meta:initial-creator|meta:printed-by|Manager)$/,
    fact: 'author',
  },
  { carrier: 'bmffMeta', field: /^(com\.apple\.quicktime\.author|ownr|apID)$/, fact: 'owner' },
  { carrier: 'imageHeader', field: /^(owner|artist|author)$/, fact: 'creator' },
]);

export const cameraPersonal = defineDetector({
  id: 'camera-personal',
  needs: TEXT_CARRIERS,
  raises: ['camera.serials', 'camera.names'],
  detect(evidence, asset): Signal[] {
    const texts = textsOf(evidence, asset);
    return [
      ...gathered('camera.serials', 'serial', SERIALS, [...texts, ...numbered(evidence)]),
      ...gathered('camera.names', 'names', NAMES, texts),
    ];
  },
});

const MOST_FACTS = 8;
const MOST_CHARACTERS = 120;

function gathered(
  id: 'camera.serials' | 'camera.names',
  personal: Personal,
  fields: PersonalFields,
  texts: readonly Text[],
): Signal[] {
  const facts = new Map<string, SignalFact>();
  const basis: Location[] = [];
  for (const { carrier, field, text, location } of texts) {
    const known = fields.get(carrier)?.find((f) => f.field.test(field));
    if (!known || basis.length >= MOST_FACTS) continue;
    const value = text.trim().slice(0, MOST_CHARACTERS);
    if (saysNothing(value)) continue;
    facts.set(`${known.fact} ${value}`, { name: known.fact, value, personal });
    basis.push(location);
  }
  return basis.length === 0 ? [] : [{ id, backing: 'inferred', facts: [...facts.values()], basis }];
}

/** Some cameras write their serial number as a number. */
function numbered({ exif }: Pick<Evidence, 'exif'>): Text[] {
  return (readValue(exif) ?? []).flatMap((f) =>
    typeof f.value === 'number'
      ? [
          {
            carrier: 'exif' as const,
            field: f.name,
            text: String(f.value),
            location: { carrier: 'exif' as const, place: `${f.block} ${f.name}` },
          },
        ]
      : [],
  );
}
