import { cut } from '../ground/json-shape.js';
import { limits } from '../ground/limits.js';
import { GATHERED_FIELDS, type GatheredFields } from '../signatures/gathered-fields.js';
import type { Text } from './texts.js';

/** One further text for each set of fields that is there as a whole. */
export function gatheredTexts(texts: readonly Text[]): Text[] {
  return GATHERED_FIELDS.flatMap((set) => gathered(set, texts));
}

function gathered({ field, carrier, needs, also }: GatheredFields, texts: readonly Text[]): Text[] {
  const of = (name: string) => texts.find((text) => text.carrier === carrier && text.field === name);
  const needed: Text[] = [];
  for (const name of needs) {
    const text = of(name);
    if (text === undefined) return [];
    needed.push(text);
  }
  const [first] = needed;
  if (!first) return [];
  const all = [...needed, ...also.map(of).filter((text) => text !== undefined)];
  const values = all.map((text) => [text.field, cut(text.text, limits.promptCharacters)] as const);
  const place = needed.map((text) => text.location.place).join(', ');
  return [
    {
      carrier,
      field,
      text: JSON.stringify(Object.fromEntries(values)),
      location: { ...first.location, place },
    },
  ];
}
