import type { FastifyRequest } from 'fastify';
import type { Language } from '../say/languages.js';
import { newInspectionId } from '../store/inspection-id.js';
import type { InspectionRecord } from '../store/inspections.js';
import { shareToken } from '../store/kysely-shares.js';
import type { Share } from '../store/shares.js';
import { actorOf, callerOf } from './access.js';
import { once } from './once.js';
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
  const { shares } = services;
  const { made } = await once(request, services, {
    id: newInspectionId(),
    of: { days, withNotes, withPictures, language },
    make: async (shareId, seed) => {
      const parts = { id: shareId, token: shareToken(seed) };
      const making = await shares.create(news, shareLimits.perInspection, now, parts);
      if (making.outcome === 'no-inspection') throw new Problem('inspection-not-found');
      if (making.outcome === 'too-many') throw new Problem('too-many-shares');
      return making;
    },
    statusOf: () => 201,
    again: async (shareId, _, seeds) => {
      const known = await Promise.all(
        seeds.map(shareToken).map(async (token) => ({ token, share: await shares.find(token, now) })),
      );
      return known.flatMap(({ token, share }) => (share?.id === shareId ? [{ token, share }] : []))[0];
    },
  });
  const query = language === undefined ? '' : `?lang=${language}`;
  return { share: made.share, url: `${ownAddress(request, services)}/s/${made.token}${query}` };
}

/** As people reach us; where nobody set it, as they did just now. */
function ownAddress({ protocol, host }: FastifyRequest, { config }: Pick<Services, 'config'>): string {
  const { publicUrl, basePath } = config.access;
  return publicUrl ?? `${protocol}://${host}${basePath}`;
}
