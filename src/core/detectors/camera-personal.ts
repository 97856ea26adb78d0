import type { Evidence } from '../evidence/evidence.js';
import { foundValue, type Location } from '../media/carrier.js';
import type { Signal, SignalFact } from '../report/signal.js';
import type { Personal } from '../signals/personal.js';
import { defineDetector } from './detector.js';
import { isEmptyValue } from './exif-field.js';
import { collectTexts, type FileText, TEXT_CARRIERS } from './texts.js';

/** Fields that identify a person or a single device. Their values appear only in facts, so that they are masked. */
interface PersonalField {
  carrier: FileText['carrier'];
  field: RegExp;
  fact: string;
}

type PersonalFields = ReadonlyMap<FileText['carrier'], readonly PersonalField[]>;

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
  // Attributes of DPX, and those that cameras write into OpenEXR.
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
    const texts = collectTexts(evidence, asset);
    return [
      ...gatherFacts('camera.serials', 'serial', SERIALS, [...texts, ...readNumericFields(evidence)]),
      ...gatherFacts('camera.names', 'names', NAMES, texts),
    ];
  },
});

const MAX_FACTS = 8;
const MAX_CHARACTERS = 120;

function gatherFacts(
  id: 'camera.serials' | 'camera.names',
  personal: Personal,
  fields: PersonalFields,
  texts: readonly FileText[],
): Signal[] {
  const facts = new Map<string, SignalFact>();
  const basis: Location[] = [];
  for (const { carrier, field, text, location } of texts) {
    const known = fields.get(carrier)?.find((f) => f.field.test(field));
    if (!known || basis.length >= MAX_FACTS) continue;
    const value = text.trim().slice(0, MAX_CHARACTERS);
    if (isEmptyValue(value)) continue;
    facts.set(`${known.fact} ${value}`, { name: known.fact, value, personal });
    basis.push(location);
  }
  return basis.length === 0 ? [] : [{ id, backing: 'inferred', facts: [...facts.values()], basis }];
}

/** Returns numeric serial numbers as texts, because some cameras write them as numbers. */
function readNumericFields({ exif }: Pick<Evidence, 'exif'>): FileText[] {
  return (foundValue(exif) ?? []).flatMap((f) =>
    typeof f.value === 'number'
      ? [
          {
            carrier: 'exif' as const,
            field: f.name,
            text: String(f.value),
            location: { carrier: 'exif' as const, locator: `${f.block} ${f.name}` },
          },
        ]
      : [],
  );
}
