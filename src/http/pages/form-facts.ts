import type { FastifyRequest } from 'fastify';
import { loadRulebooks } from '../../core/law/rulebooks/index.js';
import { callerOf } from '../contract/access.js';
import { canReveal } from '../services/disclosure.js';
import { canFollowLinks } from '../services/options/link-choice.js';
import { resolveLawPresets } from '../services/options/presets.js';
import type { Services } from '../services/services.js';
import type { FormFacts } from './form-page.js';

/** Returns the facts about this server that the form shows. */
export const formFacts = (
  request: FastifyRequest,
  { config, inspector }: Pick<Services, 'config' | 'inspector'>,
): FormFacts => ({
  maxUploadBytes: config.maxUploadBytes,
  retentionDays: config.retentionDays,
  keepUploadsHours: config.keepUploadsHours,
  failedUploadHours: Math.max(config.failedUploadHours, config.keepUploadsHours),
  previews: config.previews,
  unsandboxed: inspector.isolation?.isolationReason,
  rulebooks: loadRulebooks(),
  canReveal: canReveal(request, { config }),
  links: canFollowLinks(request, { config }) ? (config.fetch.mode === 'all' ? 'all' : 'hosts') : undefined,
  alwaysVisible: config.visible,
  presets: resolveLawPresets(config, callerOf(request).defaults),
});
