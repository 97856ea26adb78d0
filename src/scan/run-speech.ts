import { textOf } from '../core/report/text-in.js';
import type { Params, Said } from '../say/said.js';
import { type Speech, speechOf } from '../say/speech.js';

/** What people read in the records; what is to be said stands beside it. */
export const RUN_LANGUAGE = 'en';

/** Texts that are kept, and how long what is said may be as JSON: some 2 MB in all. */
const MOST_KEPT = 2_000;
const LONGEST_KEPT = 512;

/** So much of what is made of parts of records is kept, and of how long a part as JSON: some 1 MB each. */
const MOST_MADE = 500;
const LONGEST_MADE = 1_024;

/** What `make` makes of a part of a record, which is the same of most files, whatever else they are. It is not to be changed. */
export function onceMade<A extends readonly unknown[], T>(make: (...of: A) => T): (...of: A) => T {
  const known = new Map<string, T>();
  return (...of) => {
    const key = JSON.stringify(of);
    const before = known.get(key);
    if (before !== undefined) return before;
    const made = make(...of);
    if (known.size >= MOST_MADE) known.clear();
    if (key.length <= LONGEST_MADE) known.set(key, made);
    return made;
  };
}

/** What a list of sentences says, in the language of the run. */
export const sentencesSaid = onceMade((sentences: readonly Said[]) => textOf(sentences, runSpeech()));

/** Of most files the same is said. The same texts as of the speech, each made once. */
function remembering(speech: Speech): Speech {
  const known = new Map<string, string>();
  const say = (said: Said): string => {
    const { id, params }: { id: string; params?: Params | undefined } = said;
    // What has no places the speech itself remembers.
    if (params === undefined) return speech.say(said);
    const key = JSON.stringify([id, params]);
    const before = known.get(key);
    if (before !== undefined) return before;
    const text = speech.say(said);
    if (known.size >= MOST_KEPT) known.clear();
    if (key.length <= LONGEST_KEPT) known.set(key, text);
    return text;
  };
  return Object.defineProperty(Object.create(speech) as Speech, 'say', { value: say });
}

let speech: Speech | undefined;

export function runSpeech(): Speech {
  speech ??= remembering(speechOf(RUN_LANGUAGE));
  return speech;
}
