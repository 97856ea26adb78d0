import { message } from '../../i18n/message.js';
import { badField } from '../contract/problems/problem.js';
import { toDisplayText } from '../contract/shown-text.js';

/** Bounds and checks of the case references, tags and notes that people write. */
export const deskLimits = {
  caseRefCharacters: 200,
  tagCharacters: 64,
  tags: 50,
  noteCharacters: 4_000,
  notes: 200,
} as const;

export function parseCaseRef(text: string): string {
  return cleanField('caseRef', text, deskLimits.caseRefCharacters);
}

/** Returns the tags in the order given, without duplicates. */
export function parseTags(texts: readonly string[]): string[] {
  const tags = [...new Set(texts.map((text) => cleanField('tags', text, deskLimits.tagCharacters)))];
  if (tags.length > deskLimits.tags)
    throw badField('tags', message('problem.field.tags', { most: deskLimits.tags }));
  return tags;
}

export function parseNote(text: string): string {
  // Line breaks stay; each line is cleaned for display.
  const lines = text.split(/\r\n|\r|\n/).map(toDisplayText);
  return assertBounded('note', lines.join('\n').trim(), deskLimits.noteCharacters);
}

function cleanField(field: string, text: string, max: number): string {
  return assertBounded(field, toDisplayText(text).trim(), max);
}

function assertBounded(field: string, shown: string, max: number): string {
  if (shown === '') throw badField(field, message('problem.field.blank'));
  if (shown.length > max) throw badField(field, message('problem.field.characters', { most: max }));
  return shown;
}
