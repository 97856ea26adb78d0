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

const PRODUCTS: Readonly<Record<string, true>> = table({
  doubao: true,
  xinghui: true,
  dreamina: true,
  dreamina_oversea: true,
});

function byteDance(text: string): { product: string; exportType: string } | undefined {
  const head = text.slice(0, limits.settingsCharacters).replaceAll('\\"', '"');
  const product = /"product"\s{0,4}:\s{0,4}"([a-z0-9_]{1,40})"/i.exec(head)?.[1]?.toLowerCase();
  if (!/^\s{0,16}\{/.test(head) || product === undefined || !Object.hasOwn(PRODUCTS, product))
    return undefined;
  const exportType = /"exportType"\s{0,4}:\s{0,4}"([a-z0-9_]{1,40})"/i.exec(head)?.[1]?.toLowerCase() ?? '';
  return { product, exportType };
}

/** The product exported the file; that alone says nothing of its pixels. */
export function byteDanceProduct(text: string): Shape | undefined {
  const found = byteDance(text);
  return found && shapeOf({ tool: found.product, mode: found.exportType });
}

export function byteDanceGeneration(text: string): Shape | undefined {
  const found = byteDance(text);
  return found?.exportType === 'generation' && found.product.startsWith('dreamina')
    ? shapeOf({ tool: found.product, mode: found.exportType })
    : undefined;
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
