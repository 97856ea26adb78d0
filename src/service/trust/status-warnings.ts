import { isOutdated } from '../../core/trust/lists/trust-sources.js';
import { type Message, message } from '../../i18n/message.js';
import type { FileStatus } from './file-status.js';

export interface StatusWarning {
  file: string;
  code: string;
  userMessage: Message;
}

/** Returns what still works but needs attention. */
export function findWarnings(files: readonly FileStatus[], now: Date): StatusWarning[] {
  return files
    .filter((one) => one.installed || one.shipped)
    .flatMap((one) => [...findAgeWarnings(one, now), ...findExpiryWarnings(one)]);
}

/** A frozen list cannot become staler, and private anchors have no source. */
function findAgeWarnings(
  { file, fetchedAt, ageDays, nextUpdate, frozen, certificates, products }: FileStatus,
  now: Date,
): StatusWarning[] {
  const usable = certificates !== undefined || products !== undefined;
  if (!usable || frozen !== undefined || file.includes('/')) return [];
  if (fetchedAt === undefined || ageDays === undefined)
    return [{ file, code: 'trust.ageUnknown', userMessage: message('trust.ageUnknown') }];
  return isOutdated({ fetchedAt, ...(nextUpdate === undefined ? {} : { nextUpdate }) }, now)
    ? [
        {
          file,
          code: 'trust.stale',
          userMessage: message('trust.stale', { days: ageDays }),
        },
      ]
    : [];
}

function findExpiryWarnings({ file, certificates, expired = 0 }: FileStatus): StatusWarning[] {
  // Certificates of signers live for about a year: on a list of them, expired ones are normal.
  if (!certificates || certificates.allowed > 0 || expired === 0) return [];
  const all = certificates.signers + certificates.authorities;
  return [
    {
      file,
      code: 'trust.expiredAnchors',
      userMessage: message('trust.expiredAnchors', { expired, all: String(all) }),
    },
  ];
}
