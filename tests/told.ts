import { tell } from '../src/core/law/tell.js';
import type { Report } from '../src/core/report/report.js';
import type { Language } from '../src/say/languages.js';
import { speechOf } from '../src/say/speech.js';

/** As a person reads it. */
export const told = (report: Report, language: Language = 'en'): Report => tell(report, speechOf(language));
