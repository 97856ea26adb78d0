import { StringDecoder } from 'node:string_decoder';
import { said } from '../../say/said.js';
import { SourceError } from '../entry.js';

const ROW_CHARACTERS = 64 * 1024;

/** Rows of RFC 4180, as they come: quotes around a cell, doubled inside of it; line ends in quotes belong to the cell. */
export async function* csvRows(pieces: AsyncIterable<Buffer | string>): AsyncGenerator<string[]> {
  const decoder = new StringDecoder('utf8');
  const row = new Row();
  for await (const piece of pieces) {
    for (const character of typeof piece === 'string' ? piece : decoder.write(piece)) {
      const whole = row.take(character);
      if (whole !== undefined) yield whole;
    }
  }
  const last = row.end();
  if (last !== undefined) yield last;
}

class Row {
  #cells: string[] = [];
  #cell = '';
  #characters = 0;
  /** Within quotes; `closing` behind a quote there, which ends them or is the first of two. */
  #state: 'plain' | 'quoted' | 'closing' = 'plain';
  /** An empty line is no row. */
  #any = false;

  /** The row that ends with this character. */
  take(character: string): string[] | undefined {
    this.#characters += 1;
    if (this.#characters > ROW_CHARACTERS) throw new SourceError('not-readable', said('scan.inventory.row'));
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
    if (this.#state === 'quoted') throw new SourceError('not-readable', said('scan.inventory.damaged'));
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
