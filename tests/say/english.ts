import type { Said } from '../../src/say/said.js';
import { SaidError } from '../../src/say/said-error.js';
import { speechOf } from '../../src/say/speech.js';

/** What a person reads of it. */
export const english = (what: Said): string => speechOf('en').say(what);
export const chinese = (what: Said): string => speechOf('zh-Hans').say(what);

/** The English of an error: what it says of itself is an id and what goes into its places. */
export function englishOf(error: unknown): string {
  if (error instanceof SaidError) return english(error.said);
  return error instanceof Error ? error.message : String(error);
}

/** What is thrown, in English; fails where nothing is. */
export function thrown(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    return englishOf(error);
  }
  throw new Error('nothing was thrown');
}
