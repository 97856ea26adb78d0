import { type Signal, type SignalFact, type SignalId, toStatedValue } from '../report/signal.js';
import { TRACE_GRADES } from '../signals/backing.js';
import { GENERATOR_SIGNALS } from '../signals/generators.js';
import { ALL_GENERATOR_ROWS } from '../signatures/generators-all.js';
import { defineDetector } from './detector.js';
import { gatherTexts } from './gathered-texts.js';
import { matchRows } from './match-rows.js';
import { GENERATOR_SHAPES } from './shapes/index.js';
import { collectTexts, TEXT_CARRIERS } from './texts.js';

/** Signals kept apart by value: two uses of a source picture are two statements. */
const SEPARATE_BY_VALUE: ReadonlySet<SignalId> = new Set(['generator.sourcePicture']);

/** Matches the rows of signatures/generators*.ts against every text. Such text can be copied into any file. */
export const generatorSignature = defineDetector({
  id: 'generator-signature',
  needs: TEXT_CARRIERS,
  raises: Object.keys(GENERATOR_SIGNALS) as (keyof typeof GENERATOR_SIGNALS)[],
  detect(evidence, asset, stopped) {
    const texts = collectTexts(evidence, asset);
    const together = gatherTexts(texts);
    const all = together.length === 0 ? texts : [...texts, ...together];
    const found = matchRows(ALL_GENERATOR_ROWS, all, GENERATOR_SHAPES, { stopped });
    return dropWorkflow(mergeByTool(found));
  },
});

const DRAWN: ReadonlySet<SignalId> = new Set(['generator.comfyui', 'generator.comfyui.workflow']);

/** The editor's workflow is dropped if the record of a ComfyUI run is present, because it adds nothing. */
function dropWorkflow(signals: readonly Signal[]): Signal[] {
  const ran = signals.some(
    ({ id, basis }) => !DRAWN.has(id) && basis.some(({ row }) => row?.startsWith('comfyui.')),
  );
  return signals.filter(({ id }) => !(ran && id === 'generator.comfyui.workflow'));
}

/** Merges signals of one tool, which writes its data into several fields that each hold a part. */
function mergeByTool(signals: readonly Signal[]): Signal[] {
  const found = new Map<string, Signal>();
  for (const signal of signals) {
    const key = SEPARATE_BY_VALUE.has(signal.id) ? `${signal.id} ${signal.value ?? ''}` : signal.id;
    const known = found.get(key);
    found.set(key, known ? mergeSignals(known, signal) : signal);
  }
  return [...found.values()];
}

const MAX_LOCATORS = 16;

function mergeSignals(one: Signal, other: Signal): Signal {
  const stated = toStatedValue(one.value === undefined && one.messages === undefined ? other : one);
  const facts = [...(one.facts ?? []), ...dropKnownNames(other.facts ?? [], one.facts ?? [])];
  const grades = [one.grade, other.grade].filter((grade) => grade !== undefined);
  const grade = grades.toSorted((a, b) => TRACE_GRADES.indexOf(a) - TRACE_GRADES.indexOf(b))[0];
  return {
    ...one,
    ...stated,
    ...(grade === undefined ? {} : { grade }),
    ...(facts.length === 0 ? {} : { facts }),
    basis: [...one.basis, ...other.basis].slice(0, MAX_LOCATORS),
  };
}

function dropKnownNames(facts: readonly SignalFact[], known: readonly SignalFact[]): SignalFact[] {
  return facts.filter(({ name }) => !known.some((fact) => fact.name === name));
}
