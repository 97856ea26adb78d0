import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { transformSync } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { parseAst } from 'vitest/node';

/**
 * A detector's findings are messages (`said.value`), so that every language has them. Its code contains no English
 * text, neither whole nor between the parts of a template.
 */
const FOLDER = join(import.meta.dirname, '../../../src/core/detectors');

/** Two words, or a word next to a template's placeholder. */
const WORDS = /[a-z]{2,},? [a-z]{2,}/i;
const WORD = /(^|[ (“])[a-z]{2,}/i;

/** Members that contain terms and not sentences: the name of a fact, and its position in a file. */
const TERMS: ReadonlySet<string> = new Set(['name', 'locator', 'fact']);

/** Names of fields and programs as they occur in files. */
const OF_FILES: ReadonlySet<string> = new Set([
  'Exif DateTimeOriginal',
  'IFD0 ModifyDate',
  'GPS GPSDateStamp',
  'MakerNote Apple ContentIdentifier',
  'Negative prompt',
  'CFG scale',
  'Civitai resources',
  'Civitai metadata',
  'CFG Scale',
  'Model hash',
  'Schedule type',
  'Denoising strength',
  'Lora hashes',
  'Forge Neo',
  'Forge Classic',
  'Stable Diffusion model',
  'Prompt Strength',
  'Negative Prompt',
  'Guidance Scale',
  'LoRA model',
  'Base Model',
  'Base Model Hash',
  'genAIType: …',
]);

/** Positions in a file, and internal return values. */
const OF_OURS: ReadonlySet<string> = new Set([
  'past bound',
  'too long',
  'too deep',
  'remote manifest reference',
  '… SEI user data …',
  '… channel, lowest bits',
]);

const isKnown = (text: string): boolean =>
  OF_OURS.has(text) || OF_FILES.has(text.replace(/^"|"$/g, '').replace(/: $/, ''));

type Node = Readonly<Record<string, unknown>>;
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null;
const nameOf = (node: unknown): unknown => (isNode(node) ? (node['name'] ?? node['value']) : undefined);

function wordsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(wordsIn);
  if (!isNode(value)) return [];
  const { type } = value;
  if (type === 'ThrowStatement') return [];
  if (type === 'Property' && TERMS.has(String(nameOf(value['key'])))) return [];
  if (type === 'Literal') {
    const text = value['value'];
    return typeof text === 'string' && WORDS.test(text) ? [text] : [];
  }
  const within = Object.values(value).flatMap(wordsIn);
  return type === 'TemplateLiteral' ? [...templateWords(value['quasis']), ...within] : within;
}

function templateWords(quasis: unknown): string[] {
  const texts = (Array.isArray(quasis) ? quasis : []).flatMap((one) => {
    const cooked = isNode(one) && isNode(one['value']) ? one['value']['cooked'] : undefined;
    return typeof cooked === 'string' ? [cooked] : [];
  });
  return texts.some((text) => text.includes(' ') && WORD.test(text)) ? [texts.join('…')] : [];
}

const ofFile = (file: string): string[] => {
  const { code } = transformSync(readFileSync(join(FOLDER, file), 'utf8'), { loader: 'ts' });
  return wordsIn(parseAst(code).body);
};

describe('detectors', () => {
  const files = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .sort();

  it('are found', () => expect(files.length).toBeGreaterThan(60));

  it.each(files)('have no English of their own: %s', (file) => {
    expect(ofFile(file).filter((text) => !isKnown(text))).toEqual([]);
  });
});
