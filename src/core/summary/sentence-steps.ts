import { type Said, said } from '../../say/said.js';
import { digitalSourceTypeOf } from '../detectors/source-type-term.js';
import { table } from '../ground/table.js';
import type { ContentCredentials } from '../report/report.js';
import { firstProgram, knownTool } from './sentence-tools.js';
import { actionSaid, nameQuoted, sourceTypeSaid, toolSaid } from './terms.js';

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

/**
 * Nothing in the credentials says how the whole was made: what they do say. `aiElsewhere`: something else in them speaks
 * of AI, so that its use is not left unstated.
 */
export function notStated(credentials: ContentCredentials, aiElsewhere: boolean): Said[] {
  const sources = namedSources(credentials);
  const steps = recordedSteps(credentials);
  if (steps === undefined) return sources.length > 0 ? sources : [said('sentence.history.none')];
  const open = sources.length === 0 && !aiElsewhere ? [said('sentence.history.aiNotStated')] : [];
  return [...sources, steps, ...open];
}

/** Of the active manifest and those that it was made from, the oldest first. */
function recordedSteps(credentials: ContentCredentials): Said | undefined {
  const chain = chainOf(credentials).filter(({ actions }) => actions.length > 0);
  const counts = new Map<string, number>();
  for (const { actions } of chain.toReversed())
    for (const { action } of actions) counts.set(action, (counts.get(action) ?? 0) + 1);
  if (counts.size === 0) return undefined;
  const steps = [...counts].slice(0, MOST_STEPS).map(([action, times]) => {
    const step = actionSaid(action);
    return times > 1 ? said('sentence.history.times', { step, times }) : step;
  });
  const more = counts.size - steps.length;
  const generators = new Set(chain.map(({ claimGenerator }) => claimGenerator));
  const [generator] = generators;
  return generators.size === 1 && generator !== undefined
    ? said('sentence.history.stepsBy', { tool: namedTool(generator, credentials), steps, more })
    : said('sentence.history.steps', { steps, more });
}

/** By its maker's name only where our table has it and a listed signer, whose signature holds, states it. */
export function namedTool(written: string, { integrity, signer }: ContentCredentials): Said {
  const known = knownTool(written);
  const listed = signer !== undefined && signer.trust !== 'unlisted' && signer.trust !== 'not-checked';
  return known !== undefined && listed && integrity === 'intact'
    ? toolSaid(known)
    : nameQuoted(firstProgram(written));
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

/** Of what a source type is said that decides nothing. `apart`: in credentials that the history does not lead to. */
type Role = 'step' | 'part' | 'input' | 'altered' | 'apart';

/** Source types in the store that decide nothing: of what they are said. */
function namedSources({ manifests = [], activeManifest }: ContentCredentials): Said[] {
  const roles = rolesOf(manifests, activeManifest);
  const found = new Map<string, Said>();
  for (const manifest of manifests) {
    const role = manifest.integrity === 'altered' ? 'altered' : (roles.get(manifest.label) ?? 'apart');
    for (const { action, digitalSourceType } of manifest.actions) {
      if (digitalSourceType === undefined) continue;
      const term = digitalSourceTypeOf(digitalSourceType);
      found.set(JSON.stringify([role, term, role === 'step' ? action : '']), sourceSaid(role, action, term));
    }
  }
  const [first, second] = [...found.values()].slice(0, MOST_SOURCES);
  if (first === undefined) return [];
  return [
    second === undefined
      ? said('sentence.history.source', { first })
      : said('sentence.history.sources', { first, second }),
  ];
}

function sourceSaid(role: Role, action: string, term: string): Said {
  const is = sourceTypeSaid(term);
  return role === 'step'
    ? said('sentence.source.step', { action: actionSaid(action), is })
    : said(`sentence.source.${role}`, { is });
}

/** What each manifest is to the file: its own history (`step`), or a part or an input, with all that these were made from. */
function rolesOf(manifests: readonly Manifest[], active: string | undefined): Map<string, Role> {
  const byLabel = new Map(manifests.map((one) => [one.label, one]));
  const roles = new Map<string, Role>(active === undefined ? [] : [[active, 'step']]);
  for (const [label, role] of roles) {
    for (const { manifest, relationship } of byLabel.get(label)?.ingredients ?? []) {
      if (manifest === undefined || roles.has(manifest)) continue;
      roles.set(manifest, role === 'step' ? (ROLES[relationship] ?? 'part') : role);
    }
  }
  return roles;
}

const ROLES: Readonly<Record<string, Role>> = table({ parentOf: 'step', inputTo: 'input' });
