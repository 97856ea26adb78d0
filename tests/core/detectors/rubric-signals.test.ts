import { describe, expect, it } from 'vitest';
import type { ActionsAssertion, ClaimFacts } from '../../../src/core/c2pa/claim-facts.js';
import type { StoreEvidence } from '../../../src/core/c2pa/manifest-store.js';
import { rubricSignals } from '../../../src/core/detectors/rubric-signals.js';
import { RUBRIC_SIGNAL_IDS, type RubricSignalId } from '../../../src/core/signals/rubric.js';
import {
  CTAM,
  evidence,
  facts,
  failure,
  INTACT,
  ingredient,
  manifest,
  store,
  success,
  TAM,
} from '../../support/literals.js';
import { toldSignals } from '../../support/localized.js';

const IPTC = 'http://cv.iptc.org/newscodes/digitalsourcetype';
const C2PA = 'http://c2pa.org/digitalsourcetype';
const ACTIONS = 'c2pa.actions.v2';

const claim = (overrides: Partial<ClaimFacts> = {}): ClaimFacts => ({
  version: 2,
  redacted: [],
  created: [],
  gathered: [],
  update: false,
  actions: [],
  ingredientsV3: [],
  hardBindings: [],
  unread: [],
  ...overrides,
});

type Action = [name: string, digitalSourceType?: string];

const assertion = (actions: Action[], overrides: Partial<ActionsAssertion> = {}): ActionsAssertion => ({
  label: ACTIONS,
  allActionsIncluded: true,
  actions: actions.map(([action, type]) => ({
    action,
    ...(type === undefined ? {} : { digitalSourceType: type }),
  })),
  ...overrides,
});

const doing = (...actions: Action[]) => claim({ actions: [assertion(actions)] });

const detect = (claims: Record<string, ClaimFacts>, overrides: Partial<StoreEvidence> = {}) =>
  rubricSignals.detect(
    evidence({ c2pa: store({ claims: new Map(Object.entries(claims)), ...overrides }) }),
    facts(),
  );
const idsOf = (one: ClaimFacts) => detect({ m1: one }).map(({ id }) => id);

