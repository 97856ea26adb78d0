import { type Message, message } from '../../i18n/message.js';
import type { XmpPacket, XmpProperty } from '../evidence/evidence.js';
import { foundValue } from '../media/carrier.js';
import type { Signal, SignalFact } from '../report/signal.js';
import { defineDetector } from './detector.js';
import { xmpLocation } from './xmp-locator.js';

/** Detects a document's past in XMP media management fields: steps, pasted documents and source documents. */
export const editorHistory = defineDetector({
  id: 'editor-history',
  needs: ['xmp'],
  raises: ['editor.history', 'editor.documentAncestors', 'editor.derivedFrom'],
  detect: ({ xmp }) =>
    (foundValue(xmp) ?? []).flatMap((packet) => [
      ...historySignal(packet),
      ...ancestors(packet),
      ...derivedFrom(packet),
    ]),
});

const MAX_AGENTS = 8;

function historySignal(packet: XmpPacket): Signal[] {
  const steps = new Set<string>();
  const agents = new Set<string>();
  const actions = new Set<string>();
  const times: string[] = [];
  for (const { path, value } of packet.properties) {
    const [, step, field] = /^xmpMM:History\[(\d+)\]\/stEvt:(\w+)$/.exec(path) ?? [];
    if (step === undefined) continue;
    steps.add(step);
    if (field === 'softwareAgent') agents.add(value);
    if (field === 'action') actions.add(value);
    if (field === 'when' && /^\d{4}-\d\d/.test(value)) times.push(value);
  }
  if (steps.size === 0) return [];
  const facts: SignalFact[] = [
    { name: 'steps', value: String(steps.size) },
    ...[...agents].slice(0, MAX_AGENTS).map((value) => ({ name: 'software', value: short(value) })),
    ...[...actions].slice(0, MAX_AGENTS).map((value) => ({ name: 'action', value: short(value) })),
    // The list order is the order in which the steps were made.
    ...[times[0]].flatMap((value) => (value === undefined ? [] : [{ name: 'first', value: short(value) }])),
    ...[times.at(-1)].flatMap((value) =>
      value === undefined ? [] : [{ name: 'last', value: short(value) }],
    ),
  ];
  return [
    signal('editor.history', packet, 'xmpMM:History', message('fact.steps', { count: steps.size }), facts),
  ];
}

function ancestors(packet: XmpPacket): Signal[] {
  const listed = packet.properties.filter((p) => /^photoshop:DocumentAncestors\[\d+\]$/.test(p.path));
  if (listed.length === 0) return [];
  return [
    signal(
      'editor.documentAncestors',
      packet,
      'photoshop:DocumentAncestors',
      message('fact.documents', { count: listed.length }),
    ),
  ];
}

function derivedFrom(packet: XmpPacket): Signal[] {
  const fields = packet.properties.filter((p) => p.path.startsWith('xmpMM:DerivedFrom/'));
  const facts = ['documentID', 'originalDocumentID', 'instanceID'].flatMap((name) => fact(fields, name));
  if (facts.length === 0) return [];
  return [signal('editor.derivedFrom', packet, 'xmpMM:DerivedFrom', undefined, facts)];
}

function fact(fields: readonly XmpProperty[], name: string): SignalFact[] {
  const value = fields.find((p) => p.path.endsWith(`:${name}`))?.value.trim();
  return value ? [{ name, value: short(value) }] : [];
}

function signal(
  id: 'editor.history' | 'editor.documentAncestors' | 'editor.derivedFrom',
  packet: XmpPacket,
  path: string,
  value?: Message,
  facts: SignalFact[] = [],
): Signal {
  return {
    id,
    backing: 'inferred',
    ...(value === undefined ? {} : { messages: { value } }),
    ...(facts.length === 0 ? {} : { facts }),
    basis: [xmpLocation(packet, path)],
  };
}

const MAX_CHARACTERS = 160;

function short(text: string): string {
  return text.slice(0, MAX_CHARACTERS);
}
