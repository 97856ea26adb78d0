import { visible } from './visible.js';

/** The one door for text on its way to a terminal: nothing in it can move the cursor, colour, ring or turn text around. */
export function escapeTerminal(text: string, most?: number): string {
  return visible(text, most);
}

/** The file's words as a quotation it cannot close: its own curly quotes come out straight. */
export function quoteTerminal(text: string, most?: number): string {
  return `“${escapeTerminal(text, most).replace(/[“”„‟]/g, '"')}”`;
}
