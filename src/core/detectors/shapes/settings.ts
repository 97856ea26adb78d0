import { type JsonRecord, ownMember, truncate } from '../../../base/json-shape.js';
import { parseObject } from '../../../base/json-text.js';
import { limits } from '../../../base/limits.js';
import { SETTING_NAMES, type SettingName } from '../../../base/setting-names.js';
import type { SignalFact } from '../../report/signal.js';
import { SETTINGS_BOUNDS, type Shape } from '../match-rows.js';

export type Settings = Partial<Record<SettingName, unknown>>;

const PROMPTS: ReadonlySet<string> = new Set(['prompt', 'negativePrompt']);

/** Converts values that are text or numbers to facts; omits all others. */
export function factsOf(settings: Settings): SignalFact[] {
  return SETTING_NAMES.flatMap((name) => {
    const value = toText(settings[name]);
    if (value === undefined) return [];
    return [
      {
        name,
        value: truncate(value, PROMPTS.has(name) ? limits.promptCharacters : limits.settingCharacters),
      },
    ];
  });
}

function toText(value: unknown): string | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : undefined;
  if (Array.isArray(value)) {
    const each = value.slice(0, 16).flatMap((one) => toText(one) ?? []);
    return each.length === 0 ? undefined : each.join(', ');
  }
  const text = typeof value === 'string' ? value.trim() : '';
  return text === '' ? undefined : text;
}

const IN_SHORT: ReadonlySet<string> = new Set(['model', 'sampler', 'seed', 'size', 'version', 'jobId']);

/** Returns the facts, with the most important ones joined into the signal's value. */
export function shapeOf(settings: Settings, raises: Shape['raises'] = []): Shape {
  const facts = factsOf(settings);
  const short = facts.filter(({ name }) => IN_SHORT.has(name)).map(({ name, value }) => `${name}: ${value}`);
  return {
    ...(short.length === 0 ? {} : { value: truncate(short.join(', '), limits.shownValueCharacters) }),
    facts,
    raises,
  };
}

export { SETTINGS_BOUNDS } from '../match-rows.js';

/** Parses the text only if it contains `mark`: most texts are no such JSON, and some are megabytes long. */
export function settingsJson(text: string, mark: string): JsonRecord | undefined {
  return text.includes(mark) ? parseObject(text, SETTINGS_BOUNDS) : undefined;
}

export function sizeOf(record: JsonRecord, width = 'width', height = 'height'): string | undefined {
  const [w, h] = [ownMember(record, width), ownMember(record, height)];
  return isNumber(w) && isNumber(h) ? `${w}x${h}` : undefined;
}

function isNumber(value: unknown): value is number | string {
  return typeof value === 'number' || (typeof value === 'string' && /^\d{1,6}$/.test(value));
}
