import type { FastifyRequest } from 'fastify';
import type { Language } from '../say/languages.js';
import type { InspectionRecord } from '../store/inspections.js';
import type { Share } from '../store/shares.js';
import { actorOf, callerOf } from './access.js';
import { Problem } from './problem.js';
import type { Services } from './services.js';

export const shareLimits = {
  defaultDays: 7,
  mostDays: 90,
  /** Links to one report that hold at once. */
  perInspection: 20,
} as const;

export interface ShareAsk {
  days: number;
  withNotes: boolean;
  withPictures: boolean;
  /** The link opens in it; left out: in what its reader's browser would rather have. */
  language?: Language;
}

/** Whether this server has a place where links are made. */
export function makesShares({ server }: FastifyRequest): boolean {
  return server.hasRoute({ method: 'GET', url: '/inspections/:id/share' });
}

const DAY_MILLIS = 86_400_000;

/** A link that holds for so many days, and never longer than its report. Its address is known this once. */
export async function makeShare(
  request: FastifyRequest,
  services: Services,
  { id, expiresAt }: InspectionRecord,
  { days, withNotes, withPictures, language }: ShareAsk,
): Promise<{ share: Share; url: string }> {
  const { tenant, name } = callerOf(request);
  const now = services.now();
  const wanted = new Date(now.getTime() + days * DAY_MILLIS).toISOString();
  const until = expiresAt !== undefined && expiresAt < wanted ? expiresAt : wanted;
  const news = {
    tenant,
    inspectionId: id,
    createdBy: name,
    expiresAt: until,
    withNotes,
    withPictures,
    by: actorOf(request),
  };
  const making = await services.shares.create(news, shareLimits.perInspection, now);
  if (making.outcome === 'no-inspection') throw new Problem('inspection-not-found');
  if (making.outcome === 'too-many') throw new Problem('too-many-shares');
  const query = language === undefined ? '' : `?lang=${language}`;
  return { share: making.share, url: `${ownAddress(request, services)}/s/${making.token}${query}` };
}

/** As people reach us; where nobody set it, as they did just now. */
function ownAddress({ protocol, host }: FastifyRequest, { config }: Pick<Services, 'config'>): string {
  const { publicUrl, basePath } = config.access;
  return publicUrl ?? `${protocol}://${host}${basePath}`;
}
