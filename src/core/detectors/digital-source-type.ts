import type { StoreEvidence } from '../c2pa/manifest-store.js';
import type { XmpPacket } from '../evidence/evidence.js';
import { readValue } from '../media/carrier.js';
import { DIGITAL_SOURCE_TYPES } from '../signals/source-types.js';
import { backingOf } from './c2pa-backing.js';
import { defineDetector } from './detector.js';
import { GatheredSignals } from './gathered-signals.js';
import { digitalSourceTypeOf, IPTC_EXTENSION } from './source-type-term.js';
import { xmpPlace } from './xmp-place.js';

const TERMS = [...DIGITAL_SOURCE_TYPES, 'unrecognised'] as const;
/** IPTC’s name; its first, withdrawn spelling; and one that Google Photos was seen to write. */
const NAMES: ReadonlySet<string> = new Set([
  'DigitalSourceType',
  'DigitalSourcefileType',
  'DigitalSourceFileType',
]);

/** C2PA actions and IPTC XMP: one vocabulary, wherever it is carried. */
export const digitalSourceType = defineDetector({
  id: 'digital-source-type',
  needs: ['c2pa', 'xmp'],
  raises: [
    ...TERMS.map((term) => `c2pa.digitalSourceType.${term}` as const),
    ...TERMS.map((term) => `iptc.digitalSourceType.${term}` as const),
  ],
  detect({ c2pa, xmp }) {
    const store = readValue(c2pa);
    const signals = new GatheredSignals();
    if (store?.kind === 'store') fromActions(store, signals);
    fromXmp(readValue(xmp) ?? [], signals);
    return signals.list();
  },
});

function fromActions(store: StoreEvidence, into: GatheredSignals): void {
  for (const manifest of store.manifests) {
    for (const action of manifest.actions) {
      if (action.digitalSourceType === undefined) continue;
      const term = digitalSourceTypeOf(action.digitalSourceType);
      into.add(`c2pa.digitalSourceType.${term}`, backingOf(store, manifest.label), action.digitalSourceType, {
        carrier: 'c2pa',
        place: action.place,
      });
    }
  }
}

function fromXmp(packets: XmpPacket[], into: GatheredSignals): void {
  for (const packet of packets) {
    for (const property of packet.properties) {
      if (property.namespace !== IPTC_EXTENSION || !NAMES.has(property.name)) continue;
      const term = digitalSourceTypeOf(property.value);
      into.add(
        `iptc.digitalSourceType.${term}`,
        'unsigned',
        property.value.slice(0, 256),
        xmpPlace(packet, property.path),
      );
    }
  }
}
