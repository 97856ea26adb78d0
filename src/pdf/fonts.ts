import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { create } from 'fontkit';
import subsetFont from 'subset-font';

/** One font file of the many that Noto Sans SC comes in, by the characters it holds. */
interface Part {
  name: string;
  ranges: readonly (readonly [number, number])[];
}

export type Weight = 400 | 700;
/** Text in one font file. `part` is undefined where no file has the characters. */
export interface FontRun {
  part: string | undefined;
  text: string;
}

/** As wide as a Chinese character in this font, and as that they would tear a Latin word apart. */
const QUOTES = '‘’“”';
/** One of the fonts that every reader of PDF brings along. */
export const LATIN_QUOTES = 'Helvetica';
const PACKAGE = '@fontsource-variable/noto-sans-sc';

export const weightOf = (bold = false): Weight => (bold ? 700 : 400);

/** As a document calls it. */
export const fontName = (part: string, weight: Weight): string =>
  part === LATIN_QUOTES ? (weight === 700 ? `${part}-Bold` : part) : `${part}/${weight}`;

/** Which font file holds which character; the files themselves are cut down to what a document needs. */
export class Fonts {
  readonly #folder: string;
  readonly #parts: readonly Part[];
  readonly #known = new Map<number, string | undefined>();

  readonly #latinQuotes: boolean;

  private constructor(folder: string, parts: readonly Part[], latinQuotes: boolean) {
    this.#folder = folder;
    this.#parts = parts;
    this.#latinQuotes = latinQuotes;
  }

  /** `language`: BCP 47, of the text. */
  static async open(language: string): Promise<Fonts> {
    const folder = dirname(createRequire(import.meta.url).resolve(`${PACKAGE}/package.json`));
    const listed: unknown = JSON.parse(await readFile(join(folder, 'unicode.json'), 'utf8'));
    if (typeof listed !== 'object' || listed === null) throw new Error(`${PACKAGE} lists no characters`);
    const parts = Object.entries(listed).map(([name, ranges]) => ({
      name: name.replace(/[[\]]/g, ''),
      ranges: String(ranges).split(',').map(rangeOf),
    }));
    // The small Latin parts first: they hold what most reports are written in.
    parts.sort((a, b) => Number(/^\d/.test(a.name)) - Number(/^\d/.test(b.name)));
    return new Fonts(folder, parts, !language.startsWith('zh'));
  }

  /** A font with these characters alone, TrueType. */
  async cut(part: string, weight: Weight, characters: string): Promise<Buffer> {
    const whole = await readFile(join(this.#folder, 'files', `noto-sans-sc-${part}-wght-normal.woff2`));
    return subsetFont(whole, characters, { targetFormat: 'sfnt', variationAxes: { wght: weight } });
  }

  /**
   * To be called with all that will be asked about: the list claims characters that the files do not hold, so each file
   * is looked into.
   */
  async learn(text: string): Promise<void> {
    for (const { part, characters } of this.#byPart(text)) {
      const held = charactersOf(await this.cut(part, 400, characters));
      for (const character of characters) {
        const code = character.codePointAt(0) ?? 0;
        if (!held.has(code)) this.#known.set(code, undefined);
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
      const part = quote ? LATIN_QUOTES : this.#partOf(character.codePointAt(0) ?? 0);
      const last = runs.at(-1);
      if (last !== undefined && last.part === part) last.text += character;
      else runs.push({ part, text: character });
    }
    return runs;
  }

  #partOf(code: number): string | undefined {
    if (!this.#known.has(code)) {
      const part = this.#parts.find(({ ranges }) => ranges.some(([from, to]) => code >= from && code <= to));
      this.#known.set(code, part?.name);
    }
    return this.#known.get(code);
  }
}

function charactersOf(file: Buffer): ReadonlySet<number> {
  try {
    const font = create(file);
    return new Set('characterSet' in font ? font.characterSet : []);
  } catch {
    // Cut down to characters that it does not hold, a font has no table of characters at all.
    return new Set();
  }
}

function rangeOf(range: string): readonly [number, number] {
  const [from = '', to = from] = range.trim().replace(/^U\+/i, '').split('-');
  return [Number.parseInt(from, 16), Number.parseInt(to, 16)];
}
