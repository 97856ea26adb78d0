import type { ContentCredentials, Declared } from './report.js';
import type { Statement } from './sentence.js';
import { namedSources, namedTool, recordedSteps } from './sentence-steps.js';
import { knownTool } from './sentence-tools.js';
import type {
  AlteredCause,
  Bearer,
  EarlierSigner,
  Named,
  NotStated,
  RunOut,
  SentenceWords,
  Standing,
} from './words/sentence.js';

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
  if (credentials.integrity === 'altered')
    return [...words.altered(format, name, causeOf(facts)), ...alonePart(credentials, words)];
  const unread = credentials.bytesFaultMissing?.includes('statements') ?? false;
  const declares = declared
    ? words.declared({ ...statedOf(declared, credentials), declared, kind })
    : unread
      ? [words.statementsUnread]
      : words.notStated(notStated(facts));
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

function alonePart({ said, saidAlone, engine }: ContentCredentials, words: CredentialWords): string[] {
  return (said?.saidAlone ?? saidAlone) === undefined || engine === undefined
    ? []
    : [words.saidAlone(engine.name)];
}

function notStated({ credentials, signals }: Statement): NotStated {
  const steps = recordedSteps(credentials);
  return {
    sources: namedSources(credentials),
    aiElsewhere: signals.some(({ id }) => id.startsWith('c2pa.declaration.')),
    ...(steps ? { steps } : {}),
  };
}

function statedOf(declared: Declared, credentials: ContentCredentials) {
  const { where, edited, followedBy = [] } = declared;
  const from = earlierSigner(declared, credentials);
  const tool = toolOf(declared, credentials, from);
  // A Report of before this was looked at does not say what came after: then it is said of an earlier version.
  const earlier = where === 'ancestor' && edited !== false;
  return {
    earlier,
    since: where === 'ancestor' && !earlier ? followedBy : [],
    ...(from ? { from } : {}),
    ...(tool ? { tool } : {}),
  };
}

/** The program that wrote the credentials is no tool that the content was made with, unless our table knows it for one. */
function toolOf(
  { tool, agent, origin }: Declared,
  credentials: ContentCredentials,
  from: EarlierSigner | undefined,
): Named | undefined {
  const known = agent !== undefined && knownTool(agent) !== undefined;
  const written = tool ?? (origin === 'captured' || known ? agent : undefined);
  if (written === undefined) return undefined;
  const vouched = from === undefined || LISTED_STANDINGS.has(from.standing);
  return vouched ? namedTool(written, credentials) : { name: written, known: false };
}

const LISTED_STANDINGS: ReadonlySet<EarlierSigner['standing']> = new Set([
  'listed',
  'expired',
  'outside',
  'unknown',
]);

/** Where the statement stands in credentials that somebody else signed: who, and how that signer stands. */
function earlierSigner(
  { where, backing, manifest: label, signedBy }: Declared,
  credentials: ContentCredentials,
): EarlierSigner | undefined {
  if (where === 'this' || signedBy === 'same') return undefined;
  const { signer, integrity, manifests = [] } = credentials;
  const holds = integrity === 'intact' && signer !== undefined && isListed(signer.trust);
  const manifest = label === undefined ? undefined : manifests.find((one) => one.label === label);
  // A Report of before this was looked at does not say which manifest it was.
  if (!manifest) return holds && backing !== 'trusted' ? { standing: 'unstated' } : undefined;
  const named = manifest.signer ? { name: manifest.signer } : {};
  // Whom nobody knows may have put in whatever was signed by somebody whom everybody knows.
  if (!holds || manifest.integrity !== 'intact') return { ...named, standing: 'unstated' };
  return {
    ...named,
    standing: earlierStanding(manifest),
    ...(manifest.proven && manifest.provenIn === undefined ? { day: manifest.proven } : {}),
  };
}

type Manifest = NonNullable<ContentCredentials['manifests']>[number];

function earlierStanding({ trust, validity, revoked }: Manifest): EarlierSigner['standing'] {
  if (trust === undefined) return 'unstated';
  if (trust === 'unlisted' || trust === 'not-checked') return trust;
  if (revoked) return 'revoked';
  if (validity === 'expired-without-timestamp') return 'expired';
  return validity === undefined ? 'unknown' : validity === 'inside' ? 'listed' : validity;
}

const isListed = (trust: NonNullable<ContentCredentials['signer']>['trust']): boolean =>
  trust !== 'unlisted' && trust !== 'not-checked';

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
  const reason = signer?.said?.trustReason;
  return {
    inPart,
    unlisted: signer?.trust === 'unlisted',
    notYetValid: time?.validity === 'not-yet-valid',
    revoked: time?.revocation === 'revoked',
    ...(runOut ? { runOut } : {}),
    ...(signer?.trust === 'not-checked' ? { notChecked: reason === undefined ? {} : { reason } } : {}),
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
