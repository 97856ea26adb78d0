import type { StoreEvidence } from '../c2pa/manifest-store.js';
import type { XmpPacket } from '../evidence/evidence.js';
import { foundValue } from '../media/carrier.js';
import { DIGITAL_SOURCE_TYPES } from '../signals/source-types.js';
import { manifestBacking } from './c2pa-backing.js';
import { defineDetector } from './detector.js';
import { SignalCollector } from './gathered-signals.js';
import { IPTC_EXTENSION, parseDigitalSourceType } from './source-type-term.js';
import { xmpLocation } from './xmp-locator.js';

const TERMS = [...DIGITAL_SOURCE_TYPES, 'unrecognised'] as const;
/** IPTC’s name, its withdrawn first spelling, and one observed in files from Google Photos. */
const NAMES: ReadonlySet<string> = new Set([
  'DigitalSourceType',
  'DigitalSourcefileType',
  'DigitalSourceFileType',
]);

/** Detects the digital source type in C2PA actions and IPTC XMP, which share one vocabulary. */
export const digitalSourceType = defineDetector({
  id: 'digital-source-type',
  needs: ['c2pa', 'xmp'],
  raises: [
    ...TERMS.map((term) => `c2pa.digitalSourceType.${term}` as const),
    ...TERMS.map((term) => `iptc.digitalSourceType.${term}` as const),
  ],
  detect({ c2pa, xmp }) {
    const store = foundValue(c2pa);
    const signals = new SignalCollector();
    if (store?.kind === 'store') fromActions(store, signals);
    fromXmp(foundValue(xmp) ?? [], signals);
    return signals.list();
  },
});

function fromActions(store: StoreEvidence, into: SignalCollector): void {
  for (const manifest of store.manifests) {
    for (const action of manifest.actions) {
      if (action.digitalSourceType === undefined) continue;
      const term = parseDigitalSourceType(action.digitalSourceType);
      into.add(
        `c2pa.digitalSourceType.${term}`,
        manifestBacking(store, manifest.label),
        action.digitalSourceType,
        {
          carrier: 'c2pa',
          locator: action.locator,
        },
      );
    }
  }
}

function fromXmp(packets: XmpPacket[], into: SignalCollector): void {
  for (const packet of packets) {
    for (const property of packet.properties) {
      if (property.namespace !== IPTC_EXTENSION || !NAMES.has(property.name)) continue;
      const term = parseDigitalSourceType(property.value);
      into.add(
        `iptc.digitalSourceType.${term}`,
        'unsigned',
        property.value.slice(0, 256),
        xmpLocation(packet, property.path),
      );
    }
  }
}
