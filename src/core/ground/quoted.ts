const MOST_QUOTED_CHARACTERS = 80;
const MOST_TAIL_CHARACTERS = 56;
const MOST_NAME_CHARACTERS = 32;
/** A name of many short words is a sentence. */
const MOST_NAME_WORDS = 4;

/** The file's own words, short and in quotes, so that they cannot pass for ours. */
export function quoted(text: string): string {
  return `“${plain(text)}”`;
}

/** A name (a tool, a maker, a step), for a text that has the quotes: enough to know it by, too little to make a claim of. */
export function plainName(text: string): string {
  const name = shortened(text, mostOf(text));
  const words = name.split(/\s+/);
  return words.length > MOST_NAME_WORDS ? `${words.slice(0, MOST_NAME_WORDS).join(' ')}…` : name;
}

/** As many characters as are as wide as a name may be: those of Chinese count for two. */
function mostOf(text: string): number {
  let width = 0;
  for (let at = 0; at < text.length; at += 1) {
    width += WIDE.test(text.charAt(at)) ? 2 : 1;
    if (width > MOST_NAME_CHARACTERS) return Math.max(at, MOST_NAME_CHARACTERS / 2);
  }
  return MOST_NAME_CHARACTERS;
}
const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/;

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
  if (clean.length <= most) return clean;
  return addressEnd(clean, most) ?? `${clean.slice(0, most - 1)}…`;
}

/** Of an address too long for its place the last part, which in a vocabulary is the term; undefined where that is too long. */
function addressEnd(text: string, most: number): string | undefined {
  const [, last] = /^https?:\/\/[^\s/]+\/(?:\S*[/#])?([^\s/#]+)\/?$/i.exec(text) ?? [];
  return last === undefined || last.length + 2 > most ? undefined : `…/${last}`;
}
