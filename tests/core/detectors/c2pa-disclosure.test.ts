import { expect, it } from 'vitest';
import { c2paDisclosure } from '../../../src/core/detectors/c2pa-disclosure.js';
import {
  action,
  CAPTURE,
  evidence,
  facts,
  INTACT,
  ingredient,
  manifest,
  store,
  success,
  TAM,
} from '../../support/literals.js';

const said = (...manifests: ReturnType<typeof manifest>[]) => {
  const ingredients = manifests.slice(1).map(({ label }) => success('claimSignature.validated', label));
  const value = store({ manifests, codes: { active: INTACT, ingredients } });
  const signals = c2paDisclosure.detect(evidence({ c2pa: value }), facts());
  return signals.map(({ id }) => id).filter((id) => id !== 'c2pa.identifier');
};
const made = (relationship: string) =>
  manifest('m1', { actions: [action('c2pa.created')], ingredients: [ingredient(relationship, 'm2')] });
const ai = manifest('m2', { actions: [action('c2pa.created', TAM, 'm2')] });
const photo = manifest('m2', { actions: [action('c2pa.created', CAPTURE, 'm2')] });

it('an ingredient’s statement of AI is one about the content that it went into', () => {
  for (const relationship of ['parentOf', 'componentOf'])
    expect(said(made(relationship), ai)).toEqual(
      expect.arrayContaining(['c2pa.ai.created', 'c2pa.ai.inIngredient']),
    );
});

it('an input’s statement is kept and says nothing of what was made with it', () => {
  expect(said(made('inputTo'), ai)).toEqual(['c2pa.ai.inIngredient']);
  expect(said(made('inputTo'), photo)).toEqual([]);
});

it('what is an input and a part as well is a part', () => {
  const both = manifest('m1', {
    ingredients: [ingredient('inputTo', 'm2'), ingredient('componentOf', 'm2')],
  });
  expect(said(both, ai)).toContain('c2pa.ai.created');
});

it('a manifest that nothing leads to says nothing', () => {
  expect(said(manifest('m1'), ai)).toEqual([]);
});

it('the source type of a mark, by the step’s own words, is no alteration with AI', () => {
  const marked = (description: string) =>
    said(
      manifest('m1', { actions: [action('c2pa.created'), { ...action('c2pa.edited', TAM), description }] }),
    );
  expect(marked('Added imperceptible SynthID watermark')).toEqual([]);
  expect(marked('Sky replaced')).toContain('c2pa.ai.altered');
});
