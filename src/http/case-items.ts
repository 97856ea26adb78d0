import type { FastifyRequest } from 'fastify';
import { caseItemTold, matchToKeep } from '../cases/told.js';
import type { Actor } from '../core/log/leaf.js';
import { said } from '../say/said.js';
import { type Speech, speechOf } from '../say/speech.js';
import { type ByWhom, CaseError, type CaseItem, type NewCaseItem } from '../store/cases.js';
import { isInspectionId, newInspectionId } from '../store/inspection-id.js';
import { actorOf, tenantOf } from './access.js';
import type { MatchRef, NewCaseItemBody } from './case-schemas.js';
import { shownWords } from './case-words.js';
import type { Match } from './match-schemas.js';
import { matchTold } from './matches-told.js';
import { type Found, MOST_MATCHES } from './matching.js';
import { once } from './once.js';
import { badField, Problem } from './problem.js';
import type { Services } from './services.js';
import { withTag } from './state-tag.js';

/** Which members each kind takes; the first of them it cannot do without. */
const MEMBERS = {
  inspection: ['inspection'],
  note: ['text'],
  link: ['link', 'text'],
  match: ['match', 'inspection', 'text'],
  finding: ['finding'],
} as const satisfies Record<NewCaseItemBody['kind'], readonly (keyof NewCaseItemBody)[]>;

/** Who changes a case, and when. */
export const changedBy = (
  request: FastifyRequest,
  { now }: Pick<Services, 'now'>,
): Required<ByWhom> & { by: Actor } => ({
  at: now().toISOString(),
  by: actorOf(request),
});

export async function addItem(
  request: FastifyRequest,
  id: string,
  body: NewCaseItemBody,
  services: Services,
): Promise<CaseItem> {
  const { kind, match, ...rest } = body;
  const takes: readonly string[] = MEMBERS[kind];
  for (const [name, value] of Object.entries(body))
    if (name !== 'kind' && value !== undefined && !takes.includes(name))
      throw badField(name, said('problem.field.otherKind', { kind }));
  const [needed] = MEMBERS[kind];
  if (body[needed] === undefined) throw badField(needed, said('problem.field.needed', { kind }));
  const { inspection, ...words } = rest;
  const { cases } = services.stores;
  const tenant = tenantOf(request);
  const { made } = await once(request, services, {
    // An inspection stands in a case under its own id.
    id: kind === 'inspection' && isInspectionId(inspection ?? '') ? (inspection ?? '') : newInspectionId(),
    of: body,
    make: async (itemId) => {
      const item: NewCaseItem = {
        kind,
        ...(inspection === undefined ? {} : { inspection }),
        ...shownWords(words),
        ...(match === undefined ? {} : await taken(request, inspection, match, services)),
      };
      const added = changedBy(request, services);
      const there = await toldCase(cases.add(tenant, id, item, added, itemId));
      if (there === undefined) throw new Problem('case-not-found');
      return there;
    },
    statusOf: () => 201,
    again: (itemId) => cases.item(tenant, id, itemId),
  });
  return made;
}

/** As it stands in a case, with the tag that taking it out can name. */
export function itemShown(item: CaseItem, speech: Speech) {
  const told = caseItemTold(item, speech);
  const isThere = item.removed === undefined && item.gone === undefined;
  return isThere ? withTag(told, item) : told;
}

/** The match is looked for again, and kept as it is found: nothing of it is the client’s word. */
async function taken(
  request: FastifyRequest,
  inspection: string | undefined,
  match: MatchRef,
  { stores, matching }: Services,
): Promise<Pick<NewCaseItem, 'match' | 'other'>> {
  if (inspection === undefined) throw badField('inspection', said('problem.field.needed', { kind: 'match' }));
  const record = await stores.inspections.get(tenantOf(request), inspection);
  if (record === undefined) throw new Problem('inspection-not-found');
  const sought = await matching.ofInspection(record, { limit: MOST_MATCHES });
  if (sought.state === 'off') throw new Problem('matches-off');
  if (sought.state === 'pending') throw new Problem('not-finished');
  const found = sought.state === 'done' ? sought.found : [];
  for (const one of found) {
    const told = matchTold(one, speechOf('en'));
    if (isMeant(told, match)) return { match: matchToKeep(told), ...otherOf(one) };
  }
  throw badField('match', said('problem.field.nothing'));
}

const REFERENCES = ['inspection', 'collection', 'item', 'scan', 'path', 'pathBytes'] as const;

const isMeant = (told: Match, match: MatchRef): boolean =>
  REFERENCES.every((name) => told[name] === match[name]);

const otherOf = ({ holder }: Found): Pick<NewCaseItem, 'other'> =>
  'inspection' in holder ? { other: holder.inspection } : {};

/** What the store will not take is the client’s to mend. */
export async function toldCase<T>(done: Promise<T>): Promise<T> {
  try {
    return await done;
  } catch (error) {
    if (!(error instanceof CaseError)) throw error;
    switch (error.code) {
      case 'case.full':
        throw new Problem('case-full', { cause: error });
      case 'case.too-large':
        throw new Problem('case-too-large', { cause: error });
      case 'case.there':
        throw new Problem('case-there', { cause: error });
      case 'case.no-inspection':
        throw new Problem('inspection-not-found', { cause: error });
      case 'case.bad':
        throw badField(error.member ?? 'name', said('problem.field.notTaken'));
    }
  }
}
