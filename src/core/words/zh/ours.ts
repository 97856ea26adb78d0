import { FACT_VALUES } from './fact-values.js';

/** Our own English in a Report, in Chinese, sentence by sentence or whole; as it is where no row knows a part of it. */
export function ours(english: string): string {
  const parts = english.split(/(?<=\.) (?=\p{Lu})/u).map(known);
  if (parts.every((part) => part !== undefined)) return parts.join('');
  return known(english) ?? english;
}

function known(english: string): string | undefined {
  for (const [pattern, chinese] of FACT_VALUES) {
    const found = pattern.exec(english);
    if (found) return chinese(...found.slice(1).map((part = '') => part));
  }
  return undefined;
}
