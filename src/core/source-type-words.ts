import { en } from './words/en.js';

/** A digital source type in words that go on after "it". */
export function termWords(term: string): string {
  const words: Readonly<Record<string, string>> = en.sourceTypes;
  return Object.hasOwn(words, term) ? (words[term] ?? '') : 'has an origin outside the vocabulary';
}
