import type { FastifyRequest } from 'fastify';
import type { Language } from '../../i18n/languages.js';
import { newInspectionId } from '../../storage/engine/record-id.js';
import type { InspectionRecord } from '../../storage/inspections/inspections.js';
import { formatShareToken } from '../../storage/inspections/kysely-shares.js';
import type { Share } from '../../storage/inspections/shares.js';
import { actorOf, callerOf } from '../contract/access.js';
import { Problem } from '../contract/problems/problem.js';
import { runOnce } from './idempotency.js';
import type { Services } from './services.js';

export const shareLimits = {
  defaultDays: 7,
  mostDays: 90,
  /** Maximum number of links in force to one report. */
  perInspection: 20,
} as const;

export interface ShareRequest {
  days: number;
  withNotes: boolean;
  withPictures: boolean;
  /** Language in which the link opens; left out: that of its reader's browser. */
  language?: Language;
}

/** Returns whether the routes for share links exist on this server. */
export function hasShareRoutes({ server }: FastifyRequest): boolean {
  return server.hasRoute({ method: 'GET', url: '/inspections/:id/share' });
}

const DAY_MILLIS = 86_400_000;

/** Creates a link that is valid for the given days, but no longer than its report. Its address is only returned now. */
export async function createShare(
  request: FastifyRequest,
  services: Services,
  { id, expiresAt }: InspectionRecord,
  { days, withNotes, withPictures, language }: ShareRequest,
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
  const { made } = await runOnce(request, services, {
    id: newInspectionId(),
    content: { days, withNotes, withPictures, language },
    make: async (shareId, seed) => {
      const parts = { id: shareId, token: formatShareToken(seed) };
      const making = await shares.create(news, shareLimits.perInspection, now, parts);
      if (making.outcome === 'no-inspection') throw new Problem('inspection-not-found');
      if (making.outcome === 'too-many') throw new Problem('too-many-shares');
      return making;
    },
    statusOf: () => 201,
    reload: async (shareId, _, seeds) => {
      const known = await Promise.all(
        seeds.map(formatShareToken).map(async (token) => ({ token, share: await shares.find(token, now) })),
      );
      return known.flatMap(({ token, share }) => (share?.id === shareId ? [{ token, share }] : []))[0];
    },
  });
  const query = language === undefined ? '' : `?lang=${language}`;
  return { share: made.share, url: `${publicAddress(request, services)}/s/${made.token}${query}` };
}

/** Returns the public address of the server; if none is configured, that of this request. */
function publicAddress({ protocol, host }: FastifyRequest, { config }: Pick<Services, 'config'>): string {
  const { publicUrl, basePath } = config.access;
  return publicUrl ?? `${protocol}://${host}${basePath}`;
}
