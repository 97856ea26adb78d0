import type { Readable } from 'node:stream';
import { ValueCount } from '../core/ground/json-text.js';

/** What bounds one line. */
interface LineBounds {
  /** Asked for each piece that comes: it may depend on what is waited for. */
  characters: () => number;
  /** Of the JSON in it; left out: any number. */
  values?: number;
}

/**
 * Cuts a stream into lines. The bounds stand before any parsing: whoever writes without ever ending a line must not fill
 * our memory, and who fills a line with values must not hold the thread that parses it.
 */
export function onLines(
  stream: Readable,
  { characters, values = Number.POSITIVE_INFINITY }: LineBounds,
  onLine: (line: string) => void,
  onTooLong: () => void,
): void {
  let held: string[] = [];
  let heldCharacters = 0;
  let count: ValueCount | undefined;
  let over = false;
  const isOver = (piece: string): boolean => {
    heldCharacters += piece.length;
    if (heldCharacters > characters()) return true;
    // A line that is no longer than that cannot hold as many, and most are not.
    if (heldCharacters <= values) return false;
    if (count === undefined) {
      count = new ValueCount();
      for (const before of held) count.take(before);
    }
    count.take(piece);
    return count.values > values;
  };
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => {
    const pieces = chunk.split('\n');
    for (const [index, piece] of pieces.entries()) {
      if (over) return;
      if (isOver(piece)) {
        over = true;
        held = [];
        onTooLong();
        return;
      }
      held.push(piece);
      if (index === pieces.length - 1) break;
      const line = held.join('');
      held = [];
      heldCharacters = 0;
      count = undefined;
      onLine(line);
    }
  });
}
