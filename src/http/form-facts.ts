import { loadRulebooks } from '../core/law/rulebooks/index.js';
import type { FormFacts } from './form/form-page.js';
import type { Services } from './services.js';

/** What the form says of this server. */
export const formFacts = ({
  config: { maxUploadBytes, retentionDays, keepUploadsHours, failedUploadHours, previews },
  inspector,
}: Pick<Services, 'config' | 'inspector'>): FormFacts => ({
  maxUploadBytes,
  retentionDays,
  keepUploadsHours,
  failedUploadHours: Math.max(failedUploadHours, keepUploadsHours),
  previews,
  unsandboxed: inspector.isolation?.isolationBecause,
  rulebooks: loadRulebooks(),
});
