import { limits } from '../../base/limits.js';
import { cutText, toDisplayText } from '../contract/shown-text.js';

/** Cleans the client's file name for display. It never becomes part of a path. */
export function cleanUploadName(clientName: string | undefined): string {
  const base = (clientName ?? '').split(/[/\\]/).at(-1) ?? '';
  const shown = toDisplayText(base);
  if (shown === '' || shown === '.' || shown === '..') return 'unnamed';
  // The stem is cut, not the extension, which tells what the client takes the file for.
  const ending = /\.[A-Za-z0-9]{1,12}$/.exec(shown)?.[0] ?? '';
  const stem = shown.slice(0, shown.length - ending.length);
  return cutText(stem, limits.assetNameCharacters - ending.length) + ending;
}
