import type { CaseFinding, CaseItemContent } from '../../storage/cases/cases.js';
import { toDisplayText } from '../contract/shown-text.js';

/**
 * Cleans text that people write into a case for display: line breaks stay, and no control character reverses other
 * text.
 */

export const cleanLine = (text: string): string => toDisplayText(text).trim();

export const cleanLines = (text: string): string =>
  text
    .split(/\r\n|\r|\n/)
    .map(toDisplayText)
    .join('\n')
    .trim();

export function cleanTexts({ text, link, finding, ...rest }: CaseItemContent): CaseItemContent {
  return {
    ...rest,
    ...(text === undefined ? {} : { text: cleanLines(text) }),
    ...(link === undefined ? {} : { link: link.trim() }),
    ...(finding === undefined ? {} : { finding: cleanFinding(finding) }),
  };
}

const LONG = new Set(['claim', 'conclusion']);

function cleanFinding(finding: CaseFinding): CaseFinding {
  const words = Object.entries(finding).map(([name, value]) => [
    name,
    LONG.has(name) ? cleanLines(value) : cleanLine(value),
  ]);
  return Object.fromEntries(words) as CaseFinding;
}
