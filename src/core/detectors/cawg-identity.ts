import { asArray, asRecord, asText, ownMember, truncate } from '../../base/json-shape.js';
import { limits } from '../../base/limits.js';
import { type Message, message } from '../../i18n/message.js';
import type { StatusCode, StoreEvidence } from '../c2pa/manifest-store.js';
import { foundValue } from '../media/carrier.js';
import type { SignalFact } from '../report/signal.js';
import type { Backing } from '../signals/backing.js';
import { CAWG_FAILURE_OUTCOMES, CAWG_UNLISTED_CODES, CAWG_VALID_CODES } from '../signatures/cawg-codes.js';
import { manifestBacking } from './c2pa-backing.js';
import { defineDetector } from './detector.js';
import { SignalCollector } from './gathered-signals.js';
import { locateAssertions } from './located-assertions.js';

/**
 * Detects named actors of the Creator Assertions Working Group, apart from the C2PA signer. Nothing is fetched and no
 * CAWG list is consulted, so an identity is at best well-formed here. Names of actors are not shown, because they are
 * people.
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
    const store = foundValue(c2pa);
    if (store?.kind !== 'store') return [];
    const signals = new SignalCollector();
    const codes = codesByPlace(store);
    for (const { locator, manifest, data } of identitiesIn(store, codes)) {
      const backing = manifestBacking(store, manifest);
      const location = { carrier: 'c2pa' as const, locator };
      const { outcome, value } = judgeIdentity(codes.get(locator) ?? []);
      signals.add('cawg.identity.present', backing, describe(data), location, accounts(data));
      signals.add(`cawg.identity.${outcome}`, identityBacking(outcome, backing), value, location);
    }
    return signals.list();
  },
});

const LABEL = 'cawg.identity';
const PLACE = /^self#jumbf=\/c2pa\/([^/]+)\/c2pa\.assertions\/cawg\.identity(__\d+)?$/;

/** Status codes about identity assertions, by the JUMBF URI they name. */
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
  locator: string;
  /** Label of the manifest that contains the assertion. */
  manifest: string;
  data: unknown;
}

/**
 * If the engine cannot parse an assertion's CBOR, its JSON omits the assertion or the whole manifest, and only status
 * codes name it.
 */
function identitiesIn(store: StoreEvidence, codes: ReadonlyMap<string, StatusCode[]>): Identity[] {
  const read = store.manifests.flatMap((manifest) =>
    locateAssertions(manifest)
      .filter(({ label }) => label === LABEL)
      .map(({ locator, data }): Identity => ({ locator, manifest: manifest.label, data })),
  );
  const known = new Set(read.map(({ locator }) => locator));
  const named = [...codes.keys()].filter((locator) => !known.has(locator));
  return [
    ...read,
    ...named.map((locator) => ({ locator, manifest: PLACE.exec(locator)?.[1] ?? '', data: undefined })),
  ];
}

type Outcome = 'wellFormed' | 'notCheckable' | 'malformed' | 'outsideValidity' | 'invalid';
/** If several apply, the first is reported: broken rules matter little if nothing could be checked. */
const FAILURES = ['invalid', 'notCheckable', 'outsideValidity', 'malformed'] as const satisfies Outcome[];

function judgeIdentity(codes: readonly StatusCode[]): { outcome: Outcome; value: string | Message } {
  const failures = codes.filter((c) => c.kind !== 'success').map((c) => c.code);
  for (const outcome of FAILURES) {
    const own = failures.filter((code) => CAWG_FAILURE_OUTCOMES[code] === outcome);
    if (own.length > 0) return { outcome, value: shorten([...new Set(own)].join(', ')) };
  }
  const unknown = failures.filter((code) => code.startsWith('cawg.') && !CAWG_UNLISTED_CODES.includes(code));
  const holds = codes.find((c) => c.kind === 'success' && CAWG_VALID_CODES.includes(c.code));
  if (holds && unknown.length === 0) return { outcome: 'wellFormed', value: holds.code };
  const unlisted = failures.filter((code) => CAWG_UNLISTED_CODES.includes(code));
  const why = [...new Set([...unknown, ...unlisted])].join(', ');
  return { outcome: 'notCheckable', value: why === '' ? message('fact.cawg.noAnswer') : shorten(why) };
}

/** No CAWG list is consulted, so the assertion's own signature makes it `valid` at most, never `trusted`. */
function identityBacking(outcome: Outcome, manifest: Backing): Backing {
  if (outcome === 'invalid' || manifest === 'invalid') return 'invalid';
  if (outcome !== 'wellFormed') return 'unsigned';
  return manifest === 'trusted' ? 'valid' : manifest;
}

const AGGREGATION = 'cawg.identity_claims_aggregation';
const MAX_IDENTITIES = 8;

/**
 * Describes the kind of signature and, for aggregated claims, the kinds and services of the identities; never the
 * person.
 */
function describe(data: unknown): string {
  const record = asRecord(data) ?? {};
  const payload = asRecord(ownMember(record, 'signer_payload')) ?? {};
  const identities = asArray(ownMember(record, 'verifiedIdentities'), MAX_IDENTITIES).map(identityWords);
  const aggregated = asArray(ownMember(record, 'type'), MAX_IDENTITIES).includes(
    'IdentityClaimsAggregationCredential',
  );
  const kind = text(ownMember(payload, 'sig_type')) ?? (aggregated ? AGGREGATION : LABEL);
  return shorten([kind, ...new Set(identities.filter((words) => words !== undefined))].join(', '));
}

const ACCOUNT = 'cawg.social_media';

/** Facts of each account: its service, when it was checked, and its name there, which identifies a person. */
function accounts(data: unknown): SignalFact[] {
  const identities = asArray(ownMember(asRecord(data) ?? {}, 'verifiedIdentities'), MAX_IDENTITIES);
  return identities.flatMap((one): SignalFact[] => {
    const record = asRecord(one) ?? {};
    const provider = text(ownMember(asRecord(ownMember(record, 'provider')) ?? {}, 'name'));
    if (ownMember(record, 'type') !== ACCOUNT || provider === undefined) return [];
    const [checked, name] = [text(ownMember(record, 'verifiedAt')), text(ownMember(record, 'username'))];
    return [
      { name: 'account', value: provider },
      ...(checked === undefined ? [] : [{ name: 'accountChecked', value: checked }]),
      ...(name === undefined ? [] : [{ name: 'accountName', value: name, personal: 'names' as const }]),
    ];
  });
}

function identityWords(identity: unknown): string | undefined {
  const record = asRecord(identity) ?? {};
  const kind = text(ownMember(record, 'type'));
  const provider = text(ownMember(asRecord(ownMember(record, 'provider')) ?? {}, 'name'));
  if (kind === undefined) return undefined;
  return provider === undefined ? kind : `${kind} (${provider})`;
}

const text = (value: unknown) => asText(value, limits.shownValueCharacters);
const shorten = (words: string): string => truncate(words, limits.shownValueCharacters);
