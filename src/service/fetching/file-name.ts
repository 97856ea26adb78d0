import { fetchLimits as limits } from './fetch-limits.js';

/** Control characters, lone surrogates and bidirectional marks. */
const NOT_DISPLAYABLE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;

/**
 * Returns the file name in an address: its last segment, or the host if there is none. Contains no path and is not
 * trusted.
 */
export function fileNameOf({ pathname, hostname }: URL): string {
  const last = pathname.split('/').at(-1) ?? '';
  const name = decodeSegment(last).replace(/[/\\]/g, '_').replace(NOT_DISPLAYABLE, '').trim();
  if (name === '' || name === '.' || name === '..') return hostname;
  if (name.length <= limits.nameCharacters) return name;
  // Shortens the stem and preserves the extension, which shows the type that the server claims.
  const ending = /\.[A-Za-z0-9]{1,12}$/.exec(name)?.[0] ?? '';
  return name.slice(0, limits.nameCharacters - ending.length).replace(/[\ud800-\udbff]$/, '') + ending;
}

function decodeSegment(piece: string): string {
  try {
    return decodeURIComponent(piece);
  } catch {
    return piece;
  }
}
