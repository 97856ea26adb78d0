import { visible, visibleLines } from './visible.js';

/** The escaper of terminals: nothing in a file's text can move the cursor, colour, ring or turn text around. */
export function escapeTerminal(text: string, most?: number): string {
  return visible(text, most);
}

/** The file's words as a quotation it cannot close: its own curly quotes come out straight. */
export function quoteTerminal(text: string, most?: number): string {
  return `“${escapeTerminal(text, most).replace(/[“”„‟]/g, '"')}”`;
}

/** Colours and weights that pages of ours have: text-lines.ts and doctor-text.ts. */
const OWN_STYLE = /(\u001b\[(?:0|1|2|22|36)m)/;

/**
 * Whole output on its way to a terminal, where each piece of a file in it should have been escaped before: line breaks and,
 * where it is `styled`, our own styles are all that is left of controls.
 */
export function terminalOutput(text: string, styled = false): string {
  if (!styled) return visibleLines(text);
  return text
    .split(OWN_STYLE)
    .map((piece, at) => (at % 2 === 0 ? visibleLines(piece) : piece))
    .join('');
}
