import type { Location } from '../evidence.js';
import { cut } from '../json-shape.js';
import { limits } from '../limits.js';
import type { Signal, SignalFact } from '../signal.js';
import { GB45438_PROVIDERS, type ProviderRow } from '../signatures/gb45438-providers.js';
import type { ImplicitLabel, LabelField } from './gb45438-label.js';
import { isOtherSubject, type ProviderCode, readProvider } from './gb45438-provider-code.js';

/** Whom the label names, as far as a code says it; bare names are left as they stand. */

const PROVIDER_FIELDS = ['ContentProducer', 'ContentPropagator'] as const satisfies readonly LabelField[];

export function providerSignals({ fields }: ImplicitLabel, location: Location): Signal[] {
  const fieldsOf = new Map<string, LabelField[]>();
  for (const field of PROVIDER_FIELDS) {
    const text = fields[field]?.trim();
    if (text !== undefined && text !== '') fieldsOf.set(text, [...(fieldsOf.get(text) ?? []), field]);
  }
  return [...fieldsOf].flatMap(([text, names]) => ofText(text, names.join(', '), location));
}

function ofText(text: string, field: string, location: Location): Signal[] {
  const reading = readProvider(text);
  if ('name' in reading) return [];
  const signal = (id: Signal['id'], facts: SignalFact[], grade?: Signal['grade']): Signal => ({
    id,
    backing: 'unsigned',
    value: cut(text, limits.shownValueCharacters),
    ...(grade === undefined ? {} : { grade }),
    facts: [{ name: 'field', value: field }, ...facts],
    basis: [location],
  });
  if ('malformed' in reading)
    return [signal('gb45438.provider.codeMalformed', [{ name: 'fault', value: reading.malformed }])];
  const { code } = reading;
  const fault = { name: 'fault', value: 'the check digit of the USCC does not match' };
  return [
    signal('gb45438.provider.code', partsOf(code)),
    ...(code.usccHolds ? [] : [signal('gb45438.provider.codeMalformed', [fault])]),
    ...listed(code, signal),
  ];
}

function partsOf({ code, uscc, usccHolds, service, model }: ProviderCode): SignalFact[] {
  return [
    { name: 'providerCode', value: code },
    { name: 'subjectType', value: 'organisation (1)' },
    { name: 'binding', value: 'unified social credit code (1)' },
    { name: 'uscc', value: uscc },
    { name: 'usccCheckDigit', value: usccHolds ? 'matches' : 'does not match' },
    { name: 'serviceType', value: serviceOf(service, model) },
    { name: 'modelCode', value: model },
  ];
}

function serviceOf(service: string, model: string): string {
  if (service === '1') return 'generation or synthesis (1)';
  if (service === '2') return 'content propagation (2)';
  return service === '0' && model === '0000' ? 'none given (0)' : `other (${service})`;
}

/** The name is ours to look up and not the file's to state: its facts say so. */
function listed(
  { uscc }: ProviderCode,
  signal: (id: Signal['id'], facts: SignalFact[], grade?: Signal['grade']) => Signal,
): Signal[] {
  const row = (GB45438_PROVIDERS as readonly ProviderRow[]).find((one) => one.uscc === uscc);
  const [first, ...others] = row?.names ?? [];
  if (!first) return [];
  const facts = [
    { name: 'uscc', value: uscc },
    { name: 'companyLookUp', value: first.name },
    { name: 'companyLookUpSource', value: `grade ${first.grade}: ${first.source}` },
    ...others.flatMap((other) => [
      { name: 'companyLookUpConflict', value: other.name },
      { name: 'companyLookUpConflictSource', value: `grade ${other.grade}: ${other.source}` },
    ]),
  ];
  return [signal('gb45438.provider.listed', facts, first.grade)];
}

/** As shown: a code that may hold a person's number is cut after the part that says so. */
export function shownProvider(text: string): string {
  return isOtherSubject(text.trim()) ? `${text.trim().slice(0, 4)}…` : text;
}
