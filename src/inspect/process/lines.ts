import type { Readable } from 'node:stream';
import { ValueCounter } from '../../base/json-text.js';

/** Limits of one line. */
interface LineBounds {
  /** Called for each piece received, because the limit may depend on the pending request. */
  characters: () => number;
  /** Maximum number of JSON values; if absent, unlimited. */
  values?: number;
}

/**
 * Splits a stream into lines. Applies the limits before parsing: an endless line must not fill memory, and a line full
 * of values must not block the parsing thread.
 */
export function readLines(
  stream: Readable,
  { characters, values = Number.POSITIVE_INFINITY }: LineBounds,
  onLine: (line: string) => void,
  onTooLong: () => void,
): void {
  let held: string[] = [];
  let heldCharacters = 0;
  let count: ValueCounter | undefined;
  let over = false;
  const isOver = (piece: string): boolean => {
    heldCharacters += piece.length;
    if (heldCharacters > characters()) return true;
    // A line shorter than the limit cannot contain that many values, and most lines are shorter.
    if (heldCharacters <= values) return false;
    if (count === undefined) {
      count = new ValueCounter();
      for (const before of held) count.add(before);
    }
    count.add(piece);
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
