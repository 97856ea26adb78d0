import { truncate } from '../../base/json-shape.js';
import { limits } from '../../base/limits.js';
import { lookupTable } from '../../base/table.js';
import { message } from '../../i18n/message.js';
import type { Location } from '../media/carrier.js';
import type { Signal, SignalFact, SignalId } from '../report/signal.js';
import type { LabelCopy } from './gb45438-copies.js';
import { type ImplicitLabel, LABEL_FIELDS, type LabelField } from './gb45438-label.js';
import { displayProvider } from './gb45438-provider.js';

/**
 * Signals of one label copy, and how it complies with 6.1 a) and Annex E. They are remarks on a standard, never a
 * verdict.
 */

const READINGS: Readonly<Record<string, SignalId>> = lookupTable({
  '1': 'gb45438.label.generated',
  '2': 'gb45438.label.possible',
  '3': 'gb45438.label.suspected',
});

/** GB 45438 6.1 a): the five elements; the reserved fields are not elements. */
const ELEMENTS = [
  ['Label', 'gb45438.element.label'],
  ['ContentProducer', 'gb45438.element.contentProducer'],
  ['ProduceID', 'gb45438.element.produceId'],
  ['ContentPropagator', 'gb45438.element.contentPropagator'],
  ['PropagateID', 'gb45438.element.propagateId'],
] as const satisfies readonly (readonly [LabelField, SignalId])[];

/** Clauses in the annexes of GB 45438. */
const CLAUSES: Readonly<Record<LabelField, string>> = {
  Label: 'E c)',
  ContentProducer: 'E d)',
  ProduceID: 'E e)',
  ReservedCode1: 'E f)',
  ContentPropagator: 'E g)',
  PropagateID: 'E h)',
  ReservedCode2: 'E i)',
};

export function labelSignals({ label, location, keyed }: LabelCopy): Signal[] {
  const say = (id: SignalId, value?: string, facts?: SignalFact[]) => signal(id, location, value, facts);
  const value = label.fields.Label;
  return [
    say('gb45438.label.present', describe(label)),
    ...(value === undefined ? [] : [say(READINGS[value.trim()] ?? 'gb45438.label.unrecognised', value)]),
    ...elementSignals(label, location),
    say(`gb45438.form.${label.form}`),
    ...(keyed ? [] : [say('gb45438.key.withoutAigc')]),
    ...typeSignals(label, location),
    ...charsetSignals(label, location),
    ...(label.duplicates.length > 0 ? [say('gb45438.keys.duplicate', label.duplicates.join(', '))] : []),
    ...propagationSignals(label, location),
  ];
}

function elementSignals({ fields }: ImplicitLabel, location: Location): Signal[] {
  const isThere = (field: LabelField) => fields[field] !== undefined && fields[field] !== '';
  const absent = ELEMENTS.map(([field]) => field).filter((field) => !isThere(field));
  return [
    ...ELEMENTS.filter(([field]) => isThere(field)).map(([field, id]) =>
      signal(id, location, quoteField(field, fields[field] ?? '')),
    ),
    ...(absent.length === 0
      ? []
      : [
          signal(
            'gb45438.element.absent',
            location,
            absent.join(', '),
            absent.map((field) => ({
              name: field,
              messages: { value: message(`fact.element.${fields[field] === '' ? 'empty' : 'missing'}`) },
            })),
          ),
        ]),
  ];
}

function typeSignals({ notStrings }: ImplicitLabel, location: Location): Signal[] {
  if (notStrings.length === 0) return [];
  const facts = notStrings.map(({ field, kind }) => ({
    name: field,
    messages: { value: message('fact.notString', { kind, clause: CLAUSES[field] }) },
  }));
  const own = notStrings.find(({ field }) => field === 'Label');
  return [
    signal('gb45438.value.notString', location, notStrings.map(({ field }) => field).join(', '), facts),
    ...(own ? [signal('gb45438.value.labelNotString', location, own.kind)] : []),
  ];
}

/** Annex E j): code points 0x21, 0x23–0x5B, 0x5D–0x7E, and the escaped quote. */
const CHARSET = /^[\x21-\x7e]*$/;

function charsetSignals({ fields }: ImplicitLabel, location: Location): Signal[] {
  const outside = Object.entries(fields).filter(([, text]) => !CHARSET.test(text) || text.includes('\\'));
  return outside.length === 0
    ? []
    : [signal('gb45438.charset.outside', location, outside.map(([field]) => field).join(', '))];
}

/** Annex E, note 1: the two pairs are equal at the first write; a platform that redistributes the file writes its own. */
function propagationSignals({ fields }: ImplicitLabel, location: Location): Signal[] {
  const pairs = [
    ['ContentPropagator', 'ContentProducer'],
    ['PropagateID', 'ProduceID'],
  ] as const;
  if (pairs.flat().some((field) => (fields[field] ?? '') === '')) return [];
  const others = pairs.filter(([there, here]) => fields[there] !== fields[here]).map(([there]) => there);
  return [
    others.length === 0
      ? signal('gb45438.propagation.sameAsProduction', location)
      : signal('gb45438.propagation.differs', location, others.join(', ')),
  ];
}

/**
 * Checks 6.1 c): one metadata label per file. Fields that are missing, null or empty state nothing, so they contradict
 * nothing.
 */
export function compareCopies(copies: readonly LabelCopy[], unread: number): Signal[] {
  const [first, ...others] = copies;
  if (!first || others.length + unread === 0) return [];
  const basis = copies.map((copy) => copy.location);
  const count = copies.length + unread;
  const counted: Pick<Signal, 'value' | 'messages'> =
    unread === 0
      ? { value: String(count) }
      : { messages: { value: message('fact.copies', { count, read: copies.length }) } };
  const differing = LABEL_FIELDS.filter((field) =>
    others.some(({ label }) => (label.fields[field] ?? '') !== (first.label.fields[field] ?? '')),
  );
  return [
    { id: 'gb45438.copies.several', backing: 'unsigned', ...counted, basis },
    ...(differing.length === 0
      ? []
      : [
          {
            id: 'gb45438.copies.disagree' as const,
            backing: 'unsigned' as const,
            value: differing.join(', '),
            basis,
          },
        ]),
  ];
}

function quoteField(field: string, text: string): string {
  return field === 'ContentProducer' || field === 'ContentPropagator' ? displayProvider(text) : text;
}

function describe({ fields }: ImplicitLabel): string {
  const entries = Object.entries(fields).map(([field, text]) => [field, quoteField(field, text)]);
  return truncate(JSON.stringify(Object.fromEntries(entries)), limits.shownValueCharacters);
}

function signal(id: SignalId, location: Location, value?: string, facts?: SignalFact[]): Signal {
  return {
    id,
    backing: 'unsigned',
    ...(value === undefined ? {} : { value: truncate(value, limits.shownValueCharacters) }),
    ...(facts === undefined ? {} : { facts }),
    basis: [location],
  };
}
