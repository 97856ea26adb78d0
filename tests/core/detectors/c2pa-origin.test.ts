import { describe, expect, it } from 'vitest';
import { findDeclaredOrigin } from '../../../src/core/detectors/c2pa-origin.js';
import {
  action,
  CAPTURE,
  CTAM,
  failure,
  INTACT,
  ingredient,
  manifest,
  store,
  success,
  TAM,
} from '../../support/literals.js';

const chain = (...manifests: ReturnType<typeof manifest>[]) =>
  store({
    manifests,
    codes: {
      active: INTACT,
      ingredients: manifests.slice(1).map((m) => success('claimSignature.validated', m.label)),
    },
  });

const ai = manifest('m2', { actions: [action('c2pa.created', TAM, 'm2')] });
const photo = manifest('m2', { actions: [action('c2pa.created', CAPTURE, 'm2')] });

describe('origin that a manifest store declares', () => {
  it.each([
    [
      'TAM on c2pa.created',
      chain(manifest('m1', { actions: [action('c2pa.created', TAM)] })),
      'ai-generated',
      'this',
    ],
    [
      'TAM on c2pa.opened',
      chain(manifest('m1', { actions: [action('c2pa.opened', TAM)] })),
      'ai-generated',
      'this',
    ],
    [
      'cTAM on c2pa.created',
      chain(manifest('m1', { actions: [action('c2pa.created', CTAM)] })),
      'ai-edited',
      'this',
    ],
    [
      'cTAM on a later edit',
      chain(manifest('m1', { actions: [action('c2pa.created', CAPTURE), action('c2pa.edited', CTAM)] })),
      'ai-edited',
      'this',
    ],
    [
      'TAM on a non-editorial action',
      chain(manifest('m1', { actions: [action('c2pa.watermarked', TAM)] })),
      undefined,
      undefined,
    ],
    [
      'capture alone',
      chain(manifest('m1', { actions: [action('c2pa.created', CAPTURE)] })),
      'captured',
      'this',
    ],
    [
      'capture, then converted',
      chain(manifest('m1', { actions: [action('c2pa.created', CAPTURE), action('c2pa.converted')] })),
      'captured',
      'this',
    ],
    [
      'capture, then colour-adjusted',
      chain(manifest('m1', { actions: [action('c2pa.created', CAPTURE), action('c2pa.color_adjustments')] })),
      'other',
      'this',
    ],
    [
      'capture, then an action of another name space',
      chain(manifest('m1', { actions: [action('c2pa.created', CAPTURE), action('com.example.magic')] })),
      'other',
      'this',
    ],
    [
      'AI parent',
      chain(
        manifest('m1', { actions: [action('c2pa.opened')], ingredients: [ingredient('parentOf', 'm2')] }),
        ai,
      ),
      'ai-generated',
      'ancestor',
    ],
    [
      'photo parent, untouched',
      chain(
        manifest('m1', { actions: [action('c2pa.opened')], ingredients: [ingredient('parentOf', 'm2')] }),
        photo,
      ),
      'captured',
      'ancestor',
    ],
    [
      'photo parent, edited',
      chain(
        manifest('m1', {
          actions: [action('c2pa.opened'), action('c2pa.cropped')],
          ingredients: [ingredient('parentOf', 'm2')],
        }),
        photo,
      ),
      'other',
      'ancestor',
    ],
    [
      'AI component',
      chain(
        manifest('m1', { actions: [action('c2pa.created')], ingredients: [ingredient('componentOf', 'm2')] }),
        ai,
      ),
      'ai-edited',
      'component',
    ],
    [
      'AI input',
      chain(
        manifest('m1', { actions: [action('c2pa.created')], ingredients: [ingredient('inputTo', 'm2')] }),
        ai,
      ),
      undefined,
      undefined,
    ],
    ['nothing declared', chain(manifest('m1')), undefined, undefined],
  ])('%s', (_name, evidence, origin, where) => {
    const declared = findDeclaredOrigin(evidence);
    expect(declared?.origin).toBe(origin);
    expect(declared?.where).toBe(where);
  });

  it('says that a capture was edited', () => {
    const edited = chain(
      manifest('m1', { actions: [action('c2pa.created', CAPTURE), action('c2pa.cropped')] }),
    );
    expect(findDeclaredOrigin(edited)?.editedAfterCapture).toBe(true);
  });

  it.each([
    ['as servers do', action('c2pa.resized'), 'captured'],
    ['with AI', action('c2pa.resized', CTAM), 'ai-edited'],
  ])('counts a resize as an edit only with AI (%s)', (_name, resize, origin) => {
    const resized = chain(manifest('m1', { actions: [action('c2pa.created', CAPTURE), resize] }));
    expect(findDeclaredOrigin(resized)).toMatchObject({ origin, editedAfterCapture: false });
  });

  it('takes nothing from a manifest that no longer matches', () => {
    const altered = store({
      manifests: [manifest('m1', { actions: [action('c2pa.created', TAM)] })],
      codes: { active: [failure('assertion.dataHash.mismatch')], ingredients: [] },
    });
    expect(findDeclaredOrigin(altered)).toBeUndefined();
    const alteredParent = store({
      manifests: [manifest('m1', { ingredients: [ingredient('parentOf', 'm2')] }), ai],
      codes: { active: INTACT, ingredients: [failure('assertion.hashedURI.mismatch', 'm2')] },
    });
    expect(findDeclaredOrigin(alteredParent)).toBeUndefined();
  });

  describe('a step that put in a mark, by its own words', () => {
    const marked = (description: string, term = TAM) => ({ ...action('c2pa.edited', term), description });

    it.each([
      'Added imperceptible SynthID watermark',
      'Applied imperceptible SynthID watermark.',
      'Applied imperceptible SynthID watermark',
      'Added imperceptible SynthID watermark to the audio',
      'Added visible watermark',
      'Added an invisible watermark.',
      'Image watermarked',
    ])('is no edit: %s', (description) => {
      const photoMarked = chain(
        manifest('m1', { actions: [action('c2pa.created', CAPTURE), marked(description)] }),
      );
      expect(findDeclaredOrigin(photoMarked)).toMatchObject({
        origin: 'captured',
        editedAfterCapture: false,
      });
      const opened = chain(manifest('m1', { actions: [action('c2pa.opened'), marked(description)] }));
      expect(findDeclaredOrigin(opened)).toBeUndefined();
    });

    it.each([
      'Removed visible watermark',
      'Added visible watermark and replaced the sky',
      'Watermark',
      'Added imperceptible SynthID watermark. Edited with AI',
      'Not watermarked',
    ])('is one in other words: %s', (description) => {
      const edited = chain(
        manifest('m1', { actions: [action('c2pa.created', CAPTURE), marked(description)] }),
      );
      expect(findDeclaredOrigin(edited)?.origin).toBe('ai-edited');
    });
  });

  it('ends on a cycle of ingredients', () => {
    const loop = chain(
      manifest('m1', { ingredients: [ingredient('parentOf', 'm2')] }),
      manifest('m2', {
        actions: [action('c2pa.created', TAM, 'm2')],
        ingredients: [ingredient('parentOf', 'm1')],
      }),
    );
    expect(findDeclaredOrigin(loop)?.origin).toBe('ai-generated');
  });

  it('gives the same answer when one manifest is reached by two ways', () => {
    const twice = chain(
      manifest('m1', {
        actions: [action('c2pa.created')],
        ingredients: [ingredient('inputTo', 'm2'), ingredient('componentOf', 'm2')],
      }),
      ai,
    );
    expect(findDeclaredOrigin(twice)?.origin).toBe('ai-edited');
  });
});
