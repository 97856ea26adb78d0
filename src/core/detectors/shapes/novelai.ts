import { type JsonRecord, member } from '../../ground/json-shape.js';
import { parseObject } from '../../ground/json-text.js';
import type { Shape } from '../match-rows.js';
import { SETTINGS_BOUNDS, settingsJson, shapeOf, sizeOf } from './settings.js';

/** The `Comment` of NovelAI's PNG. Whether its signature holds over the pixels is another detector's part. */
export function novelaiComment(text: string): Shape | undefined {
  const record = settingsJson(text, '"uc"');
  return record && comment(record);
}

/** WebP and the hidden copy: all of the PNG's fields in one object, `{"Comment": "{…}", "Software": "NovelAI", …}`. */
export function novelaiFields(text: string): Shape | undefined {
  const record = settingsJson(text, '"Comment"');
  const inner = record && member(record, 'Comment');
  const parsed = typeof inner === 'string' ? parseObject(inner, SETTINGS_BOUNDS) : undefined;
  return parsed && comment(parsed, member(record ?? {}, 'Source'));
}

function comment(record: JsonRecord, version?: unknown): Shape | undefined {
  const has = (...names: string[]) => names.every((name) => Object.hasOwn(record, name));
  // Draw Things uses the same short names, and keeps its prompt under `c`.
  if (!has('steps', 'seed', 'scale', 'uc', 'sampler') || has('c')) return undefined;
  const request = member(record, 'request_type');
  return shapeOf(
    {
      mode: request,
      prompt: member(record, 'prompt'),
      negativePrompt: member(record, 'uc'),
      seed: member(record, 'seed'),
      sampler: member(record, 'sampler'),
      scheduler: member(record, 'noise_schedule'),
      steps: member(record, 'steps'),
      cfgScale: member(record, 'scale'),
      size: sizeOf(record),
      denoise: request === undefined ? undefined : member(record, 'strength'),
      version,
    },
    sourceOf(request),
  );
}

function sourceOf(request: unknown): NonNullable<Shape['raises']> {
  if (typeof request !== 'string') return [];
  if (/infill|inpaint/i.test(request)) return [{ id: 'generator.sourcePicture', value: 'inpaint' }];
  return /img2img/i.test(request) ? [{ id: 'generator.sourcePicture', value: 'img2img' }] : [];
}
