import { asRecord, type JsonRecord, member } from '../ground/json-shape.js';
import { looseObject, type PastBound } from './gb45438-json.js';

/** The text under an AIGC key → the implicit label of GB 45438-2025 Annex E. Tolerant in form, verbatim in content. */

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
  /** Fields whose value is no string, with what it is instead: Annex E asks for strings. */
  notStrings: { field: LabelField; kind: string }[];
  /** Names of the label that stand in it twice. */
  duplicates: string[];
}

/** Undefined where no known field is found: then the key is an empty shell. */
export function parseImplicitLabel(text: string): ImplicitLabel | PastBound | undefined {
  const outer = looseObject(text);
  if (!outer || typeof outer === 'string') return outer;
  const wrapped = member(outer.record, 'AIGC');
  const within = typeof wrapped === 'string' ? looseObject(wrapped) : undefined;
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
    const value = member(record, field);
    if (value === undefined) continue;
    if (typeof value !== 'string') label.notStrings.push({ field, kind: kindOf(value) });
    // A null holds nothing: it is no element of the label.
    if (value !== null) label.fields[field] = typeof value === 'string' ? value : JSON.stringify(value);
  }
  return Object.keys(label.fields).length > 0 || label.notStrings.length > 0 ? label : undefined;
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

/** Enough of a label to be taken for one where no key says so: `Label` and one field more. */
export function speaksForItself({ fields, notStrings }: ImplicitLabel): boolean {
  const names = new Set([...Object.keys(fields), ...notStrings.map((n) => n.field)]);
  return names.has('Label') && names.size > 1;
}
