import { defineDetector } from '../detector.js';
import { type ExifField, type Location, type PngText, readValue } from '../evidence.js';
import type { Signal } from '../signal.js';
import { GENERATOR_SIGNATURES, type GeneratorSignature } from '../signatures/generators.js';
import { SHAPES } from './generator-shapes.js';

/** Rows of signatures/generators.ts against the text carriers. Such text can be copied into any file. */
export const generatorSignature = defineDetector({
  id: 'generator-signature',
  needs: ['pngText', 'exif'],
  raises: ['generator.a1111', 'generator.comfyui', 'generator.comfyui.sampler'],
  detect({ pngText, exif }) {
    const signals = new Map<string, Signal>();
    for (const row of GENERATOR_SIGNATURES as readonly GeneratorSignature[]) {
      for (const { text, location } of candidates(row, readValue(pngText) ?? [], readValue(exif) ?? [])) {
        const shape = SHAPES[row.shape](text);
        if (!shape) continue;
        add(signals, { id: row.signal, backing: 'inferred', value: shape.summary, basis: [location] });
        if (row.signal === 'generator.comfyui' && shape.generates) {
          add(signals, { id: 'generator.comfyui.sampler', backing: 'inferred', basis: [location] });
        }
      }
    }
    return [...signals.values()];
  },
});

function add(signals: Map<string, Signal>, signal: Signal): void {
  const known = signals.get(signal.id);
  if (known) known.basis.push(...signal.basis);
  else signals.set(signal.id, signal);
}

function candidates(
  row: GeneratorSignature,
  texts: PngText[],
  fields: ExifField[],
): { text: string; location: Location }[] {
  const all =
    row.carrier === 'pngText'
      ? texts.map((t) => ({
          field: t.keyword,
          text: t.text,
          location: { carrier: 'pngText' as const, place: `${t.chunk} ${t.keyword}`, offset: t.offset },
        }))
      : fields.flatMap((f) =>
          typeof f.value === 'string'
            ? [
                {
                  field: f.name,
                  text: f.value,
                  location: { carrier: 'exif' as const, place: `${f.block} ${f.name}` },
                },
              ]
            : [],
        );
  return all.flatMap(({ field, text, location }) => {
    if (!row.field.test(field)) return [];
    if (!row.prefix) return [{ text, location }];
    return row.prefix.test(text) ? [{ text: text.replace(row.prefix, ''), location }] : [];
  });
}
