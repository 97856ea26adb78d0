import type { FastifyRequest } from 'fastify';
import { partTold, type ToldPart } from '../doctor/part.js';
import type { Language } from '../say/languages.js';
import { speechOf } from '../say/speech.js';
import { callerOf } from './access.js';
import { SAMPLE_NAMES, SAMPLE_TAG } from './samples/samples.js';
import type { Services } from './services.js';

/** What somebody sees who has inspected nothing of their own yet. */
export interface FirstUse {
  lacking: readonly ToldPart[];
  /** Whether this is somebody who can do something about what is lacking. */
  mayMend: boolean;
}

/** Undefined once there is a file of their own. */
export async function firstUse(
  request: FastifyRequest,
  { stores, host }: Pick<Services, 'stores' | 'host'>,
  language: Language,
): Promise<FirstUse | undefined> {
  const { tenant } = callerOf(request);
  const { items } = await stores.inspections.list(tenant, {}, { limit: 2 * SAMPLE_NAMES.length });
  const samplesAlone = items.every(({ tags }) => tags.includes(SAMPLE_TAG));
  if (!samplesAlone || items.length === 2 * SAMPLE_NAMES.length) return undefined;
  return guide(request, { host }, language);
}

/** The same for whoever asks for it. */
export async function guide(
  request: FastifyRequest,
  { host }: Pick<Services, 'host'>,
  language: Language,
): Promise<FirstUse> {
  const lacking = await host.lacking();
  return {
    lacking: lacking.map((part) => partTold(part, speechOf(language))),
    mayMend: callerOf(request).scopes.has('admin'),
  };
}
