import { type Said, said } from '../../say/said.js';
import { asArray, asRecord, asText, type JsonRecord, member } from '../ground/json-shape.js';
import { limits } from '../ground/limits.js';
import { table } from '../ground/table.js';
import type { SignalFact } from '../report/signal.js';
import { looseObject } from './gb45438-json.js';
import type { ImplicitLabel, LabelField } from './gb45438-label.js';

/**
 * `SecurityData` of TC260-PG-202511A in ReservedCode1 (the producer's) and ReservedCode2 (the propagator's): signatures
 * and the keys to them. Whoever can write the label can write both, so they tell of changes and not of a signer.
 */
export interface SecurityData {
  field: ReservedField;
  facts: SignalFact[];
  signatures: LabelSignature[];
}

export type ReservedField = 'ReservedCode1' | 'ReservedCode2';

export interface LabelSignature {
  facts: SignalFact[];
  /** What to check, or why it cannot be. */
  check: SignatureCheck | { reason: Said };
}

export interface SignatureCheck {
  /** By this the answer is found again. */
  key: string;
  /** Texts that the signature may be over; any one will do. */
  texts: { names: string; text: string }[];
  /** Hexadecimal, as written. */
  signature: string;
  publicKey: string;
  /** The guide says what the producer signs. What a propagator signs is not known, so no match there proves nothing. */
  textsAreAll: boolean;
}

export function securityData(label: ImplicitLabel): SecurityData[] {
  return (['ReservedCode1', 'ReservedCode2'] as const).flatMap((field) => {
    const data = objectIn(label.fields[field]);
    return data ? [read(field, data, label)] : [];
  });
}

/** A string, as Annex E asks, or a nested object; with or without its name around it. */
function objectIn(text: string | undefined): JsonRecord | undefined {
  const outer = text === undefined || !/^\s*["{]/.test(text) ? undefined : record(text);
  if (!outer) return undefined;
  const inner = member(outer, 'SecurityData');
  if (inner === undefined) return member(outer, 'Type') === 'TC260PG' ? outer : undefined;
  return typeof inner === 'string' ? record(inner) : asRecord(inner);
}

/** The label around it was within the bounds, so only nesting within a string can be past one. */
function record(text: string): JsonRecord | undefined {
  const read = looseObject(text);
  return typeof read === 'object' ? read.record : undefined;
}

const SM2_WITH_SM3 = '1.2.156.10197.1.501';
const ALGORITHMS = table({
  [SM2_WITH_SM3]: 'fact.algorithm.sm2',
  '1.2.840.113549.1.1.11': 'fact.algorithm.rsa',
} as const);

const algorithmFact = (oid: string | undefined): SignalFact[] =>
  oid === undefined || oid === ''
    ? []
    : [{ name: 'algorithm', said: { value: said(ALGORITHMS[oid] ?? 'fact.algorithm.unknown', { oid }) } }];

/** The guide writes `Md`; one provider writes the others. */
const LABEL_TEXT: ReadonlySet<string> = new Set(['Md', 'LabelMataData', 'LabelMetaData']);

function read(field: ReservedField, data: JsonRecord, label: ImplicitLabel): SecurityData {
  // One phone maker writes a small d.
  const written = member(data, 'PubSD') ?? member(data, 'PubSd');
  const entries = entriesOf(written);
  const left = (Array.isArray(written) ? written.length : 0) - limits.labelSecurityEntries;
  const keys = entries.filter((entry) => word(entry, 'Type') === 'PubKey');
  const signatures = entries
    .filter((entry) => word(entry, 'Type') === 'DS')
    .map((entry) => signatureOf(entry, keys, field, label));
  return {
    field,
    facts: [
      { name: 'field', value: field },
      ...fact('type', word(data, 'Type')),
      ...fact('version', word(data, 'Version')),
      ...fact('publicEntries', entries.map((entry) => word(entry, 'Type') ?? '?').join(', ')),
      ...(left > 0 ? fact('publicEntriesNotLookedAt', String(left)) : []),
      ...fact(
        'bindings',
        entriesOf(member(data, 'Bindings') ?? member(data, 'Binding'))
          .map(bindingOf)
          .join('; '),
      ),
    ],
    signatures,
  };
}

function signatureOf(
  entry: JsonRecord,
  keys: JsonRecord[],
  field: ReservedField,
  label: ImplicitLabel,
): LabelSignature {
  const algorithm = word(entry, 'AlgID');
  const over = word(asRecord(member(entry, 'TBSData')) ?? {}, 'Type');
  const id = word(entry, 'KeyID');
  const key = keys.find((one) => word(one, 'KeyID') === id) ?? (id === undefined ? keys[0] : undefined);
  const publicKey = word(key ?? {}, 'KeyValue');
  const signature = word(entry, 'Signature');
  const facts = [
    { name: 'field', value: field },
    ...algorithmFact(algorithm),
    ...fact('signs', over),
    ...fact('publicKey', publicKey),
  ];
  const cannot = (reason: Said): LabelSignature => ({ facts, check: { reason } });
  if (algorithm !== SM2_WITH_SM3) return cannot(said('fact.notChecked.algorithm'));
  if (over !== undefined && !LABEL_TEXT.has(over)) return cannot(said('fact.notChecked.otherText'));
  if (signature === undefined) return cannot(said('fact.notChecked.noSignature'));
  if (publicKey === undefined) return cannot(said('fact.notChecked.noKey'));
  const texts = textsOf(field, label);
  return {
    facts,
    check: {
      key: JSON.stringify([texts, signature, publicKey]),
      texts,
      signature,
      publicKey,
      textsAreAll: field === 'ReservedCode1' && over !== undefined,
    },
  };
}

const PRODUCTION = ['Label', 'ContentProducer', 'ProduceID'] as const;
const PROPAGATION = ['Label', 'ContentPropagator', 'PropagateID'] as const;

/** Annex A.1: `"Label":"1","ContentProducer":"…","ProduceID":"…"`, without braces; quotes in values escaped or not. */
function textsOf(field: ReservedField, { fields }: ImplicitLabel): SignatureCheck['texts'] {
  const text = (names: readonly LabelField[], value: (name: LabelField) => string) => ({
    names: names.join(', '),
    text: names.map((name) => `"${name}":${value(name)}`).join(','),
  });
  return (field === 'ReservedCode1' ? [PRODUCTION] : [PROPAGATION, PRODUCTION]).flatMap((names) => {
    const plain = text(names, (name) => `"${fields[name] ?? ''}"`);
    const escaped = text(names, (name) => JSON.stringify(fields[name] ?? ''));
    return plain.text === escaped.text ? [plain] : [plain, escaped];
  });
}

function bindingOf(binding: JsonRecord): string {
  return (['Type', 'BType', 'AlgID', 'CntSel'] as const)
    .flatMap((name) => {
      const value = word(binding, name);
      return value === undefined ? [] : [`${name} ${value}`];
    })
    .join(', ');
}

function entriesOf(value: unknown): JsonRecord[] {
  const list = Array.isArray(value) ? asArray(value, limits.labelSecurityEntries) : [value];
  return list.flatMap((one) => {
    const record = asRecord(one);
    return record ? [record] : [];
  });
}

/** A string or a number, as text. */
function word(record: JsonRecord, name: string): string | undefined {
  const value = member(record, name);
  return asText(typeof value === 'number' ? String(value) : value, limits.shownValueCharacters);
}

function fact(name: string, value: string | undefined): SignalFact[] {
  return value === undefined || value === '' ? [] : [{ name, value }];
}
