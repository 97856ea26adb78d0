import type { FastifyRequest } from 'fastify';
import type { Actor } from '../../core/transparency-log/leaf.js';
import { message } from '../../i18n/message.js';
import { type Translator, translatorFor } from '../../i18n/translator.js';
import { toCaseItemView, toStoredMatch } from '../../service/cases/case-view.js';
import { CaseError, type CaseItem, type NewCaseItem } from '../../storage/cases/cases.js';
import { isInspectionId, newInspectionId } from '../../storage/engine/record-id.js';
import type { ChangeOrigin } from '../../storage/inspections/case-bounds.js';
import { actorOf, tenantOf } from '../contract/access.js';
import { badField, Problem } from '../contract/problems/problem.js';
import { addEtag } from '../contract/state-tag.js';
import { runOnce } from '../services/idempotency.js';
import type { Match } from '../services/matches/match-schemas.js';
import { toMatchView } from '../services/matches/match-view.js';
import { MAX_MATCHES, type MatchedFile } from '../services/matches/matching.js';
import type { Services } from '../services/services.js';
import type { MatchRef, NewCaseItemBody } from './case-schemas.js';
import { cleanTexts } from './case-text.js';

/** Members that each kind takes; the first is required. */
const MEMBERS = {
  inspection: ['inspection'],
  note: ['text'],
  link: ['link', 'text'],
  match: ['match', 'inspection', 'text'],
  finding: ['finding'],
} as const satisfies Record<NewCaseItemBody['kind'], readonly (keyof NewCaseItemBody)[]>;

/** Returns the actor and the time of a change to a case. */
export const changeInfo = (
  request: FastifyRequest,
  { now }: Pick<Services, 'now'>,
): Required<ChangeOrigin> & { by: Actor } => ({
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
      throw badField(name, message('problem.field.otherKind', { kind }));
  const [needed] = MEMBERS[kind];
  if (body[needed] === undefined) throw badField(needed, message('problem.field.needed', { kind }));
  const { inspection, ...words } = rest;
  const { cases } = services.stores;
  const tenant = tenantOf(request);
  const { made } = await runOnce(request, services, {
    // An inspection stands in a case under its own id.
    id: kind === 'inspection' && isInspectionId(inspection ?? '') ? (inspection ?? '') : newInspectionId(),
    content: body,
    make: async (itemId) => {
      const item: NewCaseItem = {
        kind,
        ...(inspection === undefined ? {} : { inspection }),
        ...cleanTexts(words),
        ...(match === undefined ? {} : await findMatch(request, inspection, match, services)),
      };
      const added = changeInfo(request, services);
      const there = await mapCaseErrors(cases.add(tenant, id, item, added, itemId));
      if (there === undefined) throw new Problem('case-not-found');
      return there;
    },
    statusOf: () => 201,
    reload: (itemId) => cases.item(tenant, id, itemId),
  });
  return made;
}

/** Returns the view of a case item, with the tag that its removal can name. */
export function toTaggedItemView(item: CaseItem, translator: Translator) {
  const told = toCaseItemView(item, translator);
  const isThere = item.removed === undefined && item.gone === undefined;
  return isThere ? addEtag(told, item) : told;
}

/** Searches for the match again and stores the result, so that nothing of it is taken from the client. */
async function findMatch(
  request: FastifyRequest,
  inspection: string | undefined,
  match: MatchRef,
  { stores, matching }: Services,
): Promise<Pick<NewCaseItem, 'match' | 'other'>> {
  if (inspection === undefined)
    throw badField('inspection', message('problem.field.needed', { kind: 'match' }));
  const record = await stores.inspections.get(tenantOf(request), inspection);
  if (record === undefined) throw new Problem('inspection-not-found');
  const sought = await matching.searchByInspection(record, { limit: MAX_MATCHES });
  if (sought.state === 'off') throw new Problem('matches-off');
  if (sought.state === 'pending') throw new Problem('not-finished');
  const found = sought.state === 'done' ? sought.found : [];
  for (const one of found) {
    const told = toMatchView(one, translatorFor('en'));
    if (isReferencedMatch(told, match)) return { match: toStoredMatch(told), ...otherInspection(one) };
  }
  throw badField('match', message('problem.field.nothing'));
}

const REFERENCES = ['inspection', 'collection', 'item', 'scan', 'path', 'pathBytes'] as const;

const isReferencedMatch = (told: Match, match: MatchRef): boolean =>
  REFERENCES.every((name) => told[name] === match[name]);

const otherInspection = ({ holder }: MatchedFile): Pick<NewCaseItem, 'other'> =>
  'inspection' in holder ? { other: holder.inspection } : {};

/** Turns a refusal of the store into a problem that the client can correct. */
export async function mapCaseErrors<T>(done: Promise<T>): Promise<T> {
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
        throw badField(error.member ?? 'name', message('problem.field.notTaken'));
    }
  }
}
