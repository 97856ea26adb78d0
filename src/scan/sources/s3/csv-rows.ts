import { StringDecoder } from 'node:string_decoder';
import { message } from '../../../i18n/message.js';
import { SourceError } from '../entry.js';

const ROW_CHARACTERS = 64 * 1024;

/** Parses rows of RFC 4180 from a stream: quoted cells with doubled quotes, and line breaks inside quotes. */
export async function* parseCsvRows(pieces: AsyncIterable<Buffer | string>): AsyncGenerator<string[]> {
  const decoder = new StringDecoder('utf8');
  const row = new RowParser();
  for await (const piece of pieces) {
    for (const character of typeof piece === 'string' ? piece : decoder.write(piece)) {
      const whole = row.add(character);
      if (whole !== undefined) yield whole;
    }
  }
  const last = row.end();
  if (last !== undefined) yield last;
}

class RowParser {
  #cells: string[] = [];
  #cell = '';
  #characters = 0;
  /** `closing` follows a quote inside quotes, which ends the cell or is the first of a doubled quote. */
  #state: 'plain' | 'quoted' | 'closing' = 'plain';
  /** Whether the line has any cell; an empty line is not a row. */
  #any = false;

  /** Adds a character; returns the row that it completes. */
  add(character: string): string[] | undefined {
    this.#characters += 1;
    if (this.#characters > ROW_CHARACTERS)
      throw new SourceError('not-readable', message('scan.inventory.row'));
    if (this.#state === 'quoted') {
      if (character === '"') this.#state = 'closing';
      else this.#cell += character;
      return undefined;
    }
    if (this.#state === 'closing') {
      this.#state = character === '"' ? 'quoted' : 'plain';
      if (character === '"') {
        this.#cell += '"';
        return undefined;
      }
    }
    return this.#plain(character);
  }

  #plain(character: string): string[] | undefined {
    if (character === '\n') return this.#whole();
    if (character === '"' && this.#cell === '') {
      this.#state = 'quoted';
      this.#any = true;
    } else if (character === ',') {
      this.#cells.push(this.#cell);
      this.#cell = '';
      this.#any = true;
    } else this.#cell += character;
    return undefined;
  }

  end(): string[] | undefined {
    if (this.#state === 'quoted') throw new SourceError('not-readable', message('scan.inventory.damaged'));
    return this.#whole();
  }

  #whole(): string[] | undefined {
    const cells = [...this.#cells, this.#cell.replace(/\r$/, '')];
    const isRow = this.#any || cells.join('') !== '';
    this.#cells = [];
    this.#cell = '';
    this.#characters = 0;
    this.#any = false;
    this.#state = 'plain';
    return isRow ? cells : undefined;
  }
}
