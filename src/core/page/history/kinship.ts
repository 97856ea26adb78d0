import type { StoredReport } from '../../report/report.js';

/** Manifests that two files' stores have in common. A label is unique by C2PA's rules, but a forger can choose it. */
export interface Kinship {
  /**
   * True if both files have the same active manifest: it can be valid for at most one of two files with different
   * bytes.
   */
  hasSameActive: boolean;
  firstInSecond: boolean;
  secondInFirst: boolean;
  /** Number of shared manifests, without the active ones. */
  shared: number;
  /** True if both active manifests are valid for their files. */
  isConfirmed: boolean;
}

export function compareStores(first: StoredReport, second: StoredReport): Kinship {
  const [one, other] = [labelsOf(first), labelsOf(second)];
  const [active, otherActive] = [
    first.contentCredentials.activeManifest,
    second.contentCredentials.activeManifest,
  ];
  const same = active !== undefined && active === otherActive;
  return {
    hasSameActive: same,
    firstInSecond: !same && active !== undefined && other.has(active),
    secondInFirst: !same && otherActive !== undefined && one.has(otherActive),
    shared: [...one].filter((label) => other.has(label) && label !== active && label !== otherActive).length,
    isConfirmed: [first, second].every(({ contentCredentials }) => contentCredentials.integrity === 'intact'),
  };
}

function labelsOf({ contentCredentials }: StoredReport): Set<string> {
  return new Set((contentCredentials.manifests ?? []).map(({ label }) => label));
}
