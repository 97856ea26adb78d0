import type { XmpPacket, XmpProperty } from '../evidence/evidence.js';
import { cut } from '../ground/json-shape.js';
import { limits } from '../ground/limits.js';
import { type Location, readValue } from '../media/carrier.js';
import type { Signal } from '../report/signal.js';
import { defineDetector } from './detector.js';
import { IPTC_EXTENSION } from './source-type-term.js';
import { xmpPlace } from './xmp-place.js';

const PLUS = 'http://ns.useplus.org/ldf/xmp/1.0/';

/**
 * IPTC Photo Metadata 2025.1: which AI system, and with what prompt, "used to generate this image". And its Data
 * Mining property, which is about rights: whoever forbids training with his photograph says nothing of how it was made.
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
    const packets = readValue(xmp) ?? [];
    return packets.flatMap((packet) =>
      packet.properties.flatMap((property) => {
        if (property.value.trim() === '') return [];
        return property.namespace === IPTC_EXTENSION
          ? ofAi(property, xmpPlace(packet, property.path))
          : ofRights(property, packet);
      }),
    );
  },
});

const AI_SIGNALS = {
  AISystemUsed: 'iptc.ai.systemUsed',
  AISystemVersionUsed: 'iptc.ai.systemVersionUsed',
  AIPromptInformation: 'iptc.ai.promptInformation',
} as const;

/** Forms that ask for the field are filled in also where there is nothing to say; such words name no AI system. */
const NOTHING = /^(none|no|nil|null|n\/?a|unknown|not applicable|not used|-+)\.?$/i;

function ofAi({ name, value }: XmpProperty, location: Location): Signal[] {
  const text = cut(value, limits.shownValueCharacters);
  if (name === 'AIPromptWriterName') {
    const facts = [{ name: 'promptWriter', value: text, personal: 'names' as const }];
    return [{ id: 'iptc.ai.promptWriterName', backing: 'unsigned', facts, basis: [location] }];
  }
  if (!isAiProperty(name) || NOTHING.test(text.trim())) return [];
  const facts =
    name === 'AIPromptInformation' ? { facts: [{ name: 'prompt', value: text }] } : { value: text };
  return [{ id: AI_SIGNALS[name], backing: 'unsigned', ...facts, basis: [location] }];
}

function isAiProperty(name: string): name is keyof typeof AI_SIGNALS {
  return Object.hasOwn(AI_SIGNALS, name);
}

/** PLUS LDF `DataMining`: one of its terms as a URI, shown as written; `OtherConstraints` may qualify it. */
function ofRights({ namespace, name, value, ...rest }: XmpProperty, packet: XmpPacket): Signal[] {
  if (namespace !== PLUS || name !== 'DataMining') return [];
  const further = packet.properties.find((p) => p.namespace === PLUS && p.name === 'OtherConstraints');
  return [
    {
      id: 'iptc.dataMining',
      backing: 'unsigned',
      value: cut(value, limits.shownValueCharacters),
      ...(further
        ? { facts: [{ name: 'otherConstraints', value: cut(further.value, limits.shownValueCharacters) }] }
        : {}),
      basis: [xmpPlace(packet, rest.path)],
    },
  ];
}
