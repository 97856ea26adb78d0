import { isIncomplete } from '../../core/media/carrier.js';
import type { Origin, StoredReport } from '../../core/report/report.js';

const isAiOrigin = (origin: Origin | undefined): boolean =>
  origin === 'ai-generated' || origin === 'ai-edited';

/** Conditions of `--fail-on`, each a fact of the Report. The messages `cli.condition.…` describe them. */
export const CONDITIONS = {
  altered: (report) => report.contentCredentials.integrity === 'altered',
  undetermined: (report) => report.contentCredentials.integrity === 'undetermined',
  ai: ({ summary }) => isAiOrigin(summary.origin),
  'ai-part': ({ parts = [] }) => parts.some(({ outcome }) => isAiOrigin(outcome?.origin)),
  none: ({ summary }) => summary.origin === 'none',
  unknown: ({ summary }) => summary.origin === 'unknown',
  contradiction: (report) => report.contradictions.length > 0,
  unreadable: ({ contentCredentials, reads }) =>
    contentCredentials.presence === 'unreadable' || Object.values(reads).some(isIncomplete),
} as const satisfies Record<string, (report: StoredReport) => boolean>;

export type ReportCondition = keyof typeof CONDITIONS;
export const CONDITION_NAMES = Object.keys(CONDITIONS) as ReportCondition[];