/** Each id with claims that raise it and near misses. */
const CASES: Record<RubricSignalId, { yes: ClaimFacts[]; no: ClaimFacts[] }> = {
  'c2pa.inception.blankCanvas': {
    yes: [doing(['c2pa.created', `${C2PA}/empty`])],
    no: [doing(['c2pa.created', `${IPTC}/empty`]), doing(['c2pa.edited', `${C2PA}/empty`])],
  },
  'c2pa.inception.capturedMedia': {
    yes: [
      doing(['c2pa.created', `${IPTC}/digitalCapture`]),
      doing(['c2pa.opened', `${IPTC}/computationalCapture`]),
    ],
    no: [doing(['c2pa.created', `${IPTC}/compositeCapture`]), doing(['c2pa.created'])],
  },
  'c2pa.inception.capturedMediaStitched': {
    yes: [doing(['c2pa.created', `${IPTC}/compositeCapture`])],
    no: [doing(['c2pa.created', `${IPTC}/composite`])],
  },
  'c2pa.inception.compositionMayContainGenAI': {
    yes: [doing(['c2pa.created', `${IPTC}/composite`])],
    no: [doing(['c2pa.created', CTAM]), doing(['c2pa.placed', `${IPTC}/composite`])],
  },
  'c2pa.inception.fullyGenAIMedia': {
    yes: [doing(['c2pa.created', TAM]), doing(['c2pa.edited'], ['c2pa.opened', TAM])],
    no: [
      doing(['c2pa.created', TAM.replace('http:', 'https:')]),
      doing(['c2pa.created', 'trainedAlgorithmicMedia']),
      doing(['c2pa.created', CTAM]),
      doing(['c2pa.edited', TAM]),
      claim({ version: 1, actions: [assertion([['c2pa.created', TAM]], { label: 'c2pa.actions' })] }),
      claim({ actions: [assertion([['c2pa.created', TAM]], { label: 'c2pa.actions.v2__1' })] }),
    ],
  },
  'c2pa.inception.mediaUnknownProvenance': {
    yes: [claim({ ingredientsV3: [{ label: 'c2pa.ingredient.v3', hasManifest: false }] })],
    no: [
      claim({ ingredientsV3: [{ label: 'c2pa.ingredient.v3', hasManifest: true }] }),
      claim({ ingredientsV3: [{ label: 'c2pa.ingredient.v3__1', hasManifest: false }] }),
    ],
  },
  'c2pa.inception.nonGenAIDigitalCreation': {
    yes: [doing(['c2pa.created', `${IPTC}/digitalCreation`])],
    no: [doing(['c2pa.created', `${IPTC}/digitalArt`])],
  },
  'c2pa.inception.partlyGenAICreation': {
    yes: [doing(['c2pa.created', CTAM])],
    no: [doing(['c2pa.created', TAM]), doing(['c2pa.created', `${IPTC}/compositeSynthetic`])],
  },
  'c2pa.inception.screenCaptureMayContainGenAI': {
    yes: [doing(['c2pa.created', `${IPTC}/screenCapture`])],
    no: [doing(['c2pa.created', `${IPTC}/digitalCapture`])],
  },
  'c2pa.transformation.ambiguousActions': {
    yes: [
      claim(),
      doing(),
      claim({ actions: [assertion([['c2pa.edited']], { allActionsIncluded: false })] }),
      claim({ actions: [{ label: ACTIONS, actions: [{ action: 'c2pa.edited' }] }] }),
      claim({ version: 1, actions: [assertion([['c2pa.edited']], { label: 'c2pa.actions' })] }),
      doing(['c2pa.created'], ['com.example.swirled']),
      doing(['c2pa.unknown']),
      { ...doing(['c2pa.created']), gathered: ['c2pa.actions.v2__1'] },
    ],
    no: [
      doing(['c2pa.created', TAM], ['c2pa.edited']),
      { ...doing(['c2pa.created']), gathered: ['c2pa.ingredient.v3'] },
    ],
  },
  'c2pa.transformation.nonEditorial': {
    yes: [
      'converted',
      'published',
      'repackaged',
      'transcoded',
      'resized.proportional',
      'enhanced',
      'edited.metadata',
      'watermarked',
      'watermarked.bound',
      'watermarked.unbound',
      'redacted',
    ].map((name) => doing([`c2pa.${name}`])),
    no: [doing(['c2pa.resized']), doing(['c2pa.edited']), doing(['c2pa.created'])],
  },
  'c2pa.transformation.perceptibleGenAI': {
    yes: [TAM, CTAM, `${IPTC}/compositeSynthetic`, `${C2PA}/trainedAlgorithmicData`].map((type) =>
      doing(['c2pa.edited', type]),
    ),
    no: [
      doing(['c2pa.enhanced', TAM]),
      doing(['c2pa.opened', TAM]),
      doing(['c2pa.edited', `${IPTC}/trainedAlgorithmicData`]),
      doing(['c2pa.edited']),
    ],
  },
  'c2pa.transformation.perceptibleNonGenAI': {
    yes: [
      doing(['c2pa.edited', `${IPTC}/humanEdits`]),
      doing(['c2pa.edited', TAM.replace('http:', 'https:')]),
      doing(['c2pa.edited', '']),
      doing(['c2pa.edited', `${IPTC}/digitalArt`]),
    ],
    no: [doing(['c2pa.edited']), doing(['c2pa.edited', CTAM]), doing(['c2pa.converted', `${IPTC}/print`])],
  },
  'c2pa.transformation.perceptiblePossiblyGenAI': {
    yes: [doing(['c2pa.placed', `${IPTC}/composite`]), doing(['c2pa.drawing', `${IPTC}/digitalArt`])],
    no: [doing(['c2pa.created', `${IPTC}/composite`]), doing(['c2pa.edited', `${IPTC}/humanEdits`])],
  },
};

describe('the C2PA Asset Signals Rubric', () => {
  it('has its nine inception and five transformation signals', () => {
    expect(Object.keys(CASES).sort()).toEqual([...RUBRIC_SIGNAL_IDS].sort());
    expect(RUBRIC_SIGNAL_IDS.filter((id) => id.startsWith('c2pa.inception.'))).toHaveLength(9);
  });

  it.each(
    RUBRIC_SIGNAL_IDS.flatMap((id) => CASES[id].yes.map((one, index) => [id, index + 1, one] as const)),
  )('raises %s (%i)', (id, _index, one) => {
    expect(idsOf(one)).toContain(id);
  });

  it.each(RUBRIC_SIGNAL_IDS.flatMap((id) => CASES[id].no.map((one, index) => [id, index + 1, one] as const)))(
    'does not raise %s for what is merely close (%i)',
    (id, _index, one) => {
      expect(idsOf(one)).not.toContain(id);
    },
  );
});

