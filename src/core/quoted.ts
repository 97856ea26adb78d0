const MOST_QUOTED_CHARACTERS = 80;
const MOST_TAIL_CHARACTERS = 56;

/** The file's own words, short and in quotes, so that they cannot pass for ours. */
export function quoted(text: string): string {
  return `“${plain(text)}”`;
}

/** Of a long address its end, which tells places apart. */
export function tail(place: string): string {
  return place.length > MOST_TAIL_CHARACTERS ? `…${place.slice(-MOST_TAIL_CHARACTERS)}` : place;
}

/** The same without the quotes: for a name that some list vouches for. */
export function plain(text: string): string {
  const clean = text
    .replace(/[\p{C}\p{Zl}\p{Zp}]/gu, ' ')
    .replace(/[“”"]/g, "'")
    .trim();
  return clean.length > MOST_QUOTED_CHARACTERS ? `${clean.slice(0, MOST_QUOTED_CHARACTERS - 1)}…` : clean;
}
