import { MUTATORS } from './mutators/index.js';
import { Random } from './random.js';
import { structureOf } from './structure/index.js';

/** Mutants are cut to this size; large files are tested elsewhere. */
const MOST_BYTES = 8 * 1024 ** 2;

/**
 * Returns the input of that number: a seed and the mutations applied to it. It is deterministic for the same seeds.
 * @param {{ seed: number, number: number, from: import('./seeds.js').Seed[] }} which
 */
export function mutant({ seed, number, from }) {
  const random = new Random(seed, number);
  const start = random.pick(from);
  const done = [];
  let { bytes, tree } = start;
  for (let left = 1 + random.below(3); left > 0; left -= 1) {
    const mutate = random.pick(MUTATORS);
    done.push(mutate.name);
    bytes = mutate({ bytes, tree, random, other: () => random.pick(from) }).subarray(0, MOST_BYTES);
    if (left > 1) tree = structureOf(bytes);
  }
  // Deep inspection and the second engine are slow, so only some of the mutants get them.
  return { number, name: start.name, bytes, done, deep: random.chance(0.05) };
}
