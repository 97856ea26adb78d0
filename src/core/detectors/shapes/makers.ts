import { member } from '../../ground/json-shape.js';
import { limits } from '../../ground/limits.js';
import { table } from '../../ground/table.js';
import type { Shape } from '../match-rows.js';
import { settingsJson, shapeOf } from './settings.js';

/** Makers that write into EXIF, and Samsung's trailer. Fields that only tell together come gathered as one object. */

/** FLUX, the maker's own demo: Software `AI generated;txt2img;flux`, Make, Model, and the prompt as ImageDescription. */
export function flux(text: string): Shape | undefined {
  const record = settingsJson(text, '"Software"');
  const software = record && member(record, 'Software');
  const mode =
    typeof software === 'string'
      ? /^AI generated;(txt2img|img2img|inpainting);flux$/.exec(software)?.[1]
      : undefined;
  if (!record || mode === undefined) return undefined;
  const model = member(record, 'Model');
  const source = mode === 'txt2img' ? sourceOfModel(model) : mode === 'inpainting' ? 'inpaint' : 'img2img';
  return shapeOf(
    { mode, model, prompt: member(record, 'ImageDescription') },
    source ? [{ id: 'generator.sourcePicture', value: source }] : [],
  );
}

/** The programs for filling and editing write `txt2img` as well; their models tell them apart. */
function sourceOfModel(model: unknown): 'img2img' | 'inpaint' | undefined {
  if (typeof model !== 'string') return undefined;
  if (/^flux-[a-z]+-fill$/.test(model)) return 'inpaint';
  return /^flux-[a-z]+-kontext$/.test(model) ? 'img2img' : undefined;
}

type Product = 'doubao' | 'xinghui' | 'dreamina';

const PRODUCTS = table<Product>({
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

/** The product exported the file, which says nothing of how its pixels came to be. A generation has a row of its own. */
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

/** `genAIType` other than 0. The record itself stands in any picture edited with Samsung's gallery. */
export function samsungGenAi(text: string): Shape | undefined {
  const head = text.slice(0, limits.settingsCharacters);
  const type = /genAIType\\?"\s{0,4}:\s{0,4}\\?"?([1-9]\d{0,5})\b/.exec(head)?.[1];
  return type === undefined
    ? undefined
    : { value: `genAIType: ${type}`, facts: [{ name: 'mode', value: type }] };
}

/** Tencent Cloud's older label: who provided the service, as JSON. */
export function tencentService(text: string): Shape | undefined {
  const record = settingsJson(text, '"ServiceProvider"');
  const provider = record && member(record, 'ServiceProvider');
  return typeof provider === 'string' && /^(腾讯云|Tencent Cloud)$/.test(provider)
    ? { value: provider, facts: [{ name: 'provider', value: provider }] }
    : undefined;
}
