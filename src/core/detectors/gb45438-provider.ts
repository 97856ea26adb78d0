import { type Said, said } from '../../say/said.js';
import { cut } from '../ground/json-shape.js';
import { limits } from '../ground/limits.js';
import type { Location } from '../media/carrier.js';
import type { Signal, SignalFact } from '../report/signal.js';
import { GB45438_PROVIDERS, type ProviderName, type ProviderRow } from '../signatures/gb45438-providers.js';
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
    return [signal('gb45438.provider.codeMalformed', [ours('fault', reading.malformed)])];
  const { code } = reading;
  const fault = ours('fault', said('fact.code.checkDigit'));
  return [
    signal('gb45438.provider.code', partsOf(code)),
    ...(code.usccHolds ? [] : [signal('gb45438.provider.codeMalformed', [fault])]),
    ...listed(code, signal),
  ];
}

function partsOf({ code, uscc, usccHolds, service, model }: ProviderCode): SignalFact[] {
  return [
    { name: 'providerCode', value: code },
    ours('subjectType', said('fact.subjectType.organisation')),
    ours('binding', said('fact.binding.uscc')),
    { name: 'uscc', value: uscc },
    ours('usccCheckDigit', said(`fact.checkDigit.${usccHolds ? 'matches' : 'differs'}`)),
    ours('serviceType', serviceOf(service, model)),
    { name: 'modelCode', value: model },
  ];
}

function serviceOf(service: string, model: string): Said {
  if (service === '1') return said('fact.serviceType.generation');
  if (service === '2') return said('fact.serviceType.propagation');
  return service === '0' && model === '0000'
    ? said('fact.serviceType.none')
    : said('fact.serviceType.other', { code: service });
}

/** What we found out, which is no quotation of the file. */
const ours = (name: string, value: Said): SignalFact => ({ name, said: { value } });

const nameOf = ({ name }: ProviderName): Said =>
  typeof name === 'string' ? said('text.asWritten', { text: name }) : name;

const sourceOf = ({ grade, source }: ProviderName): Said =>
  said('fact.source.graded', { grade, source: said(source) });

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
    ours('companyLookUp', nameOf(first)),
    ours('companyLookUpSource', sourceOf(first)),
    ...others.flatMap((other) => [
      ours('companyLookUpConflict', nameOf(other)),
      ours('companyLookUpConflictSource', sourceOf(other)),
    ]),
  ];
  return [signal('gb45438.provider.listed', facts, first.grade)];
}

/** As shown: a code that may hold a person's number is cut after the part that says so. */
export function shownProvider(text: string): string {
  return isOtherSubject(text.trim()) ? `${text.trim().slice(0, 4)}…` : text;
}
