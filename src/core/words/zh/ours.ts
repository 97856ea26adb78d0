import { FACT_VALUES } from './fact-values.js';
import { habits } from './habits.js';
import { notChecked } from './not-checked.js';

/** Every text of ours that a Report holds in English, as far as it is known. */
const WHOLE: Readonly<Record<string, string>> = { ...notChecked, ...habits };

/** Our own English in a Report, in Chinese, sentence by sentence or whole; as it is where no row knows a part of it. */
export function ours(english: string): string {
  const parts = english.split(/(?<=\.) (?=\p{Lu})/u).map(known);
  if (parts.every((part) => part !== undefined)) return parts.join('');
  return known(english) ?? english;
}

function known(english: string): string | undefined {
  if (Object.hasOwn(WHOLE, english)) return WHOLE[english];
  for (const [pattern, chinese] of FACT_VALUES) {
    const found = pattern.exec(english);
    if (found) return chinese(...found.slice(1).map((part = '') => part));
  }
  return undefined;
}
