import { limits } from '../core/ground/limits.js';
import { cutText, shownText } from './shown-text.js';

/** What a client called its file, made fit to be shown. It never becomes part of a path. */
export function uploadName(clientName: string | undefined): string {
  const base = (clientName ?? '').split(/[/\\]/).at(-1) ?? '';
  const shown = shownText(base);
  if (shown === '' || shown === '.' || shown === '..') return 'unnamed';
  // The stem is cut, not the ending: the ending says what the client takes the file for.
  const ending = /\.[A-Za-z0-9]{1,12}$/.exec(shown)?.[0] ?? '';
  const stem = shown.slice(0, shown.length - ending.length);
  return cutText(stem, limits.assetNameCharacters - ending.length) + ending;
}
