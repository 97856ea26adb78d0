import { brokeOff } from '../core/evidence.js';
import type { Report } from '../core/report.js';

/** Conditions of `--fail-on`, each a fact of the Report. */
export const CONDITIONS = {
  altered: {
    means: 'the file changed after it was signed',
    holds: (report) => report.contentCredentials.integrity === 'altered',
  },
  undetermined: {
    means: 'whether it changed after signing could not be told',
    holds: (report) => report.contentCredentials.integrity === 'undetermined',
  },
  ai: {
    means: 'the file declares that it was made or edited with AI',
    holds: ({ summary }) => summary.origin === 'ai-generated' || summary.origin === 'ai-edited',
  },
  none: {
    means: 'the file declares no origin, and all of it was looked into',
    holds: ({ summary }) => summary.origin === 'none',
  },
  unknown: {
    means: 'no declared origin was found, and not all of it was looked into',
    holds: ({ summary }) => summary.origin === 'unknown',
  },
  contradiction: {
    means: 'two of its statements do not go together',
    holds: (report) => report.contradictions.length > 0,
  },
  unreadable: {
    means: 'reading a part of it failed, or stopped at a limit',
    holds: ({ contentCredentials, reads }) =>
      contentCredentials.presence === 'unreadable' || Object.values(reads).some(brokeOff),
  },
} as const satisfies Record<string, { means: string; holds: (report: Report) => boolean }>;

export type Condition = keyof typeof CONDITIONS;
export const CONDITION_NAMES = Object.keys(CONDITIONS) as Condition[];
