import type { FastifyRequest } from 'fastify';
import type { Note } from '../core/renderers/html-notes.js';
import { said } from '../say/said.js';
import type { InspectionNote, InspectionPatch } from '../store/inspections.js';
import { LOCAL_TENANT } from '../store/scopes.js';
import { actorOf, callerOf } from './access.js';
import { deskLimits, noteText } from './desk-words.js';
import { badField, Problem } from './problem.js';
import type { Services } from './services.js';

/** A person's words about an inspection, as they are kept. Rejects where there are as many as there may be. */
export async function newNote(
  request: FastifyRequest,
  { stores, now }: Pick<Services, 'stores' | 'now'>,
  id: string,
  text: string,
): Promise<Required<Pick<InspectionPatch, 'note' | 'by'>>> {
  const { tenant, name } = callerOf(request);
  const before = await stores.inspections.get(tenant, id);
  if (before === undefined) throw new Problem('inspection-not-found');
  if (before.notes.length >= deskLimits.notes) {
    throw badField('note', said('problem.field.tooMany', { most: deskLimits.notes }));
  }
  return { note: { text: noteText(text), by: name, at: now().toISOString() }, by: actorOf(request) };
}

/** As they are shown. Where nobody shows a key, there is no name to tell. */
export const shownNotes = (notes: readonly InspectionNote[]): Note[] =>
  notes.map(({ text, by, at }) => ({ text, at, ...(by === LOCAL_TENANT ? {} : { by }) }));
