import { asRecord, member } from '../json-shape.js';
import { limits } from '../limits.js';

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
  /** Fields whose value is no string, `null` included: Annex E asks for strings. */
  notStrings: LabelField[];
}

/** Undefined where no known field is found: then the key is an empty shell. */
export function parseImplicitLabel(text: string): ImplicitLabel | undefined {
  if (text.length > limits.jsonLabelCharacters) return undefined;
  const outer = parseObject(text);
  if (!outer) return undefined;
  const wrapped = member(outer, 'AIGC');
  const inner = typeof wrapped === 'string' ? parseObject(wrapped) : asRecord(wrapped);
  const record = inner ?? outer;
  const label: ImplicitLabel = { form: inner ? 'wrapped' : 'bare', fields: {}, notStrings: [] };
  for (const field of LABEL_FIELDS) {
    const value = member(record, field);
    if (value === undefined) continue;
    if (typeof value !== 'string') label.notStrings.push(field);
    // A null holds nothing: it is no element of the label.
    if (value !== null) label.fields[field] = typeof value === 'string' ? value : JSON.stringify(value);
  }
  return Object.keys(label.fields).length > 0 || label.notStrings.length > 0 ? label : undefined;
}

/** JSON, or JSON whose quotes an XML writer escaped twice. */
function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  const trimmed = text
    .replace(/^\uFEFF/, '')
    .replace(/\0+$/, '')
    .trim();
  return (
    tryParse(trimmed) ??
    tryParse(trimmed.replaceAll('&quot;', '"').replaceAll('&#34;', '"').replaceAll('&amp;', '&'))
  );
}

function tryParse(text: string): Readonly<Record<string, unknown>> | undefined {
  if (!text.startsWith('{') || depth(text) > limits.jsonDepth) return undefined;
  try {
    return asRecord(JSON.parse(text));
  } catch {
    // Not JSON: the caller reports the key as a shell, with its text shown.
    return undefined;
  }
}

function depth(text: string): number {
  let open = 0;
  let deepest = 0;
  for (const character of text) {
    if (character === '{' || character === '[') deepest = Math.max(deepest, ++open);
    else if (character === '}' || character === ']') open--;
  }
  return deepest;
}
