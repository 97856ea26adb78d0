import type { Finding } from '../core/finding-schema.js';
import { type Judged, reevaluate } from '../core/reevaluate.js';
import { loadRulebooks } from '../core/rulebooks/index.js';
import { asAssayError } from './error.js';
import { askedLaw, type LawQuestion } from './question.js';

/**
 * What rulebooks make of a Report, on another day or in other places than it was made for. The file is not opened: what
 * could not be looked for then is still unknown. Throws an AssayError.
 */
export function evaluate(report: Judged, question: LawQuestion = {}): Finding[] {
  try {
    const { asOf, rulebooks, roles } = askedLaw(question);
    return reevaluate(report, loadRulebooks(rulebooks), asOf, roles);
  } catch (error) {
    throw asAssayError(error);
  }
}
