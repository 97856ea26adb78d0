import { type Said, said } from '../../say/said.js';
import { alteredParts } from './sentence-altered.js';
import { declaredSaid, statedOf } from './sentence-declared.js';
import { credentialsDoubts } from './sentence-doubts.js';
import type { Decided, Facts } from './sentence-facts.js';
import { caveatSaid, conflictSaid, type Parts, type Statement } from './sentence-said.js';
import { notStated } from './sentence-steps.js';
import { cutOffDoubt, unreadDoubts } from './sentence-unread.js';
import { whoSaid } from './sentence-who.js';

/** What is said where Content Credentials are in the file. */
export function presentParts(facts: Facts, decided: Decided, beside: readonly Statement[]): Parts {
  const { credentials, declared } = facts;
  if (credentials.integrity === 'altered') return alteredParts(facts, beside);
  const stated = declared && statedOf(declared, facts);
  const who = whoSaid(facts, decided, stated?.from);
  const doubts = [...cutOffDoubt(facts), ...credentialsDoubts(facts, stated?.from)];
  const ingredient = alteredIngredient(facts);
  if (decided.origin === 'contradictory') return contradictoryParts(facts, who, ingredient);
  const isAi = declared?.origin === 'ai-generated' || declared?.origin === 'ai-edited';
  // What a label or a trace says is weaker, and would only weaken a signed statement of the same.
  const [other] = isAi ? [] : beside.filter(({ ofAi }) => ofAi);
  // What went into the file and does not fit weighs more than what was done to the file.
  const steps = [
    ...ingredient,
    ...(declared && stated ? declaredSaid(declared, stated, facts) : notStated(facts, doubts.length > 0)),
  ];
  const unread = isAi ? [] : unreadDoubts(facts);
  if (other === undefined)
    return {
      first: [who],
      middle: steps,
      doubts: [...doubts, ...conflictSaid(facts.contradictions), ...unread, ...screenDoubt(facts)],
    };
  const caveat = caveatBeside(other, facts);
  // The headline is the label’s, or the signer’s: what it says comes first.
  if (declared === undefined && other.is !== 'text')
    return {
      first: [...other.said.slice(0, 1), who],
      middle: steps,
      doubts: [...conflictSaid(facts.contradictions), ...caveat],
    };
  return {
    first: [who, ...other.said.slice(0, 1)],
    middle: steps,
    doubts: [...conflictSaid(facts.contradictions), ...doubts, ...caveat],
  };
}

function alteredIngredient({ credentials: { ingredientIntegrity } }: Facts): Said[] {
  return ingredientIntegrity === 'altered' ? [said('sentence.ingredient')] : [];
}

/** In a file that is signed whole nobody can add a label any more; it is no statement of the signer all the same. */
function caveatBeside({ caveat }: Statement, { credentials, signals }: Facts): Said[] {
  if (caveat === undefined) return [];
  const isWhole =
    credentials.integrity === 'intact' && !signals.some(({ id }) => id === 'c2pa.binding.leavesOutMore');
  if (isWhole && caveat === 'text') return [said('sentence.caveat.textBeside')];
  return [caveat === 'unsigned' && isWhole ? said('sentence.caveat.beside') : caveatSaid(caveat)];
}

/** A device signs what stands before it, and that may be a screen. */
function screenDoubt({ declared, asset }: Facts): Said[] {
  const { kind } = asset.mediaType;
  return declared?.origin === 'captured'
    ? [said('sentence.doubt.screen', { kind: kind === 'audio' || kind === 'video' ? kind : 'other' })]
    : [];
}

/** Both are said, and that nobody here can tell which one holds. */
function contradictoryParts({ contradictions }: Facts, who: Said, ingredient: Said[]): Parts {
  const found = contradictions.find(({ kind }) => kind === 'excludes');
  return {
    first: [who, ...(found ? [found.within] : [])],
    middle: ingredient,
    doubts: [said('sentence.doubt.which')],
  };
}
