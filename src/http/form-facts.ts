import type { FastifyRequest } from 'fastify';
import { loadRulebooks } from '../core/law/rulebooks/index.js';
import { callerOf } from './access.js';
import { mayFollow } from './asked-link.js';
import type { FormFacts } from './form/form-page.js';
import { presetsOf } from './presets.js';
import type { Services } from './services.js';
import { mayReveal } from './shown.js';

/** What the form says of this server. */
export const formFacts = (
  request: FastifyRequest,
  { config, inspector }: Pick<Services, 'config' | 'inspector'>,
): FormFacts => ({
  maxUploadBytes: config.maxUploadBytes,
  retentionDays: config.retentionDays,
  keepUploadsHours: config.keepUploadsHours,
  failedUploadHours: Math.max(config.failedUploadHours, config.keepUploadsHours),
  previews: config.previews,
  unsandboxed: inspector.isolation?.isolationBecause,
  rulebooks: loadRulebooks(),
  mayReveal: mayReveal(request, { config }),
  links: mayFollow(request, { config }) ? (config.fetch.mode === 'all' ? 'all' : 'hosts') : undefined,
  presets: presetsOf(config, callerOf(request).defaults),
});
