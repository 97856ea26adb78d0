import { truncate } from '../../base/json-shape.js';
import { limits } from '../../base/limits.js';
import { type Message, message } from '../../i18n/message.js';
import type { Location } from '../media/carrier.js';
import type { Signal, SignalFact } from '../report/signal.js';
import { GB45438_PROVIDERS, type ProviderName, type ProviderRow } from '../signatures/gb45438-providers.js';
import type { ImplicitLabel, LabelField } from './gb45438-label.js';
import { isOtherSubject, type ProviderCode, readProvider } from './gb45438-provider-code.js';

/** Signals for the provider that the label names, as far as a code identifies it; bare names are left unchanged. */

const PROVIDER_FIELDS = ['ContentProducer', 'ContentPropagator'] as const satisfies readonly LabelField[];

export function providerSignals({ fields }: ImplicitLabel, location: Location): Signal[] {
  const fieldsOf = new Map<string, LabelField[]>();
  for (const field of PROVIDER_FIELDS) {
    const text = fields[field]?.trim();
    if (text !== undefined && text !== '') fieldsOf.set(text, [...(fieldsOf.get(text) ?? []), field]);
  }
  return [...fieldsOf].flatMap(([text, names]) => textSignals(text, names.join(', '), location));
}

function textSignals(text: string, field: string, location: Location): Signal[] {
  const reading = readProvider(text);
  if ('name' in reading) return [];
  const signal = (id: Signal['id'], facts: SignalFact[], grade?: Signal['grade']): Signal => ({
    id,
    backing: 'unsigned',
    value: truncate(text, limits.shownValueCharacters),
    ...(grade === undefined ? {} : { grade }),
    facts: [{ name: 'field', value: field }, ...facts],
    basis: [location],
  });
  if ('malformed' in reading)
    return [signal('gb45438.provider.codeMalformed', [lookedUpFact('fault', reading.malformed)])];
  const { code } = reading;
  const fault = lookedUpFact('fault', message('fact.code.checkDigit'));
  return [
    signal('gb45438.provider.code', partsOf(code)),
    ...(code.isUsccValid ? [] : [signal('gb45438.provider.codeMalformed', [fault])]),
    ...listedSignals(code, signal),
  ];
}

function partsOf({ code, uscc, isUsccValid: usccHolds, service, model }: ProviderCode): SignalFact[] {
  return [
    { name: 'providerCode', value: code },
    lookedUpFact('subjectType', message('fact.subjectType.organisation')),
    lookedUpFact('binding', message('fact.binding.uscc')),
    { name: 'uscc', value: uscc },
    lookedUpFact('usccCheckDigit', message(`fact.checkDigit.${usccHolds ? 'matches' : 'differs'}`)),
    lookedUpFact('serviceType', serviceOf(service, model)),
    { name: 'modelCode', value: model },
  ];
}

function serviceOf(service: string, model: string): Message {
  if (service === '1') return message('fact.serviceType.generation');
  if (service === '2') return message('fact.serviceType.propagation');
  return service === '0' && model === '0000'
    ? message('fact.serviceType.none')
    : message('fact.serviceType.other', { code: service });
}

/** Fact that Assay found out itself, as opposed to text quoted from the file. */
const lookedUpFact = (name: string, value: Message): SignalFact => ({ name, messages: { value } });

const nameOf = ({ name }: ProviderName): Message =>
  typeof name === 'string' ? message('text.asWritten', { text: name }) : name;

const sourceOf = ({ grade, source }: ProviderName): Message =>
  message('fact.source.graded', { grade, source: message(source) });

/** The file states only the code; Assay looked up the name, and the facts say so. */
function listedSignals(
  { uscc }: ProviderCode,
  signal: (id: Signal['id'], facts: SignalFact[], grade?: Signal['grade']) => Signal,
): Signal[] {
  const row = (GB45438_PROVIDERS as readonly ProviderRow[]).find((one) => one.uscc === uscc);
  const [first, ...others] = row?.names ?? [];
  if (!first) return [];
  const facts = [
    { name: 'uscc', value: uscc },
    lookedUpFact('companyLookUp', nameOf(first)),
    lookedUpFact('companyLookUpSource', sourceOf(first)),
    ...others.flatMap((other) => [
      lookedUpFact('companyLookUpConflict', nameOf(other)),
      lookedUpFact('companyLookUpConflictSource', sourceOf(other)),
    ]),
  ];
  return [signal('gb45438.provider.listed', facts, first.grade)];
}

/** Returns the provider text for display: a code that may contain a person's number is cut after its identifying prefix. */
export function displayProvider(text: string): string {
  return isOtherSubject(text.trim()) ? `${text.trim().slice(0, 4)}…` : text;
}
