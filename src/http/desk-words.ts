import { said } from '../say/said.js';
import { badField } from './problem.js';
import { shownText } from './shown-text.js';

/** What a desk calls its stories: bounded, and fit to be shown. */
export const deskLimits = {
  caseRefCharacters: 200,
  tagCharacters: 64,
  tags: 50,
  noteCharacters: 4_000,
  notes: 200,
} as const;

export function caseRef(text: string): string {
  return words('caseRef', text, deskLimits.caseRefCharacters);
}

/** In the order given, each once. */
export function tagList(texts: readonly string[]): string[] {
  const tags = [...new Set(texts.map((text) => words('tags', text, deskLimits.tagCharacters)))];
  if (tags.length > deskLimits.tags)
    throw badField('tags', said('problem.field.tags', { most: deskLimits.tags }));
  return tags;
}

export function noteText(text: string): string {
  // Its lines stay lines; each is fit to be shown.
  const lines = text.split(/\r\n|\r|\n/).map(shownText);
  return bounded('note', lines.join('\n').trim(), deskLimits.noteCharacters);
}

function words(field: string, text: string, most: number): string {
  return bounded(field, shownText(text).trim(), most);
}

function bounded(field: string, shown: string, most: number): string {
  if (shown === '') throw badField(field, said('problem.field.blank'));
  if (shown.length > most) throw badField(field, said('problem.field.characters', { most }));
  return shown;
}
