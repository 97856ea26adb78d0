import { builtInLaw } from '../core/law/rulebooks/index.js';
import type { BookInManifest } from './manifest.js';

/** The editions that Assay came with. */
export const builtInBooks = (): BookInManifest[] =>
  [...builtInLaw().laws.values()].flatMap((law) => {
    if (law instanceof Error) return [];
    const { id, edition, digest = '' } = law;
    return [{ id, edition, digest }];
  });
