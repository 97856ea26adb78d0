import type { Config } from '../config.js';
import { loadRulebooks } from '../core/rulebooks/index.js';
import type { FormFacts } from './form/form-page.js';

/** What the form says of this server. */
export const formFacts = ({
  maxUploadBytes,
  retentionDays,
  keepUploadsHours,
  failedUploadHours,
  previews,
}: Config): FormFacts => ({
  maxUploadBytes,
  retentionDays,
  keepUploadsHours,
  failedUploadHours: Math.max(failedUploadHours, keepUploadsHours),
  previews,
  rulebooks: loadRulebooks(),
});
