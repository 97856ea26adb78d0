import { asRecord, asText, type JsonRecord, ownMember, truncate } from '../../base/json-shape.js';
import { parseObject } from '../../base/json-text.js';
import type { SignalFact } from '../report/signal.js';
import { SETTINGS_BOUNDS, type Shape, type Shapes } from './match-rows.js';

/** Parsers for texts written by video and sound generators, editors and platforms. */
export const TRACE_SHAPES: Shapes = {
  'as-written': (text) => ({ value: short(text.trim()) }),
  'kling-label': klingLabel,
  'dreamina-export': dreaminaExport,
  'capcut-export': capcutExport,
  'capcut-picture': capcutPicture,
  'bytedance-label-1': (text) => bytedanceLabel(text, '1'),
  'bytedance-label-2': (text) => bytedanceLabel(text, '2'),
  'suno-comment': sunoComment,
  'suno-link': (text) => withFact(/^https:\/\/suno\.com\/song\/([0-9a-f-]{36})\b/.exec(text)?.[1], 'id'),
  'tiktok-vid': (text) => withFact(/^vid:(v[0-9a-z]{20,64})$/.exec(text)?.[1], 'id'),
  'youtube-handler': youtubeHandler,
  'x264-version': (text) => ({ value: short(/^x264 - core \d+( r\d+)?/.exec(text)?.[0] ?? 'x264') }),
};

const MAX_CHARACTERS = 160;

function short(text: string): string {
  return truncate(text, MAX_CHARACTERS);
}

function withFact(value: string | undefined, name: string): Shape | undefined {
  return value === undefined ? undefined : { facts: [{ name, value }] };
}

/** Converts members that are short texts or numbers to facts of the same name. */
function factsOf(record: JsonRecord, names: readonly string[]): SignalFact[] {
  return names.flatMap((name) => {
    const value = ownMember(record, name);
    const text = typeof value === 'number' ? String(value) : asText(value, MAX_CHARACTERS);
    return text === undefined ? [] : [{ name, value: text }];
  });
}

/**
 * Matches a label that names Kling's operator as producer, or the product in its number. As propagator the operator
 * says nothing about origin.
 */
function klingLabel(text: string): Shape | undefined {
  const found =
    /\b(?:ContentProducer|ProduceID)\b["'\\:\s]{1,12}(001191110108335469089C\w{5}|KLingMuse_[\w-]{8,64})/.exec(
      text.replaceAll('&quot;', '"'),
    );
  return withFact(found?.[1], found?.[1]?.startsWith('KLing') ? 'id' : 'producer');
}

/** Parses `made with suno; created=<time>; id=<uuid>`, written by the service itself. */
function sunoComment(text: string): Shape | undefined {
  const found = /^made with suno( studio)?; created=([0-9T:.\-Z+]{8,40}); id=((?:m_)?[0-9a-f-]{36})$/i.exec(
    text.trim(),
  );
  if (!found?.[2] || !found[3]) return undefined;
  return {
    facts: [
      ...(found[1] ? [{ name: 'product', value: 'studio' }] : []),
      { name: 'created', value: found[2] },
      { name: 'id', value: found[3] },
    ],
  };
}

function youtubeHandler(text: string): Shape | undefined {
  const found = /^ISO Media file produced by Google Inc\.(?: Created on: ?(\d\d\/\d\d\/\d{4})\.?)?\s*$/.exec(
    text,
  );
  if (!found) return undefined;
  return found[1] === undefined ? {} : { facts: [{ name: 'created', value: found[1] }] };
}

const EXPORT_FACTS = ['product', 'appVersion', 'os', 'editType', 'exportType', 'capabilityName'] as const;

/** Parses `{"data":{"product":"vicut","exportType":…},"source_type":…}`; older versions omit `data`. */
function capcutExport(text: string): Shape | undefined {
  const whole = parseSettings(text);
  if (!whole) return undefined;
  const data = asRecord(ownMember(whole, 'data')) ?? whole;
  const facts = [...factsOf(data, EXPORT_FACTS), ...factsOf(whole, ['source_type'])];
  return facts.length === 0 ? undefined : { facts };
}

/** Product names: Jianying calls itself `lv`, CapCut `vicut`; ByteDance's other products write the same record. */
const CAPCUT = /^(lv|vicut|capcut|jianying)(_\w{1,20})?$/i;

function capcutPicture(text: string): Shape | undefined {
  if (!text.includes('"product"')) return undefined;
  const data = asRecord(ownMember(parseSettings(text) ?? {}, 'data'));
  const product = data && ownMember(data, 'product');
  if (!data || typeof product !== 'string' || !CAPCUT.test(product)) return undefined;
  return { facts: factsOf(data, EXPORT_FACTS) };
}

/** Matches exports of generated content that name the generator; the editor's own exports do neither. */
function dreaminaExport(text: string): Shape | undefined {
  if (!text.includes('dreamina')) return undefined;
  const whole = parseSettings(text);
  if (!whole) return undefined;
  const data = asRecord(ownMember(whole, 'data')) ?? whole;
  const named = ['product', 'source_info'].some((name) =>
    [data, whole].some((record) => ownMember(record, name) === 'dreamina'),
  );
  if (!named || ownMember(data, 'exportType') !== 'generation') return undefined;
  return { facts: factsOf(data, EXPORT_FACTS) };
}

const DEEPEST_LABEL = 4;

/** A missing number or 0 is no label: ordinary exports contain `aigc_label_type: 0`. */
function bytedanceLabel(text: string, wanted: '1' | '2'): Shape | undefined {
  if (!text.includes('aigc_label_type')) return undefined;
  const found = labelType(parseSettings(text), DEEPEST_LABEL);
  if (found !== wanted) return undefined;
  return { facts: [{ name: 'aigc_label_type', value: found }] };
}

/** Finds `aigc_label_type` in an object, or in JSON text nested within it. */
function labelType(value: unknown, depth: number): string | undefined {
  const record = typeof value === 'string' ? parseSettings(value) : asRecord(value);
  if (!record || depth === 0) return undefined;
  const type = ownMember(record, 'aigc_label_type');
  if (typeof type === 'number' || typeof type === 'string') return String(type);
  for (const inner of ['aigc_info', 'data', 'AIGC']) {
    const found = labelType(ownMember(record, inner), depth - 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Returns `undefined` if the text is no JSON object, since another program then wrote it. */
function parseSettings(text: string): JsonRecord | undefined {
  return parseObject(text, SETTINGS_BOUNDS);
}
