import type { ContentCredentials, Declared } from './report.js';
import type { Statement } from './sentence.js';
import type { AlteredCause, Bearer, RunOut, SentenceWords, Standing } from './words/sentence.js';

/** What the summary says of Content Credentials: from whom, on which list, changed since or not, what they state. */
export function credentialsPart(facts: Statement, { credentials: words }: SentenceWords): string[] {
  switch (facts.credentials.presence) {
    case 'remote':
      return [words.remote];
    case 'unreadable':
      return facts.storeSeen ? [words.unreadable] : [];
    case 'present':
      return presentPart(facts, words);
    default:
      return [];
  }
}

type CredentialWords = SentenceWords['credentials'];

function presentPart(facts: Statement, words: CredentialWords): string[] {
  const { credentials, declared, asset } = facts;
  const { format, kind } = asset.mediaType;
  const name = credentials.signer?.name || undefined;
  if (credentials.integrity === 'altered') return words.altered(format, name, causeOf(facts));
  const unread = credentials.bytesFaultMissing?.includes('statements') ?? false;
  const declares = declared
    ? words.declared(declared, kind, isOfAnother(declared, credentials))
    : [unread ? words.statementsUnread : words.noSourceType];
  const ingredient = credentials.ingredientIntegrity === 'altered' ? [words.ingredientAltered] : [];
  const left = leftOutPart(facts, words);
  if (credentials.integrity === 'undetermined')
    return [words.undetermined(format, name), ...declares, ...ingredient];
  return [
    words.carried(format, bearerOf(credentials)),
    words.standing(standingOf(credentials, left.length > 0)),
    ...left,
    ...declares,
    ...ingredient,
  ];
}

/** A listed signer may keep credentials that nobody vouches for: what those state is not his word. */
function isOfAnother({ where, backing }: Declared, { signer }: ContentCredentials): boolean {
  const listed = signer !== undefined && signer.trust !== 'unlisted' && signer.trust !== 'not-checked';
  return listed && where !== 'this' && backing !== 'trusted';
}

function leftOutPart({ signals }: Statement, words: CredentialWords): string[] {
  const more = signals.find((s) => s.id === 'c2pa.binding.leavesOutMore')?.value;
  return more === undefined ? [] : [words.leavesOut(more)];
}

function bearerOf({ signer, time }: ContentCredentials): Bearer {
  if (!signer?.name) return { by: 'nobody' };
  const { name, trust, listDate } = signer;
  if (trust === 'unlisted' || trust === 'not-checked') return { by: 'named', name };
  return {
    by: 'listed',
    name,
    list: trust,
    // One that another manifest keeps says "by then", not "on that day".
    ...(time?.proven && time.timestampIn === undefined ? { day: time.proven } : {}),
    ...(listDate ? { listDate } : {}),
  };
}

function standingOf({ signer, time }: ContentCredentials, inPart: boolean): Standing {
  const runOut = runOutOf(time);
  const { trustReason } = signer ?? {};
  return {
    inPart,
    unlisted: signer?.trust === 'unlisted',
    notYetValid: time?.validity === 'not-yet-valid',
    revoked: time?.revocation === 'revoked',
    ...(runOut ? { runOut } : {}),
    ...(signer?.trust === 'not-checked'
      ? { notChecked: trustReason === undefined ? {} : { reason: trustReason } }
      : {}),
  };
}

function runOutOf(time: ContentCredentials['time']): RunOut | undefined {
  if (time?.validity === 'outside') return 'outside-term';
  if (time?.validity === 'unknown') return 'timestamp-not-checked';
  if (time?.validity !== 'expired-without-timestamp') return undefined;
  if (time.timestamp === undefined) return 'no-timestamp';
  return time.authorityTrust === 'unlisted' ? 'authority-unlisted' : 'authority-not-checked';
}

function causeOf({ credentials: { integrityCauses: causes = [] }, cutOff }: Statement): AlteredCause {
  if (causes.some((c) => /^assertion\.(data|bmff|boxes|collection|multiAsset)Hash\.mismatch$/.test(c)))
    return cutOff === undefined ? 'data' : 'end';
  return causes.includes('claimSignature.mismatch') ? 'signature' : 'credentials';
}
