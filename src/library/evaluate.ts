import { compact } from '../core/ground/json-shape.js';
import { lawFor } from '../core/law/asked-law.js';
import { judgedAnew } from '../core/law/reevaluate.js';
import { loadRulebooks } from '../core/law/rulebooks/index.js';
import { tellFindings } from '../core/law/rulebooks/tell.js';
import type { Finding } from '../core/report/finding-schema.js';
import type { Report } from '../core/report/report.js';
import { speechOf } from '../say/speech.js';
import { asAssayError } from './error.js';
import { askedLaw, type LawQuestion } from './question.js';

/** What rulebooks make of a Report, on another day or in other places than it was made for. */
export interface LawAnswer extends Pick<Report, 'law' | 'fileDates'> {
  findings: Finding[];
}

/**
 * The clauses that were asked for, one by one: of no rulebook, place or role, of all of them. The file is not opened: what
 * could not be looked for then is still unknown. Throws an AssayError.
 */
export const evaluate = (report: Report, question: LawQuestion = {}): Finding[] =>
  evaluateLaw(report, asksNothing(question) ? { ...question, rulebooks: 'all' } : question).findings;

/** The same, and in brief what each place makes of it, as in a Report. Throws an AssayError. */
export function evaluateLaw(report: Report, question: LawQuestion = {}): LawAnswer {
  try {
    const ask = askedLaw(question);
    const judged = judgedAnew(report, lawFor(ask), { asOf: ask.asOf });
    const { findings, law, fileDates } = judged;
    return {
      findings: tellFindings(findings, judged, speechOf('en'), loadRulebooks()),
      ...compact({ law, fileDates }),
    };
  } catch (error) {
    throw asAssayError(error);
  }
}

const asksNothing = ({ rulebooks, jurisdiction, role }: LawQuestion): boolean =>
  rulebooks === undefined && jurisdiction === undefined && role === undefined;
