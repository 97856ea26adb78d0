import { describe, expect, it } from 'vitest';
import { isSameSigner } from '../../../src/core/c2pa/same-signer.js';
import { findDeclaredOrigin } from '../../../src/core/detectors/c2pa-origin.js';
import type { SignerJudgement } from '../../../src/core/trust/judge-signer.js';
import {
  action,
  CAPTURE,
  INTACT,
  ingredient,
  manifest,
  store,
  success,
  TAM,
} from '../../support/literals.js';

/** Facts that a manifest without a deciding action takes over from its only ingredient, and from which signer. */

interface Signer {
  name: string;
  trust?: SignerJudgement['trust'];
  sha256?: string;
  issuerSha256?: string;
  revoked?: true;
}

const judged = ({
  name,
  trust = 'interim',
  sha256 = name,
  issuerSha256,
  revoked,
}: Signer): SignerJudgement => ({
  trust,
  validity: 'inside',
  certificate: {
    subject: { organisation: name },
    issuer: {},
    serial: '1',
    notBefore: new Date(0),
    notAfter: new Date(0),
    sha256,
  },
  identity: sha256,
  path: [],
  revocation: { revocation: revoked ? 'revoked' : 'not-checked' } as SignerJudgement['revocation'],
  ...(issuerSha256 === undefined ? {} : { issuerSha256 }),
});

type Child = Parameters<typeof manifest>[1];
const over = (active: Child, child: Child, [first, second]: [Signer, Signer]) =>
  store({
    manifests: [manifest('m1', active), manifest('m2', child)],
    codes: { active: INTACT, ingredients: [success('claimSignature.validated', 'm2')] },
    signers: new Map([
      ['m1', judged(first)],
      ['m2', judged(second)],
    ]),
  });

const made: Child = {
  actions: [action('c2pa.created', TAM, 'm2'), action('c2pa.converted', undefined, 'm2')],
};
const part: Child = { ingredients: [ingredient('componentOf', 'm2')] };
const openAi: Signer = { name: 'OpenAI' };
const both: [Signer, Signer] = [openAi, { ...openAi, sha256: 'another certificate' }];

describe('the same signer', () => {
  const same = (first: Signer, second: Signer) => isSameSigner(over({}, {}, [first, second]), 'm1', 'm2');

  it('by one certificate, by lists and name, or by issuer and name', () => {
    expect(same(openAi, openAi)).toBe(true);
    expect(same(...both)).toBe(true);
    const unlisted: Signer = { name: 'S', trust: 'unlisted', issuerSha256: 'ca' };
    expect(same(unlisted, { ...unlisted, sha256: 'other' })).toBe(true);
  });

  it('never by a name alone', () => {
    const selfMade: Signer = { name: 'OpenAI', trust: 'unlisted', sha256: 'self-made' };
    expect(same(selfMade, openAi)).toBe(false);
    expect(same(selfMade, { ...selfMade, sha256: 'another' })).toBe(false);
    expect(
      same({ ...selfMade, issuerSha256: 'one' }, { ...selfMade, sha256: 'x', issuerSha256: 'two' }),
    ).toBe(false);
    expect(same(openAi, { name: 'Adobe Inc.' })).toBe(false);
    expect(same(openAi, { ...openAi, revoked: true })).toBe(false);
    expect(isSameSigner(store(), 'm1', 'm1')).toBe(false);
  });
});