describe('a rubric signal', () => {
  it('says which action decides, once', () => {
    expect(
      toldSignals(detect({ m1: doing(['c2pa.edited'], ['c2pa.edited', TAM], ['c2pa.edited', CTAM]) })),
    ).toEqual([
      {
        id: 'c2pa.transformation.perceptibleGenAI',
        backing: 'valid',
        value: 'active',
        basis: [
          { carrier: 'c2pa', locator: 'self#jumbf=/c2pa/m1/c2pa.assertions/c2pa.actions.v2#actions[1]' },
        ],
      },
    ]);
  });

  const manifests = [
    manifest('m1', { ingredients: [ingredient('componentOf', 'm2'), ingredient('inputTo', 'm3')] }),
    manifest('m2', { ingredients: [ingredient('parentOf', 'm4'), ingredient('parentOf', 'm1')] }),
    manifest('m3'),
    manifest('m4'),
    manifest('m5'),
  ];

  it('says how its manifest comes in, and nothing of one that nothing leads to', () => {
    const claims = Object.fromEntries(manifests.map(({ label }) => [label, doing(['c2pa.created', TAM])]));
    expect(
      toldSignals(detect(claims, { manifests })).map(({ value, basis }) => [value, basis[0]?.locator]),
    ).toEqual(
      [
        ['active', 'm1'],
        ['ingredient componentOf', 'm2'],
        ['ingredient inputTo', 'm3'],
        ['ingredient componentOf > parentOf', 'm4'],
      ].map(([role, label]) => [
        role,
        `self#jumbf=/c2pa/${label}/c2pa.assertions/c2pa.actions.v2#actions[0]`,
      ]),
    );
  });

  it('of the active manifest needs no record of the engine', () => {
    expect(detect({ m1: claim() }, { manifests: [] }).map(({ id }) => id)).toEqual([
      'c2pa.transformation.ambiguousActions',
    ]);
  });

  it('is backed as its manifest is', () => {
    const backings = (overrides: Partial<StoreEvidence>) =>
      detect(
        { m1: doing(['c2pa.created', TAM]), m2: doing(['c2pa.created', CTAM]) },
        { manifests, ...overrides },
      )
        .filter(({ id }) => id.startsWith('c2pa.inception'))
        .map(({ backing }) => backing);
    const ofIngredient = [success('claimSignature.validated', 'm2')];
    expect(backings({ codes: { active: INTACT, ingredients: ofIngredient } })).toEqual(['valid', 'valid']);
    expect(backings({ codes: { active: INTACT, ingredients: [] } })).toEqual(['valid', 'unsigned']);
    expect(
      backings({ codes: { active: INTACT, ingredients: [failure('claimSignature.mismatch', 'm2')] } }),
    ).toEqual(['valid', 'invalid']);
    expect(
      backings({ codes: { active: [failure('assertion.dataHash.mismatch')], ingredients: ofIngredient } }),
    ).toEqual(['invalid', 'invalid']);
  });
});

describe('what could not be read', () => {
  it('raises nothing: a manifest without its claim, a store without claims, a pointer', () => {
    expect(detect({})).toEqual([]);
    const engine = store().engine;
    for (const c2pa of [store(), { kind: 'remote' as const, engine, remoteUrl: 'https://example.org/a' }])
      expect(rubricSignals.detect(evidence({ c2pa }), facts())).toEqual([]);
    expect(rubricSignals.detect(evidence(), facts())).toEqual([]);
  });

  it('is not taken for missing actions or a missing manifest', () => {
    expect(idsOf({ ...doing(['c2pa.created', TAM]), unread: [ACTIONS] })).toEqual([]);
    expect(
      idsOf({
        ...doing(['c2pa.edited']),
        ingredientsV3: [{ label: 'c2pa.ingredient.v3', hasManifest: false }],
        unread: ['c2pa.ingredient.v3'],
      }),
    ).toEqual([]);
  });

  it('leaves the rest to speak', () => {
    expect(idsOf({ ...doing(['c2pa.created', TAM]), unread: ['c2pa.claim.v2', 'c2pa.hash.data'] })).toEqual([
      'c2pa.inception.fullyGenAIMedia',
    ]);
    expect(idsOf({ ...claim({ gathered: [ACTIONS] }), unread: [ACTIONS] })).toEqual([
      'c2pa.transformation.ambiguousActions',
    ]);
  });
});
