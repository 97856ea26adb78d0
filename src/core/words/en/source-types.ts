import { sourceTypes } from './c2pa.js';

/** A digital source type in words that go on after "it". */
export function termWords(term: string): string {
  const words: Readonly<Record<string, string>> = sourceTypes;
  return Object.hasOwn(words, term) ? (words[term] ?? '') : 'has an origin outside the vocabulary';
}
