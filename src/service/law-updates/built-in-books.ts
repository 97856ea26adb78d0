import { getBuiltInLaw } from '../../core/law/rulebooks/index.js';
import type { LawManifestBook } from './manifest.js';

/** Returns the editions that are built into this version of Assay. */
export const listBuiltInBooks = (): LawManifestBook[] =>
  [...getBuiltInLaw().laws.values()].flatMap((law) => {
    if (law instanceof Error) return [];
    const { id, edition, digest = '' } = law;
    return [{ id, edition, digest }];
  });
