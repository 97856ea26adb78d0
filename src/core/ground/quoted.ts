const MOST_QUOTED_CHARACTERS = 80;
const MOST_TAIL_CHARACTERS = 56;
const MOST_NAME_CHARACTERS = 32;

/** The file's own words, short and in quotes, so that they cannot pass for ours. */
export function quoted(text: string): string {
  return `“${plain(text)}”`;
}

/** A name (a tool, a maker, a step), for a text that has the quotes: enough to know it by, too little to make a claim of. */
export function plainName(text: string): string {
  return shortened(text, MOST_NAME_CHARACTERS);
}

/** Of a long address its end, which tells places apart. */
export function tail(place: string): string {
  return place.length > MOST_TAIL_CHARACTERS ? `…${place.slice(-MOST_TAIL_CHARACTERS)}` : place;
}

/** The same without the quotes: for a name that some list vouches for. */
export function plain(text: string): string {
  return shortened(text, MOST_QUOTED_CHARACTERS);
}

function shortened(text: string, most: number): string {
  const clean = text
    .replace(/[\p{C}\p{Zl}\p{Zp}]/gu, ' ')
    .replace(/[“”"]/g, "'")
    .trim();
  return clean.length > most ? `${clean.slice(0, most - 1)}…` : clean;
}
