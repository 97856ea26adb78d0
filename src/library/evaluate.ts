import { reevaluate } from '../core/law/reevaluate.js';
import { loadRulebooks } from '../core/law/rulebooks/index.js';
import { tellFindings } from '../core/law/rulebooks/tell.js';
import type { Finding } from '../core/report/finding-schema.js';
import type { Report } from '../core/report/report.js';
import { speechOf } from '../say/speech.js';
import { asAssayError } from './error.js';
import { askedLaw, type LawQuestion } from './question.js';

/**
 * What rulebooks make of a Report, on another day or in other places than it was made for. The file is not opened: what
 * could not be looked for then is still unknown. Throws an AssayError.
 */
export function evaluate(report: Report, question: LawQuestion = {}): Finding[] {
  try {
    const { asOf, rulebooks, roles } = askedLaw(question);
    const books = loadRulebooks(rulebooks);
    const findings = reevaluate(report, books, asOf, roles);
    return tellFindings(findings, report, speechOf('en'), books);
  } catch (error) {
    throw asAssayError(error);
  }
}
