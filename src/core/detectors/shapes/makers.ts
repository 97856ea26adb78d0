import { ownMember } from '../../../base/json-shape.js';
import { limits } from '../../../base/limits.js';
import { lookupTable } from '../../../base/table.js';
import type { Shape } from '../match-rows.js';
import { settingsJson, shapeOf } from './settings.js';

/**
 * Makers that write into EXIF, and Samsung's trailer. Fields that identify a maker only in combination arrive gathered
 * as one object.
 */

/**
 * Parses FLUX (the maker's own demo): Software `AI generated;txt2img;flux`, Make, Model, and the prompt in
 * ImageDescription.
 */
export function flux(text: string): Shape | undefined {
  const record = settingsJson(text, '"Software"');
  const software = record && ownMember(record, 'Software');
  const mode =
    typeof software === 'string'
      ? /^AI generated;(txt2img|img2img|inpainting);flux$/.exec(software)?.[1]
      : undefined;
  if (!record || mode === undefined) return undefined;
  const model = ownMember(record, 'Model');
  const source = mode === 'txt2img' ? sourceOfModel(model) : mode === 'inpainting' ? 'inpaint' : 'img2img';
  return shapeOf(
    { mode, model, prompt: ownMember(record, 'ImageDescription') },
    source ? [{ id: 'generator.sourcePicture', value: source }] : [],
  );
}

/** The programs for filling and editing also write `txt2img`, so their models distinguish them. */
function sourceOfModel(model: unknown): 'img2img' | 'inpaint' | undefined {
  if (typeof model !== 'string') return undefined;
  if (/^flux-[a-z]+-fill$/.test(model)) return 'inpaint';
  return /^flux-[a-z]+-kontext$/.test(model) ? 'img2img' : undefined;
}

type Product = 'doubao' | 'xinghui' | 'dreamina';

const PRODUCTS = lookupTable<Product>({
  doubao: 'doubao',
  xinghui: 'xinghui',
  dreamina: 'dreamina',
  dreamina_oversea: 'dreamina',
});

interface ExportRecord {
  product: Product;
  written: string;
  exportType: string;
}

function exportRecord(text: string): ExportRecord | undefined {
  const head = text.slice(0, limits.settingsCharacters).replaceAll('\\"', '"');
  const written = /"product"\s{0,4}:\s{0,4}"([a-z0-9_]{1,40})"/i.exec(head)?.[1]?.toLowerCase() ?? '';
  const product = PRODUCTS[written];
  if (!/^\s{0,16}\{/.test(head) || product === undefined) return undefined;
  const exportType = /"exportType"\s{0,4}:\s{0,4}"([a-z0-9_]{1,40})"/i.exec(head)?.[1]?.toLowerCase() ?? '';
  return { product, written, exportType };
}

const isGeneration = ({ product, exportType }: ExportRecord): boolean =>
  product === 'dreamina' && exportType === 'generation';

/**
 * Matches files exported by the product, which says nothing about the origin of their pixels. Generations have a
 * separate row.
 */
export const byteDanceProduct =
  (product: Product) =>
  (text: string): Shape | undefined => {
    const found = exportRecord(text);
    return found?.product === product && !isGeneration(found)
      ? shapeOf({ tool: found.written, mode: found.exportType })
      : undefined;
  };

export function byteDanceGeneration(text: string): Shape | undefined {
  const found = exportRecord(text);
  return found && isGeneration(found) ? shapeOf({ tool: found.written, mode: found.exportType }) : undefined;
}

/** Matches `genAIType` other than 0. The record itself is in any picture edited with Samsung's gallery. */
export function samsungGenAi(text: string): Shape | undefined {
  const head = text.slice(0, limits.settingsCharacters);
  const type = /genAIType\\?"\s{0,4}:\s{0,4}\\?"?([1-9]\d{0,5})\b/.exec(head)?.[1];
  return type === undefined
    ? undefined
    : { value: `genAIType: ${type}`, facts: [{ name: 'mode', value: type }] };
}

/** Matches Tencent Cloud's older label, which names the service provider as JSON. */
export function tencentService(text: string): Shape | undefined {
  const record = settingsJson(text, '"ServiceProvider"');
  const provider = record && ownMember(record, 'ServiceProvider');
  return typeof provider === 'string' && /^(腾讯云|Tencent Cloud)$/.test(provider)
    ? { value: provider, facts: [{ name: 'provider', value: provider }] }
    : undefined;
}
