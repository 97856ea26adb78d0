import { type JsonRecord, ownMember } from '../../../base/json-shape.js';
import { parseObject } from '../../../base/json-text.js';
import type { Shape } from '../match-rows.js';
import { SETTINGS_BOUNDS, settingsJson, shapeOf, sizeOf } from './settings.js';

/** Parses the `Comment` of NovelAI's PNG. Another detector checks its signature over the pixels. */
export function novelaiComment(text: string): Shape | undefined {
  const record = settingsJson(text, '"uc"');
  return record && comment(record);
}

/** Parses WebP and the hidden copy: all fields of the PNG in one object, `{"Comment": "{…}", "Software": "NovelAI", …}`. */
export function novelaiFields(text: string): Shape | undefined {
  const record = settingsJson(text, '"Comment"');
  const inner = record && ownMember(record, 'Comment');
  const parsed = typeof inner === 'string' ? parseObject(inner, SETTINGS_BOUNDS) : undefined;
  return parsed && comment(parsed, ownMember(record ?? {}, 'Source'));
}

function comment(record: JsonRecord, version?: unknown): Shape | undefined {
  const has = (...names: string[]) => names.every((name) => Object.hasOwn(record, name));
  // Draw Things uses the same short names but has a `c` for its prompt.
  if (!has('steps', 'seed', 'scale', 'uc', 'sampler') || has('c')) return undefined;
  const request = ownMember(record, 'request_type');
  return shapeOf(
    {
      mode: request,
      prompt: ownMember(record, 'prompt'),
      negativePrompt: ownMember(record, 'uc'),
      seed: ownMember(record, 'seed'),
      sampler: ownMember(record, 'sampler'),
      scheduler: ownMember(record, 'noise_schedule'),
      steps: ownMember(record, 'steps'),
      cfgScale: ownMember(record, 'scale'),
      size: sizeOf(record),
      denoise: request === undefined ? undefined : ownMember(record, 'strength'),
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
