import { describe, expect, it } from 'vitest';
import type { EngineDifference } from '../../../src/core/c2pa/engine-difference.js';
import {
  activeIntegrity,
  isSignatureUnvalidated,
  manifestIntegrity,
} from '../../../src/core/c2pa/integrity.js';
import type { StatusCode, StoreEvidence } from '../../../src/core/c2pa/manifest-store.js';
import { failure, INTACT, ingredient, manifest, store, success } from '../../support/literals.js';

const active = (...codes: ReturnType<typeof failure>[]) =>
  store({ codes: { active: [...INTACT, ...codes], ingredients: [] } });

/** Output of c2pa-rs from 0.91 on, next to a match of the same hash. */
const COMPLAINT = [
  'assertion.dataHash.mismatch',
  'm1',
  'data hash exclusion does not match the manifest location in the asset',
] as const;

describe('integrity of the active manifest', () => {
  it.each([
    ['everything matches', active(), 'intact'],
    ['untrusted signer', active(failure('signingCredential.untrusted')), 'intact'],
    ['expired certificate', active(failure('signingCredential.expired')), 'intact'],
    ['malformed action', active(failure('assertion.action.malformed')), 'intact'],
    ['CAWG identity fault', active(failure('cawg.ica.did_unavailable')), 'intact'],
    ['data hash', active(failure('assertion.dataHash.mismatch')), 'altered'],
    ['BMFF hash', active(failure('assertion.bmffHash.mismatch')), 'altered'],
    ['boxes hash', active(failure('assertion.boxesHash.mismatch')), 'altered'],
    ['hashed URI', active(failure('assertion.hashedURI.mismatch')), 'altered'],
    ['claim signature', active(failure('claimSignature.mismatch')), 'altered'],
    ['a missing claim', active(failure('ingredient.manifest.missing', 'm9')), 'altered'],
    [
      'no hard binding',
      store({
        codes: {
          active: [success('claimSignature.validated'), failure('claim.hardBindings.missing')],
          ingredients: [],
        },
      }),
      'undetermined',
    ],
    [
      'no word on the binding',
      store({ codes: { active: [success('claimSignature.validated')], ingredients: [] } }),
      'undetermined',
    ],
    [
      'no word on the signature',
      store({ codes: { active: [success('assertion.dataHash.match')], ingredients: [] } }),
      'undetermined',
    ],
    ['no codes at all', store({ codes: { active: [], ingredients: [] } }), 'undetermined'],
  ])('%s → %s', (_name, evidence, expected) => {
    expect(activeIntegrity(evidence).integrity).toBe(expected);
  });

  it('never calls the exclusion complaint of c2pa-rs 0.91 on Truepic photos altered', () => {
    const codes = [success('claimSignature.validated'), failure(...COMPLAINT)];
    expect(activeIntegrity(store({ codes: { active: codes, ingredients: [] } }))).toEqual({
      integrity: 'undetermined',
      causes: ['assertion.dataHash.mismatch', '(no hard binding matched)'],
    });
  });

  it('leaves a hashed URI fault of another manifest to that manifest', () => {
    expect(activeIntegrity(active(failure('assertion.hashedURI.mismatch', 'm2'))).integrity).toBe('intact');
  });

  it('takes the parent’s hard binding for an update manifest, and its mismatch too', () => {
    const manifests = [
      manifest('m1', {
        ingredients: [ingredient('parentOf', 'm2', [success('assertion.dataHash.match', 'm2')])],
      }),
      manifest('m2'),
    ];
    const codes = [success('claimSignature.validated'), success('assertion.hashedURI.match')];
    expect(activeIntegrity(store({ manifests, codes: { active: codes, ingredients: [] } })).integrity).toBe(
      'intact',
    );
    const broken = [...codes, failure('assertion.dataHash.mismatch', 'm2')];
    expect(activeIntegrity(store({ manifests, codes: { active: broken, ingredients: [] } })).integrity).toBe(
      'altered',
    );
    const unbound = [...codes, failure('claim.hardBindings.missing')];
    expect(activeIntegrity(store({ manifests, codes: { active: unbound, ingredients: [] } })).integrity).toBe(
      'undetermined',
    );
  });

  it('does not call an initialisation segment altered for want of its fragments', () => {
    const codes = [success('claimSignature.validated'), failure('assertion.bmffHash.mismatch')];
    expect(
      activeIntegrity(store({ initSegmentOnly: true, codes: { active: codes, ingredients: [] } })).integrity,
    ).toBe('undetermined');
    const worse = [...codes, failure('claimSignature.mismatch')];
    expect(
      activeIntegrity(store({ initSegmentOnly: true, codes: { active: worse, ingredients: [] } })).integrity,
    ).toBe('altered');
  });
});

