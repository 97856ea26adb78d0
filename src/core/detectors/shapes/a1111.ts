import { limits } from '../../../base/limits.js';
import type { Shape } from '../match-rows.js';
import { type Settings, shapeOf } from './settings.js';

/**
 * Infotext of Stable Diffusion web UI and its forks: prompt, `Negative prompt: …`, then one line `Steps: 20, Sampler:
 * Euler a, …, CFG scale: 7, Seed: 1, Size: 512x512, …`. SD.Next omits `Sampler` and `CFG scale` if they are the
 * default.
 */
export interface Infotext {
  prompt: string;
  negativePrompt: string;
  settings: ReadonlyMap<string, string>;
}

const NEGATIVE = 'Negative prompt: ';

export function readInfotext(text: string): Infotext | undefined {
  const at = findSettings(text);
  if (at < 0) return undefined;
  const end = text.indexOf('\n', at);
  const line = text.slice(at, Math.min(end < 0 ? text.length : end, at + limits.patternCharacters));
  if (!/^Steps: \d{1,5}(?:,|$)/.test(line)) return undefined;
  const before = text.slice(0, at);
  const negativeAt = before.startsWith(NEGATIVE) ? 0 : before.lastIndexOf(`\n${NEGATIVE}`) + 1;
  const hasNegative = before.startsWith(NEGATIVE, negativeAt);
  return {
    prompt: hasNegative ? before.slice(0, negativeAt) : before,
    negativePrompt: hasNegative ? before.slice(negativeAt + NEGATIVE.length) : '',
    settings: parsePairs(line),
  };
}

/** Finds the last line that begins with `Steps: `, because a prompt may quote an earlier one. */
function findSettings(text: string): number {
  const last = text.lastIndexOf('\nSteps: ');
  if (last >= 0) return last + 1;
  const start = /^\s{0,64}/.exec(text)?.[0].length ?? 0;
  return text.startsWith('Steps: ', start) ? start : -1;
}

/** Parses `Key: value, Key: "quoted, with commas"`; the first occurrence of a key counts. */
function parsePairs(line: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (let at = 0; at < line.length; ) {
    const colon = line.indexOf(': ', at);
    if (colon < 0) break;
    const end = findValueEnd(line, colon + 2);
    const key = line.slice(at, colon).trim();
    if (!found.has(key)) found.set(key, line.slice(colon + 2, end));
    at = end + 2;
  }
  return found;
}

