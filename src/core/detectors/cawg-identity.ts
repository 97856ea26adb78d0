import { type Said, said } from '../../say/said.js';
import type { StatusCode, StoreEvidence } from '../c2pa/manifest-store.js';
import { asArray, asRecord, asText, cut, member } from '../ground/json-shape.js';
import { limits } from '../ground/limits.js';
import { readValue } from '../media/carrier.js';
import type { SignalFact } from '../report/signal.js';
import type { Backing } from '../signals/backing.js';
import { CAWG_FAILURES, CAWG_HOLDS, CAWG_UNLISTED } from '../signatures/cawg-codes.js';
import { backingOf } from './c2pa-backing.js';
import { defineDetector } from './detector.js';
import { GatheredSignals } from './gathered-signals.js';
import { placedAssertions } from './placed-assertions.js';

/**
 * Named actors of the Creator Assertions Working Group, apart from the C2PA signer. Nothing is fetched and no CAWG
 * list is consulted, so an identity is at best well-formed here. Names of actors are not shown: they are people.
 */
export const cawgIdentity = defineDetector({
  id: 'cawg-identity',
  needs: ['c2pa'],
  raises: [
    'cawg.identity.present',
    'cawg.identity.wellFormed',
    'cawg.identity.notCheckable',
    'cawg.identity.malformed',
    'cawg.identity.outsideValidity',
    'cawg.identity.invalid',
  ],
  detect({ c2pa }) {
    const store = readValue(c2pa);
    if (store?.kind !== 'store') return [];
    const signals = new GatheredSignals();
    const codes = codesByPlace(store);
    for (const { place, manifest, data } of identitiesIn(store, codes)) {
      const backing = backingOf(store, manifest);
      const location = { carrier: 'c2pa' as const, place };
      const { outcome, value } = judge(codes.get(place) ?? []);
      signals.add('cawg.identity.present', backing, describe(data), location, accounts(data));
      signals.add(`cawg.identity.${outcome}`, backingFor(outcome, backing), value, location);
    }
    return signals.list();
  },
});

const LABEL = 'cawg.identity';
const PLACE = /^self#jumbf=\/c2pa\/([^/]+)\/c2pa\.assertions\/cawg\.identity(__\d+)?$/;

/** Codes about identity assertions, by the JUMBF URI that they name. */
function codesByPlace({ codes }: StoreEvidence): ReadonlyMap<string, StatusCode[]> {
  const byPlace = new Map<string, StatusCode[]>();
  for (const code of [...codes.active, ...codes.ingredients]) {
    if (code.url === undefined || !PLACE.test(code.url)) continue;
    const known = byPlace.get(code.url);
    if (known) known.push(code);
    else byPlace.set(code.url, [code]);
  }
  return byPlace;
}

interface Identity {
  place: string;
  /** Label of the manifest that it stands in. */
  manifest: string;
  data: unknown;
}

/** Where the engine cannot read an assertion's CBOR its JSON lacks it, or the whole manifest: only codes name it. */
function identitiesIn(store: StoreEvidence, codes: ReadonlyMap<string, StatusCode[]>): Identity[] {
  const read = store.manifests.flatMap((manifest) =>
    placedAssertions(manifest)
      .filter(({ label }) => label === LABEL)
      .map(({ place, data }): Identity => ({ place, manifest: manifest.label, data })),
  );
  const known = new Set(read.map(({ place }) => place));
  const named = [...codes.keys()].filter((place) => !known.has(place));
  return [
    ...read,
    ...named.map((place) => ({ place, manifest: PLACE.exec(place)?.[1] ?? '', data: undefined })),
  ];
}

type Outcome = 'wellFormed' | 'notCheckable' | 'malformed' | 'outsideValidity' | 'invalid';
/** Where several apply, the first is said: broken rules count for little where nothing could be checked. */
const FAILURES = ['invalid', 'notCheckable', 'outsideValidity', 'malformed'] as const satisfies Outcome[];

function judge(codes: readonly StatusCode[]): { outcome: Outcome; value: string | Said } {
  const failures = codes.filter((c) => c.kind !== 'success').map((c) => c.code);
  for (const outcome of FAILURES) {
    const own = failures.filter((code) => CAWG_FAILURES[code] === outcome);
    if (own.length > 0) return { outcome, value: shorten([...new Set(own)].join(', ')) };
  }
  const unknown = failures.filter((code) => code.startsWith('cawg.') && !CAWG_UNLISTED.includes(code));
  const holds = codes.find((c) => c.kind === 'success' && CAWG_HOLDS.includes(c.code));
  if (holds && unknown.length === 0) return { outcome: 'wellFormed', value: holds.code };
  const unlisted = failures.filter((code) => CAWG_UNLISTED.includes(code));
  const why = [...new Set([...unknown, ...unlisted])].join(', ');
  return { outcome: 'notCheckable', value: why === '' ? said('fact.cawg.noAnswer') : shorten(why) };
}

/** No CAWG list stands behind it, so its own signature alone makes it `valid` and never `trusted`. */
function backingFor(outcome: Outcome, manifest: Backing): Backing {
  if (outcome === 'invalid' || manifest === 'invalid') return 'invalid';
  if (outcome !== 'wellFormed') return 'unsigned';
  return manifest === 'trusted' ? 'valid' : manifest;
}

const AGGREGATION = 'cawg.identity_claims_aggregation';
const MOST_IDENTITIES = 8;

/** Kind of signature and, for aggregated claims, of what and by which service; never whom. */
function describe(data: unknown): string {
  const record = asRecord(data) ?? {};
  const payload = asRecord(member(record, 'signer_payload')) ?? {};
  const identities = asArray(member(record, 'verifiedIdentities'), MOST_IDENTITIES).map(identityWords);
  const aggregated = asArray(member(record, 'type'), MOST_IDENTITIES).includes(
    'IdentityClaimsAggregationCredential',
  );
  const kind = text(member(payload, 'sig_type')) ?? (aggregated ? AGGREGATION : LABEL);
  return shorten([kind, ...new Set(identities.filter((words) => words !== undefined))].join(', '));
}

const ACCOUNT = 'cawg.social_media';

/** Of each account where it is, when that was checked, and what it is called there: that is a person. */
function accounts(data: unknown): SignalFact[] {
  const identities = asArray(member(asRecord(data) ?? {}, 'verifiedIdentities'), MOST_IDENTITIES);
  return identities.flatMap((one): SignalFact[] => {
    const record = asRecord(one) ?? {};
    const provider = text(member(asRecord(member(record, 'provider')) ?? {}, 'name'));
    if (member(record, 'type') !== ACCOUNT || provider === undefined) return [];
    const [checked, name] = [text(member(record, 'verifiedAt')), text(member(record, 'username'))];
    return [
      { name: 'account', value: provider },
      ...(checked === undefined ? [] : [{ name: 'accountChecked', value: checked }]),
      ...(name === undefined ? [] : [{ name: 'accountName', value: name, personal: 'names' as const }]),
    ];
  });
}

function identityWords(identity: unknown): string | undefined {
  const record = asRecord(identity) ?? {};
  const kind = text(member(record, 'type'));
  const provider = text(member(asRecord(member(record, 'provider')) ?? {}, 'name'));
  if (kind === undefined) return undefined;
  return provider === undefined ? kind : `${kind} (${provider})`;
}

const text = (value: unknown) => asText(value, limits.shownValueCharacters);
const shorten = (words: string): string => cut(words, limits.shownValueCharacters);
