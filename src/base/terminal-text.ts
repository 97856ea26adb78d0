import { showLines, showText } from './visible.js';

/** Escapes text for terminals: text from a file cannot move the cursor, change colours, ring the bell or reorder text. */
export function escapeTerminal(text: string, max?: number): string {
  return showText(text, max);
}

/** Quotes words from a file. Curly quotes in them become straight, so they cannot close the quotation. */
export function quoteTerminal(text: string, max?: number): string {
  return `“${escapeTerminal(text, max).replace(/[“”„‟]/g, '"')}”`;
}

/** Colours and weights written by text-lines.ts and doctor-text.ts. */
const OWN_STYLE = /(\u001b\[(?:0|1|2|22|36)m)/;

/**
 * Filters complete output for a terminal, as a second line of defence after escaping the parts. Only line breaks and,
 * if `isStyled`, Assay's own styles remain of all control characters.
 */
export function filterTerminalOutput(text: string, isStyled = false): string {
  if (!isStyled) return showLines(text);
  return text
    .split(OWN_STYLE)
    .map((piece, at) => (at % 2 === 0 ? showLines(piece) : piece))
    .join('');
}
