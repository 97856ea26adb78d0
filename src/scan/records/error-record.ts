import { toRecordPath } from '../../base/path-text.js';
import type { ErrorRecord } from '../../core/report/report.js';
import type { Message } from '../../i18n/message.js';
import { translatorFor } from '../../i18n/translator.js';

/**
 * Returns the record of a file without a Report. The text is in English, because programs read results; `assay report`
 * translates it.
 */
export const errorRecord = (path: string, code: string, why: Message): ErrorRecord => ({
  schema: 'assay.error/1',
  ...toRecordPath(path),
  code,
  message: translatorFor('en').translate(why),
  messages: { message: why },
});
