import type { Report } from '../report/report.js';

/** What two files' manifest stores have in common. A manifest's label is unique by C2PA's rules, and a forger's to choose. */
export interface Kinship {
  /** One manifest, active in both: of files with other bytes, at most one can be what it was made for. */
  sameActive: boolean;
  firstInSecond: boolean;
  secondInFirst: boolean;
  /** Manifests of both, without the active ones. */
  shared: number;
  /** Both active manifests hold for their files. */
  confirmed: boolean;
}

export function kinship(first: Report, second: Report): Kinship {
  const [one, other] = [labelsOf(first), labelsOf(second)];
  const [active, otherActive] = [
    first.contentCredentials.activeManifest,
    second.contentCredentials.activeManifest,
  ];
  const same = active !== undefined && active === otherActive;
  return {
    sameActive: same,
    firstInSecond: !same && active !== undefined && other.has(active),
    secondInFirst: !same && otherActive !== undefined && one.has(otherActive),
    shared: [...one].filter((label) => other.has(label) && label !== active && label !== otherActive).length,
    confirmed: [first, second].every(({ contentCredentials }) => contentCredentials.integrity === 'intact'),
  };
}

function labelsOf({ contentCredentials }: Report): Set<string> {
  return new Set((contentCredentials.manifests ?? []).map(({ label }) => label));
}
