import { dayIn, daySaid } from '../../say/amounts.js';
import { type Said, said } from '../../say/said.js';
import type { Report } from '../report/report.js';
import type { Decided } from './headline.js';
import { signerSaid } from './headline.js';
import type { Facts } from './sentence-facts.js';

/** The four facts that stand beside the headline: who, changed since, AI, when. Each a code, and what it says. */

type FourFacts = NonNullable<Report['summary']['facts']>;

export function fourFacts(facts: Facts, decided: Decided, dates: ClaimedDates = []): FourFacts {
  return {
    who: who(facts),
    changed: changed(facts),
    ai: ai(facts, decided),
    when: when(facts, dates),
  };
}

export type ClaimedDates = NonNullable<Report['asset']['claimedDates']>;

function fact<C extends string>(code: C, text: Said): { code: C; said: { text: Said } } {
  return { code, said: { text } };
}

function who({ credentials, storeSeen }: Facts): FourFacts['who'] {
  const { presence, signer } = credentials;
  if (presence === 'remote') return fact('elsewhere', said('fact.who.elsewhere'));
  if (presence === 'unreadable' && storeSeen) return fact('could-not-look', said('fact.who.couldNotLook'));
  if (presence !== 'present') return fact('nobody', said('fact.who.nobody'));
  if (!signer?.name) return fact('unnamed', said('fact.who.unnamed'));
  const name = signerSaid(signer);
  switch (signer.trust) {
    case 'unlisted':
      return fact('unlisted', said('fact.who.unlisted', { name }));
    case 'not-checked':
      return fact('not-checked', said('fact.who.notChecked', { name }));
    case 'private':
      return fact('private', said('fact.who.private', { name }));
    default:
      return fact('listed', said('fact.who.listed', { name }));
  }
}

function changed({ credentials, signals, storeSeen }: Facts): FourFacts['changed'] {
  const { presence, integrity } = credentials;
  if (presence === 'remote' || (presence === 'unreadable' && storeSeen))
    return fact('cannot-tell', said('fact.changed.cannotTell'));
  if (presence !== 'present') return fact('nothing-to-compare', said('fact.changed.nothingToCompare'));
  if (integrity === 'altered') return fact('yes', said('fact.changed.yes'));
  if (integrity !== 'intact') return fact('cannot-tell', said('fact.changed.cannotTell'));
  return signals.some(({ id }) => id === 'c2pa.binding.leavesOutMore')
    ? fact('not-in-signed-part', said('fact.changed.notInSignedPart'))
    : fact('no', said('fact.changed.no'));
}

const AI: ReadonlySet<Report['summary']['origin']> = new Set(['ai-generated', 'ai-edited']);

function ai({ credentials, coverage, signals }: Facts, { origin, by }: Decided): FourFacts['ai'] {
  if (origin === 'contradictory') return fact('contradictory', said('fact.ai.contradictory'));
  if (AI.has(origin)) {
    if (by === undefined) return fact('stated-signed', said('fact.ai.statedSigned'));
    return by.backing === 'inferred'
      ? fact('trace', said('fact.ai.trace'))
      : by.backing === 'unsigned'
        ? fact('label', said('fact.ai.label'))
        : fact('stated-signed', said('fact.ai.statedSigned'));
  }
  const has = (id: (typeof signals)[number]['id']) => signals.some((one) => one.id === id);
  if (has('file.aiMark.possible')) return fact('possible', said('fact.ai.possible'));
  // What stood in credentials that no longer fit the file was set aside, and is not the file's word.
  if (credentials.integrity === 'altered' && has('file.aiMark.signed'))
    return fact('set-aside', said('fact.ai.setAside'));
  if (coverage.state !== 'complete' || credentials.presence === 'remote')
    return fact('could-not-look', said('fact.ai.couldNotLook'));
  return fact('not-stated', said('fact.ai.notStated'));
}

function when({ credentials }: Facts, dates: ClaimedDates): FourFacts['when'] {
  const proven = credentials.time?.proven;
  if (proven !== undefined && credentials.integrity !== 'altered')
    return {
      ...fact('proven', said('fact.when.proven', { day: daySaid(proven) })),
      day: proven.slice(0, 10),
    };
  const claimed = claimedIn(credentials) ?? takenOn(dates);
  return claimed === undefined
    ? fact('not-known', said('fact.when.notKnown'))
    : { ...fact('claimed', said('fact.when.claimed', { day: daySaid(claimed) })), day: claimed.slice(0, 10) };
}

/** The signer's own word, in the active manifest. */
function claimedIn({ manifests = [], activeManifest }: Facts['credentials']): string | undefined {
  const actions = manifests.find(({ label }) => label === activeManifest)?.actions ?? [];
  return actions.map(({ when: at }) => at).find((at) => at !== undefined && /^\d{4}-\d{2}-\d{2}/.test(at));
}

/** Of the file's own dates those on which something was taken, not written down. */
const TAKEN: ReadonlySet<string> = new Set([
  'Exif DateTimeOriginal',
  'exif:DateTimeOriginal',
  'photoshop:DateCreated',
  'com.apple.quicktime.creationdate',
]);

function takenOn(dates: ClaimedDates): string | undefined {
  return dates
    .filter(
      ({ name }) => TAKEN.has(name.split(' ').slice(-2).join(' ')) || TAKEN.has(name.split(' ').at(-1) ?? ''),
    )
    .map(({ value }) => /^(\d{4})[:-](\d{2})[:-](\d{2})/.exec(value)?.slice(1).join('-'))
    .find((day) => day !== undefined && dayIn(day) !== undefined);
}
