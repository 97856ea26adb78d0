import type { CaseFinding, CaseWords } from '../store/cases.js';
import { shownText } from './shown-text.js';

/** What people write into a case, fit to be shown: lines stay lines, and no mark in it turns other text around. */

export const oneLine = (text: string): string => shownText(text).trim();

export const severalLines = (text: string): string =>
  text
    .split(/\r\n|\r|\n/)
    .map(shownText)
    .join('\n')
    .trim();

export function shownWords({ text, link, finding, ...rest }: CaseWords): CaseWords {
  return {
    ...rest,
    ...(text === undefined ? {} : { text: severalLines(text) }),
    ...(link === undefined ? {} : { link: link.trim() }),
    ...(finding === undefined ? {} : { finding: shownFinding(finding) }),
  };
}

const LONG = new Set(['claim', 'conclusion']);

function shownFinding(finding: CaseFinding): CaseFinding {
  const words = Object.entries(finding).map(([name, value]) => [
    name,
    LONG.has(name) ? severalLines(value) : oneLine(value),
  ]);
  return Object.fromEntries(words) as CaseFinding;
}
