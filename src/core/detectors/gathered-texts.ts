import { truncate } from '../../base/json-shape.js';
import { limits } from '../../base/limits.js';
import { COMBINED_FIELDS, type CombinedFields } from '../signatures/gathered-fields.js';
import type { FileText } from './texts.js';

/** Returns one additional text for each set of fields that is completely present. */
export function gatherTexts(texts: readonly FileText[]): FileText[] {
  return COMBINED_FIELDS.flatMap((set) => gatherText(set, texts));
}

function gatherText({ field, carrier, needs, also }: CombinedFields, texts: readonly FileText[]): FileText[] {
  const of = (name: string) => texts.find((text) => text.carrier === carrier && text.field === name);
  const needed: FileText[] = [];
  for (const name of needs) {
    const text = of(name);
    if (text === undefined) return [];
    needed.push(text);
  }
  const [first] = needed;
  if (!first) return [];
  const all = [...needed, ...also.map(of).filter((text) => text !== undefined)];
  const values = all.map((text) => [text.field, truncate(text.text, limits.promptCharacters)] as const);
  const locator = needed.map((text) => text.location.locator).join(', ');
  return [
    {
      carrier,
      field,
      text: JSON.stringify(Object.fromEntries(values)),
      location: { ...first.location, locator },
    },
  ];
}
