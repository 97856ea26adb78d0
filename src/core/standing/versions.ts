import { parseDigitalSourceType } from '../detectors/source-type-term.js';
import type { ContentCredentials } from '../report/report.js';
import { GENERATIVE_TYPES } from '../signals/source-types.js';
import { isWatermarkStep } from '../signatures/c2pa-watermark-edits.js';

/** The one chain of earlier versions of a file, as its manifests record it. */

export type Manifest = NonNullable<ContentCredentials['manifests']>[number];

type Store = Pick<ContentCredentials, 'manifests' | 'activeManifest'>;

export function findActiveManifest({ manifests = [], activeManifest: label }: Store): Manifest | undefined {
  return manifests.find((one) => one.label === label) ?? manifests.find((one) => one.active);
}

/** Returns the active manifest and its parents, the latest first. C2PA allows one parent; a store may contain cycles. */
export function listVersions(store: Store): Manifest[] {
  const byLabel = new Map((store.manifests ?? []).map((one) => [one.label, one]));
  const chain = new Set<Manifest>();
  for (let next = findActiveManifest(store); next !== undefined && !chain.has(next); ) {
    chain.add(next);
    const label = next.ingredients.find(({ relationship }) => relationship === 'parentOf')?.manifest;
    next = label === undefined ? undefined : byLabel.get(label);
  }
  return [...chain];
}

/** Returns the versions whose credentials hold, up to the first that was altered. */
export function listIntactVersions(store: Store): Manifest[] {
  const all = listVersions(store);
  const altered = all.findIndex(({ integrity }) => integrity === 'altered');
  return altered < 0 ? all : all.slice(0, altered);
}

/** Returns whether a step that only added a watermark names generative AI, which does not say how the content was made. */
export const hasAiMark = (store: Store): boolean =>
  listIntactVersions(store).some(({ actions }) => actions.some(isAiMark));

/** Returns whether a step only added a watermark or a mark, by its action or its description. */
export const isMarkStep = (action: Manifest['actions'][number]): boolean => isWatermarkStep(action);

const isAiMark = (action: Manifest['actions'][number]): boolean =>
  action.digitalSourceType !== undefined &&
  isMarkStep(action) &&
  GENERATIVE_TYPES.has(parseDigitalSourceType(action.digitalSourceType));