/** A comma ends a value unless it is inside a quoted or bracketed one. */
function findValueEnd(line: string, start: number): number {
  const nested = /["[{]/.test(line.charAt(start));
  let quoted = false;
  let open = 0;
  for (let at = start; at < line.length; at += 1) {
    const character = line[at];
    if (character === ',' && !quoted && open <= 0) return at;
    if (!nested) continue;
    if (character === '\\') at += 1;
    else if (character === '"') quoted = !quoted;
    else if (quoted) continue;
    else if (character === '{' || character === '[') open += 1;
    else if (character === '}' || character === ']') open -= 1;
  }
  return line.length;
}

/** Parses infotext that no other program claims: web UI before 1.3 writes no version. */
export const a1111 = parserFor(({ program }) => program === undefined);

/** Returns a parser for infotext whose `App` or `Version` names that program. */
export const parserForProgram = (program: Program) => parserFor((writer) => writer.program === program);

function parserFor(isTheirs: (writer: Writer) => boolean): (text: string) => Shape | undefined {
  return (text) => {
    const found = readInfotext(text);
    if (!found || !hasSettings(found.settings)) return undefined;
    const writer = identifyWriter(found.settings);
    if (!isTheirs(writer)) return undefined;
    const source = sourcePicture(found.settings);
    return shapeOf(
      toSettings(found, writer.name),
      source ? [{ id: 'generator.sourcePicture', value: source }] : [],
    );
  };
}

/** A line that begins with `Steps: 20,` may be prose, so it must also have settings that only a model run writes. */
function hasSettings(settings: Infotext['settings']): boolean {
  const hasSeed = /^\d/.test(settings.get('Seed') ?? '');
  const hasSize = /^\d+x\d+/.test(settings.get('Size') ?? '');
  if (settings.get('App') === 'SD.Next')
    return (hasSeed || hasSize) && SD_NEXT_KEYS.some((key) => settings.has(key));
  if (!hasSeed) return false;
  if (settings.get('Sampler')) return hasSize || settings.has('Civitai resources');
  return hasSize && WITHOUT_SAMPLER.filter((keys) => keys.some((key) => settings.has(key))).length >= 2;
}

/** Keys of which SD.Next writes at least one for every run; its 2026 versions omit `CFG scale` if there is none. */
const SD_NEXT_KEYS = ['CFG scale', 'Pipeline', 'Operations'] as const;

/** Alternatives of which two must be present if no sampler is named. */
const WITHOUT_SAMPLER = [
  ['CFG scale', 'CFG Scale'],
  ['Model', 'Model hash'],
  ['Schedule type'],
  ['Version'],
] as const;

/**
 * Converts infotext to settings, which are the same for every writer of this form; `tool` is the writer, if the version
 * identifies it.
 */
export function toSettings({ prompt, negativePrompt, settings }: Infotext, tool?: string): Settings {
  return {
    tool,
    mode: settings.get('Operations'),
    model: settings.get('Model'),
    modelHash: settings.get('Model hash'),
    prompt,
    negativePrompt,
    seed: settings.get('Seed'),
    sampler: settings.get('Sampler'),
    scheduler: settings.get('Schedule type'),
    steps: settings.get('Steps'),
    cfgScale: settings.get('CFG scale') ?? settings.get('CFG Scale'),
    size: settings.get('Size'),
    denoise: settings.get('Denoising strength'),
    loras: settings.get('Lora hashes'),
    version: settings.get('Version'),
  };
}

/** Programs with rows of their own; `other` names itself but has no row. */
type Program = 'SD.Next' | 'stable-diffusion.cpp' | 'Fooocus' | 'FooocusPlus' | 'ComfyUI' | 'other';

interface Writer {
  /** `undefined` for Stable Diffusion web UI and its forks. */
  program?: Program;
  /** Name of the fork, if the version identifies it. */
  name?: string | undefined;
}

const PROGRAMS: readonly [version: RegExp, program: Program][] = [
  [/^stable-diffusion\.cpp\b/, 'stable-diffusion.cpp'],
  [/^Fooocus v\d/, 'Fooocus'],
  [/^FooocusPlus \d/, 'FooocusPlus'],
  [/^ComfyUI$/, 'ComfyUI'],
];

const FORKS: readonly [version: RegExp, name: string][] = [
  [/^v?1\.\d/, 'AUTOMATIC1111'],
  [/^neo/i, 'Forge Neo'],
  [/^classic/, 'Forge Classic'],
  // reForge uses Forge's version numbering.
  [/^f\d/, 'Forge/reForge'],
];

/** Versions of web UI or a fork that are no program name: a number, a commit or a branch. */
const NO_NAME = /^(v?\d|[0-9a-f]{7,40}\b|(dev|git|head|latest|main|master|none|release|unknown)\b|$)/i;

function identifyWriter(settings: Infotext['settings']): Writer {
  const app = settings.get('App');
  const version = settings.get('Version') ?? '';
  if (app !== undefined) return { program: app === 'SD.Next' ? app : 'other', name: app };
  const program = PROGRAMS.find(([pattern]) => pattern.test(version))?.[1];
  if (program !== undefined) return { program };
  const fork = FORKS.find(([pattern]) => pattern.test(version))?.[1];
  return fork !== undefined || NO_NAME.test(version) ? { name: fork } : { program: 'other', name: version };
}

/** Denoising strength is also written for hires fix, and as 0 by the API if nothing was denoised. */
function sourcePicture(settings: Infotext['settings']): 'img2img' | 'inpaint' | undefined {
  const operations = settings.get('Operations');
  if (operations !== undefined) {
    if (/inpaint/i.test(operations)) return 'inpaint';
    return /img2img/i.test(operations) ? 'img2img' : undefined;
  }
  const keys = [...settings.keys()];
  if (keys.some((key) => /^(Mask blur|Inpaint area|Masked content|Masked area padding)$/.test(key))) {
    return 'inpaint';
  }
  if (keys.some((key) => /^(Hires |Highres|First pass size)/.test(key))) return undefined;
  return Number(settings.get('Denoising strength')) > 0 ? 'img2img' : undefined;
}