describe('what a hash leaves out', () => {
  const MORE = {
    ...failure('assertion.dataHash.additionalExclusionsPresent'),
    kind: 'informational' as const,
  };
  const range = { start: 0, bytes: 20 };
  const leavingOut = (uncovered: StoreEvidence['uncovered'], ...codes: StatusCode[]) =>
    activeIntegrity({ ...active(...codes), ...(uncovered && { uncovered }) });

  it.each([
    ['one more range', MORE],
    ['a range that is not the manifest’s', failure(...COMPLAINT)],
  ])('is judged by its place where an engine speaks of %s', (_, code) => {
    expect(leavingOut({ parts: [], isMetadata: true }, code).integrity).toBe('intact');
    expect(leavingOut({ parts: [range], isMetadata: true }, code).integrity).toBe('intact');
    const open = { integrity: 'undetermined', causes: [code.code] };
    expect(leavingOut({ parts: [range], isMetadata: false }, code)).toEqual(open);
    expect(leavingOut(undefined, code)).toEqual(open);
  });

  it('leaves it open where no engine says so, and nothing where it cannot be told', () => {
    expect(leavingOut({ parts: [{ box: '/mdat' }], isMetadata: false })).toEqual({
      integrity: 'undetermined',
      causes: ['(content is left out of the hash)'],
    });
    expect(leavingOut(undefined).integrity).toBe('intact');
  });

  it('makes no other hash whole', () => {
    const other = failure('assertion.dataHash.mismatch', 'm1', 'asset hash error');
    const whole = { parts: [], isMetadata: true };
    expect(leavingOut(whole, failure(...COMPLAINT), other).integrity).toBe('altered');
  });
});

describe('a signature that an engine did not come to', () => {
  const unsigned = store({ codes: { active: [success('assertion.dataHash.match')], ingredients: [] } });

  it('holds where Assay’s own check says so', () => {
    expect(activeIntegrity(unsigned).integrity).toBe('undetermined');
    expect(activeIntegrity({ ...unsigned, signatureHolds: true }).integrity).toBe('intact');
    expect(isSignatureUnvalidated(unsigned)).toBe(true);
    expect(isSignatureUnvalidated(active())).toBe(false);
  });

  it('does not where the engine says that it does not', () => {
    const broken = active(failure('claimSignature.mismatch'));
    expect(activeIntegrity({ ...broken, signatureHolds: true }).integrity).toBe('altered');
  });
});

describe('two engines that disagree', () => {
  const second = (...differences: EngineDifference[]) => ({
    engine: { name: 'wasm' as const, version: '0', sdk: 'c2pa-rs 0' },
    agrees: false,
    differences,
  });

  it('leave the integrity open where a code that bears on bytes differs', () => {
    const differing = store({ secondOpinion: second({ by: 'second', code: 'assertion.dataHash.mismatch' }) });
    expect(activeIntegrity(differing).integrity).toBe('undetermined');
  });

  it('do not where the difference is another', () => {
    const other = store({
      secondOpinion: second(
        { by: 'second', code: 'signingCredential.invalid' },
        { by: 'second', code: 'assertion.dataHash.mismatch', of: 'ingredient' },
      ),
    });
    expect(activeIntegrity(other).integrity).toBe('intact');
  });

  it('do not where the second alone reports a match, as of a parent’s binding under an update manifest', () => {
    const confirmed = store({ secondOpinion: second({ by: 'second', code: 'assertion.dataHash.match' }) });
    expect(activeIntegrity(confirmed).integrity).toBe('intact');
    const unconfirmed = store({ secondOpinion: second({ by: 'first', code: 'assertion.dataHash.match' }) });
    expect(activeIntegrity(unconfirmed).integrity).toBe('undetermined');
  });
});

