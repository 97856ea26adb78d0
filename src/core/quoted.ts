const MOST_QUOTED_CHARACTERS = 80;

/** The file's own words, short and in quotes, so that they cannot pass for ours. */
export function quoted(text: string): string {
  return `“${plain(text)}”`;
}

/** The same without the quotes: for a name that some list vouches for. */
export function plain(text: string): string {
  const clean = text
    .replace(/[\p{C}\p{Zl}\p{Zp}]/gu, ' ')
    .replace(/[“”"]/g, "'")
    .trim();
  return clean.length > MOST_QUOTED_CHARACTERS ? `${clean.slice(0, MOST_QUOTED_CHARACTERS - 1)}…` : clean;
}
