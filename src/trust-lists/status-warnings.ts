import { type Said, said } from '../say/said.js';
import type { FileStatus } from './file-status.js';
import { listLimits as limits } from './list-limits.js';

export interface StatusWarning {
  file: string;
  code: string;
  said: Said;
}

/** What still works and should be looked after. */
export function warningsOf(files: readonly FileStatus[]): StatusWarning[] {
  return files.filter((one) => one.installed).flatMap((one) => [...age(one), ...expiry(one)]);
}

/** A frozen list cannot become staler than it is, and private anchors come from nowhere. */
function age({ file, fetchedAt, ageDays, frozen, certificates, products }: FileStatus): StatusWarning[] {
  const usable = certificates !== undefined || products !== undefined;
  if (!usable || frozen !== undefined || file.includes('/')) return [];
  if (fetchedAt === undefined || ageDays === undefined)
    return [{ file, code: 'trust.ageUnknown', said: said('trust.ageUnknown') }];
  return ageDays > limits.freshDays
    ? [
        {
          file,
          code: 'trust.stale',
          said: said('trust.stale', { days: ageDays }),
        },
      ]
    : [];
}

function expiry({ file, certificates, expired = 0 }: FileStatus): StatusWarning[] {
  // Certificates of signers live for a year or so: on a list of them, expired ones are the rule.
  if (!certificates || certificates.allowed > 0 || expired === 0) return [];
  const all = certificates.signers + certificates.authorities;
  return [
    {
      file,
      code: 'trust.expiredAnchors',
      said: said('trust.expiredAnchors', { expired, all: String(all) }),
    },
  ];
}