describe('integrity of an ingredient', () => {
  const withIngredient = (recorded: ReturnType<typeof failure>[], codes: ReturnType<typeof failure>[]) =>
    store({
      manifests: [
        manifest('m1', { ingredients: [ingredient('componentOf', 'm2', recorded)] }),
        manifest('m2'),
      ],
      codes: { active: INTACT, ingredients: codes },
    });

  it('is its own, from what the engine and its user say of it', () => {
    expect(
      manifestIntegrity(withIngredient([], [failure('claimSignature.mismatch', 'm2')]), 'm2').integrity,
    ).toBe('altered');
    expect(
      manifestIntegrity(withIngredient([failure('claimSignature.mismatch', 'm2')], []), 'm2').integrity,
    ).toBe('altered');
    expect(
      manifestIntegrity(withIngredient([], [success('claimSignature.validated', 'm2')]), 'm2').integrity,
    ).toBe('intact');
    expect(manifestIntegrity(withIngredient([], []), 'm2').integrity).toBe('undetermined');
  });

  it('leaves the active manifest as it is', () => {
    expect(
      activeIntegrity(withIngredient([], [failure('assertion.hashedURI.mismatch', 'm2')])).integrity,
    ).toBe('intact');
  });

  it('does not take one label for the start of another', () => {
    expect(
      manifestIntegrity(
        withIngredient(
          [],
          [failure('claimSignature.mismatch', 'm22'), success('claimSignature.validated', 'm2')],
        ),
        'm2',
      ).integrity,
    ).toBe('intact');
  });
});

describe('a fault of form', () => {
  const label = (of = 'm1') => failure('claim.malformed', of, 'claim box label invalid');

  it('is told and changes nothing where signature, hashed URIs and binding hold', () => {
    expect(activeIntegrity(active(label()))).toEqual({ integrity: 'intact', causes: [] });
  });

  it('leaves it open where one of them does not, and never hides a change', () => {
    for (const missing of [
      'claimSignature.validated',
      'assertion.hashedURI.match',
      'assertion.dataHash.match',
    ]) {
      const codes = { active: [...INTACT.filter(({ code }) => code !== missing), label()], ingredients: [] };
      expect(activeIntegrity(store({ codes })).integrity).toBe('undetermined');
    }
    expect(activeIntegrity(active(label(), failure('assertion.dataHash.mismatch'))).integrity).toBe(
      'altered',
    );
  });

  it('is not what other faults of a claim are', () => {
    for (const words of [undefined, 'claim missing required field(s): instanceID'])
      expect(activeIntegrity(active(failure('claim.malformed', 'm1', words))).integrity).toBe('undetermined');
  });

  it('holds of an ingredient whose signature was validated', () => {
    const of = (...codes: ReturnType<typeof success>[]) =>
      manifestIntegrity(store({ codes: { active: INTACT, ingredients: [label('m2'), ...codes] } }), 'm2')
        .integrity;
    expect(of(success('claimSignature.validated', 'm2'))).toBe('intact');
    expect(of(success('assertion.hashedURI.match', 'm2'))).toBe('undetermined');
  });
});

describe('two engines', () => {
  const engine = { name: 'wasm', version: '0', sdk: 'c2pa-rs 0' } as const;
  const heard = (
    second: ReturnType<typeof failure>[] | undefined,
    differences: EngineDifference[],
    ...codes: ReturnType<typeof failure>[]
  ) =>
    activeIntegrity({
      ...active(...codes),
      secondOpinion: { engine, agrees: false, differences, ...(second ? { codes: second } : {}) },
    }).integrity;
  const mismatch = failure('assertion.dataHash.mismatch');

  it('that both say “altered” with other codes do not differ', () => {
    const second = [...INTACT, failure('assertion.hashedURI.mismatch')];
    expect(heard(second, [{ by: 'second', code: 'assertion.hashedURI.mismatch' }], mismatch)).toBe('altered');
  });

  it.each([
    ['intact', INTACT],
    ['undetermined', [...INTACT, failure('algorithm.unsupported')]],
  ])('of which one says %s leave it open', (_, second) => {
    expect(heard(second, [{ by: 'first', code: 'assertion.dataHash.mismatch' }], mismatch)).toBe(
      'undetermined',
    );
  });

  it('of which one finds no store to judge leave it open', () => {
    const differing: EngineDifference[] = [
      { by: 'first', presence: 'present' },
      { by: 'second', presence: 'unreadable' },
    ];
    expect(heard(undefined, differing, mismatch)).toBe('undetermined');
  });

  it('keep “intact” where both say so and differ in other codes', () => {
    expect(heard(INTACT, [{ by: 'second', code: 'assertion.action.malformed' }])).toBe('intact');
  });

  it('are held to the same facts of the file: what is left out, and Assay’s own check of the signature', () => {
    const complaint = [success('assertion.dataHash.match'), failure(...COMPLAINT)];
    const secondOpinion = {
      engine,
      agrees: false,
      differences: [{ by: 'second' as const, code: 'assertion.dataHash.mismatch' }],
      codes: complaint,
    };
    const known = { uncovered: { parts: [], isMetadata: true }, signatureHolds: true as const };
    expect(activeIntegrity({ ...active(), ...known, secondOpinion }).integrity).toBe('intact');
    expect(activeIntegrity({ ...active(), secondOpinion }).integrity).toBe('undetermined');
  });
});
