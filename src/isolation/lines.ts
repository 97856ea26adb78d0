import type { Readable } from 'node:stream';

/**
 * Cuts a stream into lines, none longer than `most` characters.
 * The bound stands before any parsing: whoever writes without ever ending a line must not fill our memory.
 */
export function onLines(
  stream: Readable,
  most: number,
  onLine: (line: string) => void,
  onTooLong: () => void,
): void {
  let held: string[] = [];
  let heldCharacters = 0;
  let over = false;
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => {
    const pieces = chunk.split('\n');
    for (const [index, piece] of pieces.entries()) {
      if (over) return;
      heldCharacters += piece.length;
      if (heldCharacters > most) {
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
      onLine(line);
    }
  });
}
