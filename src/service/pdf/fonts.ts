import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { create } from 'fontkit';
import subsetFont from 'subset-font';

/** One of the many font files of Noto Sans SC, with the characters it covers. */
interface FontFile {
  name: string;
  ranges: readonly (readonly [number, number])[];
}

export type Weight = 400 | 700;
/** Text in one font file. `part` is `undefined` if no file has the characters. */
export interface FontRun {
  part: string | undefined;
  text: string;
}

/** This font sets them as wide as a Chinese character, which would tear a Latin word apart. */
const QUOTES = '‘’“”';
/** One of the standard fonts that every PDF reader includes. */
export const LATIN_QUOTES = 'Helvetica';
const PACKAGE = '@fontsource-variable/noto-sans-sc';

export const toWeight = (bold = false): Weight => (bold ? 700 : 400);

/** Name of the font within a document. */
export const fontName = (part: string, weight: Weight): string =>
  part === LATIN_QUOTES ? (weight === 700 ? `${part}-Bold` : part) : `${part}/${weight}`;

/** Maps characters to font files; the files are subset to the characters of a document. */
export class Fonts {
  readonly #folder: string;
  readonly #parts: readonly FontFile[];
  readonly #characters = new Map<number, string | undefined>();

  readonly #latinQuotes: boolean;

  private constructor(folder: string, parts: readonly FontFile[], latinQuotes: boolean) {
    this.#folder = folder;
    this.#parts = parts;
    this.#latinQuotes = latinQuotes;
  }

  /** `language`: BCP 47 tag of the text. */
  static async open(language: string): Promise<Fonts> {
    const folder = dirname(createRequire(import.meta.url).resolve(`${PACKAGE}/package.json`));
    const listed: unknown = JSON.parse(await readFile(join(folder, 'unicode.json'), 'utf8'));
    if (typeof listed !== 'object' || listed === null) throw new Error(`${PACKAGE} lists no characters`);
    const parts = Object.entries(listed).map(([name, ranges]) => ({
      name: name.replace(/[[\]]/g, ''),
      ranges: String(ranges).split(',').map(parseRange),
    }));
    // The small Latin parts first: most reports need only these.
    parts.sort((a, b) => Number(/^\d/.test(a.name)) - Number(/^\d/.test(b.name)));
    return new Fonts(folder, parts, !language.startsWith('zh'));
  }

  /** Returns a TrueType font with only these characters. */
  async subset(part: string, weight: Weight, characters: string): Promise<Buffer> {
    const whole = await readFile(join(this.#folder, 'files', `noto-sans-sc-${part}-wght-normal.woff2`));
    return subsetFont(whole, characters, { targetFormat: 'sfnt', variationAxes: { wght: weight } });
  }

  /**
   * Has to be called with all text before it is measured: the index of the package lists characters that the files
   * lack, so each file is inspected.
   */
  async learn(text: string): Promise<void> {
    for (const { part, characters } of this.#byPart(text)) {
      const held = readCharacters(await this.subset(part, 400, characters));
      for (const character of characters) {
        const code = character.codePointAt(0) ?? 0;
        if (!held.has(code)) this.#characters.set(code, undefined);
      }
    }
  }

  #byPart(text: string): { part: string; characters: string }[] {
    const parts = new Map<string, Set<string>>();
    for (const { part, text: run } of this.runs(text)) {
      if (part === undefined || part === LATIN_QUOTES) continue;
      const characters = parts.get(part) ?? new Set<string>();
      for (const character of run) if (character !== '\n') characters.add(character);
      parts.set(part, characters);
    }
    return [...parts]
      .filter(([, characters]) => characters.size > 0)
      .map(([part, characters]) => ({ part, characters: [...characters].join('') }));
  }

  runs(text: string): FontRun[] {
    const runs: FontRun[] = [];
    for (const character of text) {
      const quote = this.#latinQuotes && QUOTES.includes(character);
      const part = quote ? LATIN_QUOTES : this.#findPart(character.codePointAt(0) ?? 0);
      const last = runs.at(-1);
      if (last !== undefined && last.part === part) last.text += character;
      else runs.push({ part, text: character });
    }
    return runs;
  }

  #findPart(code: number): string | undefined {
    if (!this.#characters.has(code)) {
      const part = this.#parts.find(({ ranges }) => ranges.some(([from, to]) => code >= from && code <= to));
      this.#characters.set(code, part?.name);
    }
    return this.#characters.get(code);
  }
}

function readCharacters(file: Buffer): ReadonlySet<number> {
  try {
    const font = create(file);
    return new Set('characterSet' in font ? font.characterSet : []);
  } catch {
    // A font subset to characters that it lacks has no character table at all.
    return new Set();
  }
}

function parseRange(range: string): readonly [number, number] {
  const [from = '', to = from] = range.trim().replace(/^U\+/i, '').split('-');
  return [Number.parseInt(from, 16), Number.parseInt(to, 16)];
}
