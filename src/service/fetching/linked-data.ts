import { asArray, asRecord, type JsonRecord, parseJson } from '../../base/json-shape.js';
import type { MediaCandidates } from './candidates.js';
import { fetchLimits as limits } from './fetch-limits.js';
import type { Medium } from './fetched.js';

/**
 * Finds media in JSON-LD blocks (schema.org): `contentUrl`, `thumbnailUrl`, `image`. The limits apply to all blocks of
 * a page together.
 */
export class LinkedDataReader {
  readonly #candidates: MediaCandidates;
  #blocks = 0;
  #nodes = 0;
  /** Some data was not visited. */
  isCut = false;

  constructor(candidates: MediaCandidates) {
    this.#candidates = candidates;
  }

  read(text: string): void {
    this.#blocks += 1;
    const json = this.#blocks <= limits.jsonBlocks ? parseJson(text) : undefined;
    // Unreadable JSON is reported like data that was not visited.
    if (json === undefined) this.isCut = true;
    else this.#walk(json, 0);
  }

  #walk(value: unknown, depth: number, isPicture = false): void {
    this.#nodes += 1;
    if (this.#nodes > limits.jsonNodes || depth > limits.jsonDepth) {
      this.isCut = true;
      return;
    }
    if (Array.isArray(value)) {
      for (const one of value) {
        if (this.isCut) return;
        this.#walk(one, depth + 1, isPicture);
      }
      return;
    }
    if (isPicture && typeof value === 'string') {
      this.#mention(value, 'image');
      return;
    }
    const record = asRecord(value);
    if (record !== undefined) this.#record(record, depth, isPicture);
  }

  #record(record: JsonRecord, depth: number, isPicture: boolean): void {
    const kind = kindOf(record['@type']) ?? (isPicture ? 'image' : undefined);
    const more = { width: parsePixels(record['width']), alt: textOf(record['caption'] ?? record['name']) };
    const content = textOf(record['contentUrl']);
    const type = textOf(record['encodingFormat']);
    if (content !== undefined) this.#mention(content, kind ?? 'unknown', { ...more, type });
    else if (kind === 'image') this.#mention(textOf(record['url']) ?? '', kind, more);
    for (const thumbnail of [record['thumbnailUrl']].flat().slice(0, limits.candidates))
      this.#mention(textOf(thumbnail) ?? '', 'image');
    const player = textOf(record['embedUrl']);
    if (player !== undefined) this.#candidates.frame(player);
    for (const [key, value] of Object.entries(record)) {
      // The publisher's logo is not a picture of the story.
      if (key === 'logo' || (typeof value !== 'object' && key !== 'image' && key !== 'thumbnail')) continue;
      if (key !== 'thumbnailUrl') this.#walk(value, depth + 1, key === 'image' || key === 'thumbnail');
    }
  }

  #mention(
    address: string,
    kind: Medium['kind'],
    more: { width?: number | undefined; alt?: string | undefined; type?: string | undefined } = {},
  ): void {
    this.#candidates.mention({ address, kind, from: 'json-ld', ...more });
  }
}

const KINDS: readonly (readonly [RegExp, Medium['kind']])[] = [
  [/(^|\/)(VideoObject|Clip|Movie|TVEpisode)$/, 'video'],
  [/(^|\/)(AudioObject|AudioObjectSnapshot|PodcastEpisode|MusicRecording)$/, 'audio'],
  [/(^|\/)(ImageObject|ImageObjectSnapshot|Barcode)$/, 'image'],
];

function kindOf(type: unknown): Medium['kind'] | undefined {
  const names = (Array.isArray(type) ? asArray(type, 16) : [type]).filter((one) => typeof one === 'string');
  return KINDS.find(([pattern]) => names.some((name) => pattern.test(name)))?.[1];
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** Parses `1200`, `"1200"`, `"1200px"` or `{"value": 1200}`. */
export function parsePixels(value: unknown): number | undefined {
  const given = asRecord(value)?.['value'] ?? value;
  const [, digits] = /^\s*(\d{1,6})(?:\.\d+)?\s*(?:px)?\s*$/.exec(String(given ?? '').slice(0, 16)) ?? [];
  return digits === undefined ? undefined : Number(digits);
}
