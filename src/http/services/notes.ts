import type { FastifyRequest } from 'fastify';
import { message } from '../../i18n/message.js';
import type { InspectionPatch } from '../../storage/inspections/inspections.js';
import { actorOf, callerOf } from '../contract/access.js';
import { badField, Problem } from '../contract/problems/problem.js';
import { deskLimits, parseNote } from './desk-fields.js';
import type { Services } from './services.js';

/**
 * Builds a person's note about an inspection, as it is stored. Throws `Problem` if the inspection has the maximum
 * number of notes.
 */
export async function buildNote(
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
    throw badField('note', message('problem.field.tooMany', { most: deskLimits.notes }));
  }
  return {
    note: { id: noteId, text: parseNote(text), by: name, at: now().toISOString() },
    by: actorOf(request),
  };
}
