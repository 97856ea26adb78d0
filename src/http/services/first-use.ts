import type { FastifyRequest } from 'fastify';
import type { Language } from '../../i18n/languages.js';
import { translatorFor } from '../../i18n/translator.js';
import { type DoctorPartView, toDoctorPartView } from '../../service/doctor/part.js';
import { callerOf } from '../contract/access.js';
import { SAMPLE_NAMES, SAMPLE_TAG } from './samples/samples.js';
import type { Services } from './services.js';

/** Content of the introduction for a caller without inspections of their own. */
export interface Introduction {
  missingParts: readonly DoctorPartView[];
  /** Whether the caller may fix what is missing. */
  canFix: boolean;
}

/** Returns the introduction; `undefined` once the caller has an inspection that is not of a sample. */
export async function findIntroduction(
  request: FastifyRequest,
  { stores, host }: Pick<Services, 'stores' | 'host'>,
  language: Language,
): Promise<Introduction | undefined> {
  const { tenant } = callerOf(request);
  const { items } = await stores.inspections.list(tenant, {}, { limit: 2 * SAMPLE_NAMES.length });
  const samplesAlone = items.every(({ tags }) => tags.includes(SAMPLE_TAG));
  if (!samplesAlone || items.length === 2 * SAMPLE_NAMES.length) return undefined;
  return buildIntroduction(request, { host }, language);
}

/** Returns the introduction for a caller who opens its page. */
export async function buildIntroduction(
  request: FastifyRequest,
  { host }: Pick<Services, 'host'>,
  language: Language,
): Promise<Introduction> {
  const lacking = await host.findMissingParts();
  return {
    missingParts: lacking.map((part) => toDoctorPartView(part, translatorFor(language))),
    canFix: callerOf(request).scopes.has('admin'),
  };
}
