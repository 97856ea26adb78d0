import type { Part, PartOutcome } from '../report/part-schema.js';
import type { ContentCredentials, Coverage, StoredReport } from '../report/report.js';

/** Decides once what of a file could not be looked at. */

export interface Unread {
  /** Carriers in which a label would have been missed. */
  places: Coverage['unread'];
  /** Parts inside the file that were not examined. */
  parts: Part[];
  /** True if the Content Credentials are kept elsewhere; Assay does not fetch them. */
  isElsewhere: boolean;
}

type UnreadReport = Pick<StoredReport, 'summary' | 'parts' | 'contentCredentials'>;

const NOT_EXAMINED = 'parts.notLookedInto';

export function findUnread({ summary, parts: all = [], contentCredentials }: UnreadReport): Unread {
  const { unread } = summary.coverage;
  const parts = all.filter(isUnreadPart);
  return {
    // The parts have reasons of their own.
    places: parts.length === 0 ? unread : unread.filter(({ code }) => code !== NOT_EXAMINED),
    parts,
    isElsewhere: isElsewhere(contentCredentials),
  };
}

export const countUnread = ({ places, parts, isElsewhere: elsewhere }: Unread): number =>
  places.length + parts.length + (elsewhere ? 1 : 0);

export const isElsewhere = ({ presence }: Pick<ContentCredentials, 'presence'>): boolean =>
  presence === 'remote';

interface ReadPart extends Pick<Part, 'kind'> {
  code?: string | undefined;
  outcome?: Pick<PartOutcome, 'coverage'> | undefined;
}

/** Returns whether a label in the part would have been missed. */
export const isUnreadPart = ({ kind, code, outcome }: ReadPart): boolean =>
  kind !== 'primary' && (code !== undefined || outcome?.coverage === 'nothing');
