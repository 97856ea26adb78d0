import { fetchLimits as limits } from './fetch-limits.js';

/** Control characters, halves of surrogate pairs, and the marks that turn text around. */
const UNSHOWABLE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;

/** What the address calls its file: its last piece, no path; the host where it ends without one. Never believed. */
export function nameOf({ pathname, hostname }: URL): string {
  const last = pathname.split('/').at(-1) ?? '';
  const name = decoded(last).replace(/[/\\]/g, '_').replace(UNSHOWABLE, '').trim();
  if (name === '' || name === '.' || name === '..') return hostname;
  if (name.length <= limits.nameCharacters) return name;
  // The stem is cut, not the ending: the ending says what the server takes the file for.
  const ending = /\.[A-Za-z0-9]{1,12}$/.exec(name)?.[0] ?? '';
  return name.slice(0, limits.nameCharacters - ending.length).replace(/[\ud800-\udbff]$/, '') + ending;
}

function decoded(piece: string): string {
  try {
    return decodeURIComponent(piece);
  } catch {
    return piece;
  }
}
