import { type Signal, type SignalFact, type SignalId, statedBy } from '../report/signal.js';
import { GRADES } from '../signals/backing.js';
import { GENERATOR_SIGNALS } from '../signals/generators.js';
import { ALL_GENERATOR_ROWS } from '../signatures/generators-all.js';
import { defineDetector } from './detector.js';
import { gatheredTexts } from './gathered-texts.js';
import { matchRows } from './match-rows.js';
import { GENERATOR_SHAPES } from './shapes/index.js';
import { TEXT_CARRIERS, textsOf } from './texts.js';

/** Two ways of using a source picture are two statements. */
const APART: ReadonlySet<SignalId> = new Set(['generator.sourcePicture']);

/** Rows of signatures/generators*.ts against every text. Such text can be copied into any file. */
export const generatorSignature = defineDetector({
  id: 'generator-signature',
  needs: TEXT_CARRIERS,
  raises: Object.keys(GENERATOR_SIGNALS) as (keyof typeof GENERATOR_SIGNALS)[],
  detect(evidence, asset, stopped) {
    const texts = textsOf(evidence, asset);
    const together = gatheredTexts(texts);
    const all = together.length === 0 ? texts : [...texts, ...together];
    const found = matchRows(ALL_GENERATOR_ROWS, all, GENERATOR_SHAPES, { stopped });
    return withoutWorkflow(oneForEachTool(found));
  },
});

const DRAWN: ReadonlySet<SignalId> = new Set(['generator.comfyui', 'generator.comfyui.workflow']);

/** Beside the record of a run, what ComfyUI's editor keeps of it says nothing more. */
function withoutWorkflow(signals: readonly Signal[]): Signal[] {
  const ran = signals.some(
    ({ id, basis }) => !DRAWN.has(id) && basis.some(({ row }) => row?.startsWith('comfyui.')),
  );
  return signals.filter(({ id }) => !(ran && id === 'generator.comfyui.workflow'));
}

/** A tool leaves its words in several places, and each tells a part. */
function oneForEachTool(signals: readonly Signal[]): Signal[] {
  const found = new Map<string, Signal>();
  for (const signal of signals) {
    const key = APART.has(signal.id) ? `${signal.id} ${signal.value ?? ''}` : signal.id;
    const known = found.get(key);
    found.set(key, known ? joined(known, signal) : signal);
  }
  return [...found.values()];
}

const MOST_PLACES = 16;

function joined(one: Signal, other: Signal): Signal {
  const stated = statedBy(one.value === undefined && one.said === undefined ? other : one);
  const facts = [...(one.facts ?? []), ...withoutNames(other.facts ?? [], one.facts ?? [])];
  const grades = [one.grade, other.grade].filter((grade) => grade !== undefined);
  const grade = grades.toSorted((a, b) => GRADES.indexOf(a) - GRADES.indexOf(b))[0];
  return {
    ...one,
    ...stated,
    ...(grade === undefined ? {} : { grade }),
    ...(facts.length === 0 ? {} : { facts }),
    basis: [...one.basis, ...other.basis].slice(0, MOST_PLACES),
  };
}

function withoutNames(facts: readonly SignalFact[], known: readonly SignalFact[]): SignalFact[] {
  return facts.filter(({ name }) => !known.some((fact) => fact.name === name));
}
