import { digitalSourceTypeOf } from './detectors/source-type-term.js';
import type { ContentCredentials } from './report.js';
import { firstProgram, knownTool } from './sentence-tools.js';
import type { Named, NamedSource, Step, Steps } from './words/sentence.js';

/**
 * What a history tells where no statement in it decides: the steps it records, and the source types that it names of
 * something else than the whole. Read from the Report's own manifests, so that kept Reports have it too.
 */

type Manifest = NonNullable<ContentCredentials['manifests']>[number];

/** A sentence holds so many kinds of step; the history on the page has them all. */
const MOST_STEPS = 8;
const MOST_SOURCES = 2;
/** Of one chain; deeper histories are no longer told in a sentence. */
const MOST_DEEP = 16;

/** Of the active manifest and those that it was made from, the oldest first. */
export function recordedSteps(credentials: ContentCredentials): Steps | undefined {
  const chain = chainOf(credentials).filter(({ actions }) => actions.length > 0);
  const counts = new Map<string, number>();
  for (const { actions } of chain.toReversed())
    for (const { action } of actions) counts.set(action, (counts.get(action) ?? 0) + 1);
  const all = [...counts].map(([action, times]): Step => ({ action, times }));
  if (all.length === 0) return undefined;
  const generators = new Set(chain.map(({ claimGenerator }) => claimGenerator));
  const [generator] = generators;
  const tool =
    generators.size === 1 && generator !== undefined ? namedTool(generator, credentials) : undefined;
  return {
    list: all.slice(0, MOST_STEPS),
    more: Math.max(0, all.length - MOST_STEPS),
    ...(tool ? { tool } : {}),
  };
}

/** By its maker's name only where our table has it and a listed signer, whose signature holds, states it. */
export function namedTool(written: string, { integrity, signer }: ContentCredentials): Named {
  const known = knownTool(written);
  const listed = signer !== undefined && signer.trust !== 'unlisted' && signer.trust !== 'not-checked';
  return known !== undefined && listed && integrity === 'intact'
    ? { name: known, known: true }
    : { name: firstProgram(written), known: false };
}

function chainOf({ manifests = [], activeManifest }: ContentCredentials): Manifest[] {
  const chain: Manifest[] = [];
  let label = activeManifest;
  while (label !== undefined && chain.length < MOST_DEEP) {
    const next = manifests.find((one) => one.label === label);
    if (!next || chain.includes(next) || next.integrity === 'altered') break;
    chain.push(next);
    label = next.ingredients.find(({ relationship }) => relationship === 'parentOf')?.manifest;
  }
  return chain;
}

/** Source types in the store that decide nothing: of what they are said. */
export function namedSources({ manifests = [], activeManifest }: ContentCredentials): NamedSource[] {
  const roles = rolesOf(manifests, activeManifest);
  const found = new Map<string, NamedSource>();
  for (const manifest of manifests) {
    const role = manifest.integrity === 'altered' ? 'altered' : (roles.get(manifest.label) ?? 'apart');
    for (const { action, digitalSourceType } of manifest.actions) {
      if (digitalSourceType === undefined) continue;
      const term = digitalSourceTypeOf(digitalSourceType);
      const one: NamedSource = { role, term, ...(role === 'step' ? { action } : {}) };
      found.set(JSON.stringify(one), one);
    }
  }
  return [...found.values()].slice(0, MOST_SOURCES);
}

/** What each manifest is to the file: its own history (`step`), or a part or an input, with all that these were made from. */
function rolesOf(
  manifests: readonly Manifest[],
  active: string | undefined,
): Map<string, NamedSource['role']> {
  const byLabel = new Map(manifests.map((one) => [one.label, one]));
  const roles = new Map<string, NamedSource['role']>(active === undefined ? [] : [[active, 'step']]);
  for (const [label, role] of roles) {
    for (const { manifest, relationship } of byLabel.get(label)?.ingredients ?? []) {
      if (manifest === undefined || roles.has(manifest)) continue;
      roles.set(manifest, role === 'step' ? (ROLES[relationship] ?? 'part') : role);
    }
  }
  return roles;
}

const ROLES: Readonly<Record<string, NamedSource['role']>> = { parentOf: 'step', inputTo: 'input' };