describe('an active manifest without a deciding action', () => {
  it('carries over what its only ingredient states, by the same signer, whatever the relationship', () => {
    for (const relationship of ['componentOf', 'inputTo', 'parentOf'])
      expect(
        findDeclaredOrigin(over({ ingredients: [ingredient(relationship, 'm2')] }, made, both)),
      ).toMatchObject({
        origin: 'ai-generated',
        where: 'ancestor',
        manifest: 'm2',
        signedBy: 'same',
        edited: false,
        followedBy: ['c2pa.converted'],
      });
  });

  it('of another signer stays a composite', () => {
    const declared = findDeclaredOrigin(over(part, made, [{ name: 'Example Studio' }, openAi]));
    expect(declared).toMatchObject({ origin: 'ai-edited', where: 'component', signedBy: 'another' });
    expect(declared).not.toHaveProperty('edited');
  });

  it('stays a composite where the same name is self-made, or the signer says that it placed it', () => {
    const selfMade: Signer = { name: 'OpenAI', trust: 'unlisted', sha256: 'self-made' };
    expect(findDeclaredOrigin(over(part, made, [selfMade, openAi]))?.where).toBe('component');
    const placed = { ...part, actions: [action('c2pa.opened'), action('c2pa.placed')] };
    expect(findDeclaredOrigin(over(placed, made, both))?.where).toBe('component');
  });

  it('stays a composite where it has another ingredient, or a signature does not hold', () => {
    const two = { ingredients: [ingredient('componentOf', 'm2'), ingredient('componentOf')] };
    expect(findDeclaredOrigin(over(two, made, both))?.where).toBe('component');
    const unsure = over(part, made, both);
    const codes = { active: INTACT, ingredients: [] };
    expect(findDeclaredOrigin({ ...unsure, codes })?.where).toBe('component');
  });

  it('decides for itself where it states something', () => {
    const own = { ...part, actions: [action('c2pa.created', CAPTURE)] };
    expect(findDeclaredOrigin(over(own, made, both))).toMatchObject({
      origin: 'ai-edited',
      where: 'component',
    });
  });

  it('takes over a capture too, which an edit makes “captured, then edited”', () => {
    const photo = { actions: [action('c2pa.created', CAPTURE, 'm2')] };
    expect(findDeclaredOrigin(over(part, photo, both))?.origin).toBe('captured');
    const edited = { ...part, actions: [action('c2pa.cropped')] };
    expect(findDeclaredOrigin(over(edited, photo, both))).toMatchObject({
      origin: 'other',
      editedAfterCapture: true,
      edited: true,
    });
  });
});

describe('what came after a statement', () => {
  const parent = { ingredients: [ingredient('parentOf', 'm2')] };
  const followed = (...actions: ReturnType<typeof action>[]) =>
    findDeclaredOrigin(over({ ...parent, actions }, made, both));

  it('opened, converted and watermarked change nothing; cropped does', () => {
    expect(followed(action('c2pa.opened'), action('c2pa.watermarked'))).toMatchObject({
      edited: false,
      followedBy: ['c2pa.converted', 'c2pa.watermarked'],
    });
    expect(followed(action('c2pa.opened'), action('c2pa.cropped'))?.edited).toBe(true);
  });

  it('an edit that its signer calls a watermark is one, where the same party made the statement', () => {
    const mark = { ...action('c2pa.edited'), description: 'Added visible watermark' };
    expect(followed(mark)).toMatchObject({
      edited: false,
      followedBy: ['c2pa.converted', 'c2pa.edited (visible watermark)'],
    });
    const other = findDeclaredOrigin(
      over({ ...parent, actions: [mark] }, made, [{ name: 'Example Studio' }, openAi]),
    );
    expect(other).toMatchObject({ edited: true, followedBy: ['c2pa.converted', 'c2pa.edited'] });
  });

  it('is bounded, and an edit beyond the bound is not forgotten', () => {
    const many = Array.from({ length: 40 }, (_, at) => action(`c2pa.watermarked.x${at}`));
    const declared = followed(...many, action('c2pa.cropped'));
    expect(declared?.followedBy).toHaveLength(16);
    expect(declared?.edited).toBe(true);
  });

  it('says nothing of it where the file’s own manifest states it', () => {
    const own = findDeclaredOrigin(
      over({ actions: [action('c2pa.created', TAM), action('c2pa.cropped')] }, {}, both),
    );
    expect(own).not.toHaveProperty('manifest');
    expect(own).not.toHaveProperty('edited');
  });
});
