import { compact } from '../base/json-shape.js';
import { resolveLaw } from '../core/law/law-selection.js';
import { toStoredReport } from '../core/law/localize.js';
import { applyLawToReport } from '../core/law/reevaluate.js';
import { localizeFindings } from '../core/law/rulebooks/finding-texts.js';
import { loadRulebooks } from '../core/law/rulebooks/index.js';
import type { LocalizedFinding } from '../core/report/finding-schema.js';
import type { LocalizedReport } from '../core/report/report.js';
import { translatorFor } from '../i18n/translator.js';
import { toAssayError } from './error.js';
import { type EvaluateOptions, resolveEvaluateOptions } from './options.js';

/** Result of evaluating rulebooks for a Report, for another day or other jurisdictions than those of the Report. */
export interface LawEvaluation extends Pick<LocalizedReport, 'law' | 'fileDates'> {
  findings: LocalizedFinding[];
}

/**
 * Evaluates the requested clauses one by one; without rulebook, jurisdiction or role, all clauses. The file is not
 * opened, so whatever could not be read stays unknown. Throws `AssayError`.
 */
export const evaluate = (report: LocalizedReport, options: EvaluateOptions = {}): LocalizedFinding[] =>
  evaluateLaw(report, selectsNothing(options) ? { ...options, rulebooks: 'all' } : options).findings;

/**
 * Evaluates clauses and returns the findings together with a summary per jurisdiction, as in a Report. Throws
 * `AssayError`.
 */
export function evaluateLaw(report: LocalizedReport, options: EvaluateOptions = {}): LawEvaluation {
  try {
    const ask = resolveEvaluateOptions(options);
    const judged = applyLawToReport(toStoredReport(report), resolveLaw(ask), { asOf: ask.asOf });
    const { findings, law, fileDates } = judged;
    return {
      findings: localizeFindings(findings, judged, translatorFor('en'), loadRulebooks()),
      ...compact({ law, fileDates }),
    };
  } catch (error) {
    throw toAssayError(error);
  }
}

const selectsNothing = ({ rulebooks, jurisdiction, role }: EvaluateOptions): boolean =>
  rulebooks === undefined && jurisdiction === undefined && role === undefined;
