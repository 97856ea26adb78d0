import type { Finding } from '../core/finding-schema.js';
import { reevaluate } from '../core/reevaluate.js';
import type { Report } from '../core/report.js';
import { loadRulebooks } from '../core/rulebooks/index.js';
import { tellFindings } from '../core/rulebooks/tell.js';
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
