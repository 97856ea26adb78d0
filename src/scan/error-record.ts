import { toldPath } from '../core/ground/path-text.js';
import type { ErrorRecord } from '../core/report/report.js';
import type { Said } from '../say/said.js';
import { speechOf } from '../say/speech.js';

/** What stands in the results for a file of which there is no Report. Results are read by programs: in English; `assay report` says it anew. */
export const errorRecord = (path: string, code: string, why: Said): ErrorRecord => ({
  schema: 'assay.error/1',
  ...toldPath(path),
  code,
  message: speechOf('en').say(why),
  said: { message: why },
});
