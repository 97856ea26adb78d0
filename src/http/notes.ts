import type { FastifyRequest } from 'fastify';
import { said } from '../say/said.js';
import type { InspectionPatch } from '../store/inspections.js';
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
  noteId: string,
): Promise<Required<Pick<InspectionPatch, 'note' | 'by'>>> {
  const { tenant, name } = callerOf(request);
  const before = await stores.inspections.get(tenant, id);
  if (before === undefined) throw new Problem('inspection-not-found');
  if (before.notes.length >= deskLimits.notes) {
    throw badField('note', said('problem.field.tooMany', { most: deskLimits.notes }));
  }
  return {
    note: { id: noteId, text: noteText(text), by: name, at: now().toISOString() },
    by: actorOf(request),
  };
}
