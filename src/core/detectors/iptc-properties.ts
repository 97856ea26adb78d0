import { truncate } from '../../base/json-shape.js';
import { limits } from '../../base/limits.js';
import type { XmpPacket, XmpProperty } from '../evidence/evidence.js';
import { foundValue, type Location } from '../media/carrier.js';
import type { Signal } from '../report/signal.js';
import { defineDetector } from './detector.js';
import { IPTC_EXTENSION } from './source-type-term.js';
import { xmpLocation } from './xmp-locator.js';

const PLUS = 'http://ns.useplus.org/ldf/xmp/1.0/';

/**
 * Detects the IPTC Photo Metadata 2025.1 properties for the AI system and prompt "used to generate this image", and the
 * Data Mining property. The latter is about rights: forbidding training says nothing about how a photograph was made.
 */
export const iptcProperties = defineDetector({
  id: 'iptc-properties',
  needs: ['xmp'],
  raises: [
    'iptc.ai.systemUsed',
    'iptc.ai.systemVersionUsed',
    'iptc.ai.promptInformation',
    'iptc.ai.promptWriterName',
    'iptc.dataMining',
  ],
  detect({ xmp }) {
    const packets = foundValue(xmp) ?? [];
    return packets.flatMap((packet) =>
      packet.properties.flatMap((property) => {
        if (property.value.trim() === '') return [];
        return property.namespace === IPTC_EXTENSION
          ? aiSignals(property, xmpLocation(packet, property.path))
          : rightsSignals(property, packet);
      }),
    );
  },
});

const AI_SIGNALS = {
  AISystemUsed: 'iptc.ai.systemUsed',
  AISystemVersionUsed: 'iptc.ai.systemVersionUsed',
  AIPromptInformation: 'iptc.ai.promptInformation',
} as const;

/** Placeholders that forms require even if there is nothing to say; they name no AI system. */
const EMPTY_VALUE = /^(none|no|nil|null|n\/?a|unknown|not applicable|not used|-+)\.?$/i;

function aiSignals({ name, value }: XmpProperty, location: Location): Signal[] {
  const text = truncate(value, limits.shownValueCharacters);
  if (name === 'AIPromptWriterName') {
    const facts = [{ name: 'promptWriter', value: text, personal: 'names' as const }];
    return [{ id: 'iptc.ai.promptWriterName', backing: 'unsigned', facts, basis: [location] }];
  }
  if (!isAiProperty(name) || EMPTY_VALUE.test(text.trim())) return [];
  const facts =
    name === 'AIPromptInformation' ? { facts: [{ name: 'prompt', value: text }] } : { value: text };
  return [{ id: AI_SIGNALS[name], backing: 'unsigned', ...facts, basis: [location] }];
}

function isAiProperty(name: string): name is keyof typeof AI_SIGNALS {
  return Object.hasOwn(AI_SIGNALS, name);
}

/** PLUS LDF `DataMining`: one of its terms as a URI, shown as written; `OtherConstraints` may qualify it. */
function rightsSignals({ namespace, name, value, ...rest }: XmpProperty, packet: XmpPacket): Signal[] {
  if (namespace !== PLUS || name !== 'DataMining') return [];
  const further = packet.properties.find((p) => p.namespace === PLUS && p.name === 'OtherConstraints');
  return [
    {
      id: 'iptc.dataMining',
      backing: 'unsigned',
      value: truncate(value, limits.shownValueCharacters),
      ...(further
        ? {
            facts: [
              { name: 'otherConstraints', value: truncate(further.value, limits.shownValueCharacters) },
            ],
          }
        : {}),
      basis: [xmpLocation(packet, rest.path)],
    },
  ];
}
