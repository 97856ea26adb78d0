import { asArray, asRecord, asText, type JsonRecord, ownMember } from '../../base/json-shape.js';
import { limits } from '../../base/limits.js';
import { lookupTable } from '../../base/table.js';
import { type Message, message } from '../../i18n/message.js';
import type { SignalFact } from '../report/signal.js';
import { parseLooseObject } from './gb45438-json.js';
import type { ImplicitLabel, LabelField } from './gb45438-label.js';

/**
 * `SecurityData` of TC260-PG-202511A in ReservedCode1 (producer) and ReservedCode2 (propagator): signatures and their
 * keys. Anyone who can write the label can write both, so they reveal changes but identify no signer.
 */
export interface SecurityData {
  field: ReservedField;
  facts: SignalFact[];
  signatures: LabelSignature[];
}

export type ReservedField = 'ReservedCode1' | 'ReservedCode2';

export interface LabelSignature {
  facts: SignalFact[];
  /** Data needed for the check, or the reason why it is impossible. */
  check: SignatureCheck | { reason: Message };
}

export interface SignatureCheck {
  /** Key under which the result of the check is looked up. */
  key: string;
  /** Texts that the signature may cover; a match with any of them suffices. */
  texts: { names: string; text: string }[];
  /** Signature in hexadecimal, as written in the file. */
  signature: string;
  publicKey: string;
  /**
   * True if the candidate texts are complete. The guide defines what the producer signs; what a propagator signs is
   * unknown, so a failed match proves nothing there.
   */
  textsAreAll: boolean;
}

export function parseSecurityData(label: ImplicitLabel): SecurityData[] {
  return (['ReservedCode1', 'ReservedCode2'] as const).flatMap((field) => {
    const data = parseSecurityObject(label.fields[field]);
    return data ? [readSecurityData(field, data, label)] : [];
  });
}

/** Reads SecurityData from a string, as Annex E asks, or a nested object; with or without its name around it. */
function parseSecurityObject(text: string | undefined): JsonRecord | undefined {
  const outer = text === undefined || !/^\s*["{]/.test(text) ? undefined : parseRecord(text);
  if (!outer) return undefined;
  const inner = ownMember(outer, 'SecurityData');
  if (inner === undefined) return ownMember(outer, 'Type') === 'TC260PG' ? outer : undefined;
  return typeof inner === 'string' ? parseRecord(inner) : asRecord(inner);
}

/** The label itself was within the bounds, so only nesting within a string can exceed one. */
function parseRecord(text: string): JsonRecord | undefined {
  const read = parseLooseObject(text);
  return typeof read === 'object' ? read.record : undefined;
}

const SM2_WITH_SM3 = '1.2.156.10197.1.501';
const ALGORITHMS = lookupTable({
  [SM2_WITH_SM3]: 'fact.algorithm.sm2',
  '1.2.840.113549.1.1.11': 'fact.algorithm.rsa',
} as const);

const algorithmFact = (oid: string | undefined): SignalFact[] =>
  oid === undefined || oid === ''
    ? []
    : [
        {
          name: 'algorithm',
          messages: { value: message(ALGORITHMS[oid] ?? 'fact.algorithm.unknown', { oid }) },
        },
      ];

/** The guide writes `Md`; one provider writes the other names. */
const LABEL_TEXT: ReadonlySet<string> = new Set(['Md', 'LabelMataData', 'LabelMetaData']);

function readSecurityData(field: ReservedField, data: JsonRecord, label: ImplicitLabel): SecurityData {
  // One phone maker writes a lowercase d.
  const written = ownMember(data, 'PubSD') ?? ownMember(data, 'PubSd');
  const entries = entriesOf(written);
  const left = (Array.isArray(written) ? written.length : 0) - limits.labelSecurityEntries;
  const keys = entries.filter((entry) => readText(entry, 'Type') === 'PubKey');
  const signatures = entries
    .filter((entry) => readText(entry, 'Type') === 'DS')
    .map((entry) => signatureOf(entry, keys, field, label));
  return {
    field,
    facts: [
      { name: 'field', value: field },
      ...fact('type', readText(data, 'Type')),
      ...fact('version', readText(data, 'Version')),
      ...fact('publicEntries', entries.map((entry) => readText(entry, 'Type') ?? '?').join(', ')),
      ...(left > 0 ? fact('publicEntriesNotLookedAt', String(left)) : []),
      ...fact(
        'bindings',
        entriesOf(ownMember(data, 'Bindings') ?? ownMember(data, 'Binding'))
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
  const algorithm = readText(entry, 'AlgID');
  const over = readText(asRecord(ownMember(entry, 'TBSData')) ?? {}, 'Type');
  const id = readText(entry, 'KeyID');
  const key = keys.find((one) => readText(one, 'KeyID') === id) ?? (id === undefined ? keys[0] : undefined);
  const publicKey = readText(key ?? {}, 'KeyValue');
  const signature = readText(entry, 'Signature');
  const facts = [
    { name: 'field', value: field },
    ...algorithmFact(algorithm),
    ...fact('signs', over),
    ...fact('publicKey', publicKey),
  ];
  const cannot = (reason: Message): LabelSignature => ({ facts, check: { reason } });
  if (algorithm !== SM2_WITH_SM3) return cannot(message('fact.notChecked.algorithm'));
  if (over !== undefined && !LABEL_TEXT.has(over)) return cannot(message('fact.notChecked.otherText'));
  if (signature === undefined) return cannot(message('fact.notChecked.noSignature'));
  if (publicKey === undefined) return cannot(message('fact.notChecked.noKey'));
  const texts = buildSignedTexts(field, label);
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

/** Annex A.1: `"Label":"1","ContentProducer":"…","ProduceID":"…"`, without braces; quotes in values may be escaped. */
function buildSignedTexts(field: ReservedField, { fields }: ImplicitLabel): SignatureCheck['texts'] {
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
      const value = readText(binding, name);
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

/** Reads a string or a number as text. */
function readText(record: JsonRecord, name: string): string | undefined {
  const value = ownMember(record, name);
  return asText(typeof value === 'number' ? String(value) : value, limits.shownValueCharacters);
}

function fact(name: string, value: string | undefined): SignalFact[] {
  return value === undefined || value === '' ? [] : [{ name, value }];
}
