import { describe, expect, it } from 'vitest';
import type { ClaimFacts } from '../../../src/core/c2pa/claim-facts.js';
import { conformance } from '../../../src/core/detectors/conformance.js';
import { evaluateRubric } from '../../../src/core/detectors/rubric.js';
import { evidence, facts, store } from '../../support/literals.js';

const CAPTURE = 'http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture';

/** A version 2 claim whose one action says that the picture was captured. */
const claim: ClaimFacts = {
  version: 2,
  redacted: [],
  created: ['c2pa.actions.v2'],
  gathered: [],
  update: false,
  actions: [
    {
      label: 'c2pa.actions.v2',
      allActionsIncluded: true,
      actions: [{ action: 'c2pa.created', digitalSourceType: CAPTURE }],
    },
  ],
  ingredientsV3: [],
  hardBindings: [],
  unread: [],
};

const product = (disallowedSignals: string[]) => ({
  productName: 'Example Generator',
  status: 'conformant',
  disallowedSignals,
});

const detect = (disallowed: string[]) =>
  conformance.detect(
    evidence({ c2pa: store({ claims: new Map([['m1', claim]]), product: product(disallowed) }) }),
    facts(),
  );

describe('a product that claims what its record disallows', () => {
  it('is told, with the product and the signal', () => {
    expect(evaluateRubric(claim).map(({ id }) => id)).toContain('c2pa.inception.capturedMedia');
    expect(detect(['capturedMedia'])).toMatchObject([
      { id: 'c2pa.conformance.disallowedSignal', value: 'Example Generator: capturedMedia' },
    ]);
  });

  it('is not told of what the record allows, or without a record', () => {
    expect(detect(['fullyGenAIMedia'])).toEqual([]);
    expect(
      conformance.detect(evidence({ c2pa: store({ claims: new Map([['m1', claim]]) }) }), facts()),
    ).toEqual([]);
  });
});
