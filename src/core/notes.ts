import { type Said, said } from '../say/said.js';

/** Two sentences as one thing to say, or whichever of them there is. */
export function afterOneAnother<A extends Said | undefined, B extends Said | undefined>(
  first: A,
  second: B,
): A | B | Said {
  return first === undefined || second === undefined
    ? (first ?? second)
    : said('note.both', { first, second });
}
