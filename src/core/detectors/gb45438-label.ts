import { asRecord, type JsonRecord, ownMember } from '../../base/json-shape.js';
import { type PastBound, parseLooseObject } from './gb45438-json.js';

/**
 * Parses the text under an AIGC key into the implicit label of GB 45438-2025 Annex E. Tolerant in form, verbatim in
 * content.
 */

export const LABEL_FIELDS = [
  'Label',
  'ContentProducer',
  'ProduceID',
  'ReservedCode1',
  'ContentPropagator',
  'PropagateID',
  'ReservedCode2',
] as const;
export type LabelField = (typeof LABEL_FIELDS)[number];

export interface ImplicitLabel {
  /** Annex E b) asks for the wrapped form; the TC260 practice guides use the bare object. */
  form: 'wrapped' | 'bare';
  fields: Partial<Record<LabelField, string>>;
  /** Fields whose value is not a string, with its JSON type; Annex E requires strings. */
  notStrings: { field: LabelField; kind: string }[];
  /** Names that occur twice in the label. */
  duplicates: string[];
}

/** Returns `undefined` if no known field is found; the key is then an empty shell. */
export function parseImplicitLabel(text: string): ImplicitLabel | PastBound | undefined {
  const outer = parseLooseObject(text);
  if (!outer || typeof outer === 'string') return outer;
  const wrapped = ownMember(outer.record, 'AIGC');
  const within = typeof wrapped === 'string' ? parseLooseObject(wrapped) : undefined;
  if (typeof within === 'string') return within;
  const inner = within?.record ?? asRecord(wrapped);
  const label = fieldsOf(inner ?? outer.record);
  if (!label) return undefined;
  const known = new Set<string>(['AIGC', ...LABEL_FIELDS]);
  const duplicates = [...outer.duplicates, ...(within?.duplicates ?? [])].filter((name) => known.has(name));
  return { form: inner ? 'wrapped' : 'bare', ...label, duplicates: [...new Set(duplicates)] };
}

function fieldsOf(record: JsonRecord): Pick<ImplicitLabel, 'fields' | 'notStrings'> | undefined {
  const label: Pick<ImplicitLabel, 'fields' | 'notStrings'> = { fields: {}, notStrings: [] };
  for (const field of LABEL_FIELDS) {
    const value = ownMember(record, field);
    if (value === undefined) continue;
    if (typeof value !== 'string') label.notStrings.push({ field, kind: kindOf(value) });
    // A null value is no element of the label.
    if (value !== null) label.fields[field] = typeof value === 'string' ? value : JSON.stringify(value);
  }
  return Object.keys(label.fields).length > 0 || label.notStrings.length > 0 ? label : undefined;
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

/** Returns whether a label without a key can be recognised by its fields: `Label` and at least one more. */
export function isSelfIdentifying({ fields, notStrings }: ImplicitLabel): boolean {
  const names = new Set([...Object.keys(fields), ...notStrings.map((n) => n.field)]);
  return names.has('Label') && names.size > 1;
}
