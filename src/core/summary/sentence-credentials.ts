import { daySaid } from '../../say/amounts.js';
import { type Said, said } from '../../say/said.js';
import { plain } from '../ground/quoted.js';
import type { ContentCredentials, Declared } from '../report/report.js';
import { declaredSaid, type EarlierSigner } from './sentence-declared.js';
import type { Facts } from './sentence-facts.js';
import { namedTool, notStated } from './sentence-steps.js';
import { knownTool } from './sentence-tools.js';
import { nameQuoted } from './terms.js';

/** What the summary says of Content Credentials: from whom, on which list, changed since or not, what they state. */
export function credentialsPart(facts: Facts): Said[] {
  switch (facts.credentials.presence) {
    case 'remote':
      return [said('sentence.credentials.remote')];
    case 'unreadable':
      return facts.storeSeen ? [said('sentence.credentials.unreadable')] : [];
    case 'present':
      return presentPart(facts);
    default:
      return [];
  }
}

function presentPart(facts: Facts): Said[] {
  const { credentials, declared, asset, signals } = facts;
  const { format, kind } = asset.mediaType;
  const file = said('sentence.subject', { format });
  const named = namedCredentials(credentials.signer?.name || undefined);
  if (credentials.integrity === 'altered')
    return [
      said('sentence.credentials.altered', { file, credentials: named, cause: causeOf(facts) }),
      said('sentence.credentials.notOfThisFile'),
      ...alonePart(credentials),
    ];
  const unread = credentials.bytesFaultMissing?.includes('statements') ?? false;
  const aiElsewhere = signals.some(({ id }) => id.startsWith('c2pa.declaration.'));
  const declares = declared
    ? declaredSaid({ ...statedOf(declared, credentials), declared, kind })
    : unread
      ? [said('sentence.credentials.statementsUnread')]
      : notStated(credentials, aiElsewhere);
  const ingredient =
    credentials.ingredientIntegrity === 'altered' ? [said('sentence.credentials.ingredientAltered')] : [];
  if (credentials.integrity === 'undetermined')
    return [
      said('sentence.credentials.undetermined', { file, credentials: named }),
      ...declares,
      ...ingredient,
    ];
  const left = leftOutPart(facts);
  return [
    said('sentence.credentials.carried', { file, credentials: signedCredentials(credentials) }),
    ...standingPart(credentials, left.length > 0),
    ...left,
    ...declares,
    ...ingredient,
  ];
}

function alonePart({ said: sayable, saidAlone, engine }: ContentCredentials): Said[] {
  const isAlone = sayable?.saidAlone !== undefined || saidAlone !== undefined;
  return isAlone && engine !== undefined
    ? [said('sentence.credentials.saidAlone', { engine: engine.name })]
    : [];
}

export function statedOf(declared: Declared, credentials: ContentCredentials) {
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
): Said | undefined {
  const known = agent !== undefined && knownTool(agent) !== undefined;
  const written = tool ?? (origin === 'captured' || known ? agent : undefined);
  if (written === undefined) return undefined;
  const vouched = from === undefined || LISTED_STANDINGS.has(from.standing);
  return vouched ? namedTool(written, credentials) : nameQuoted(written);
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

export const isListed = (trust: NonNullable<ContentCredentials['signer']>['trust']): boolean =>
  trust !== 'unlisted' && trust !== 'not-checked';

/** Where more stands in no signature than what cannot. */
const MOST_RANGES = 8;

function leftOutPart({ signals }: Facts): Said[] {
  const more = signals.find((s) => s.id === 'c2pa.binding.leavesOutMore')?.said?.value;
  const ranges = more?.params?.['ranges'];
  if (!Array.isArray(ranges)) return [];
  const shown = ranges.filter((one): one is Said => typeof one !== 'string').slice(0, MOST_RANGES);
  return [said('sentence.credentials.leavesOut', { ranges: shown })];
}

/** A name in a certificate stands in quotation marks unless some list vouches for it. */
const namedCredentials = (name: string | undefined): Said =>
  name === undefined
    ? said('sentence.credentials.plain')
    : said('sentence.credentials.named', { name: plain(name) });

function signedCredentials({ signer, time }: ContentCredentials): Said {
  if (!signer?.name) return namedCredentials(undefined);
  const { name, trust, listDate } = signer;
  if (trust === 'unlisted' || trust === 'not-checked') return namedCredentials(name);
  const list =
    listDate === undefined
      ? said(`sentence.list.${trust}`)
      : said(`sentence.list.${trust}Of`, { date: daySaid(listDate) });
  // One that another manifest keeps says "by then", not "on that day".
  return time?.proven !== undefined && time.timestampIn === undefined
    ? said('sentence.credentials.listedOn', { name: plain(name), list, day: daySaid(time.proven) })
    : said('sentence.credentials.listed', { name: plain(name), list });
}

/** What is to be known of an unchanged file's signer besides the name. */
function standingPart({ signer, time }: ContentCredentials, inPart: boolean): Said[] {
  const what = inPart ? 'covered' : 'file';
  const why = runOutOf(time);
  const gone = time?.revocation === 'revoked' ? [said('sentence.credentials.revoked')] : [];
  if (signer?.trust === 'unlisted')
    return [
      said('sentence.credentials.unchangedUnlisted', { what }),
      ...(why === undefined ? [] : [said('sentence.credentials.alsoRunOut', { why })]),
      ...gone,
    ];
  return [
    said('sentence.credentials.unchanged', { what }),
    ...(why === undefined ? [] : [said('sentence.credentials.runOut', { why })]),
    ...(time?.validity === 'not-yet-valid' ? [said('sentence.credentials.notYetValid')] : []),
    ...gone,
    ...(signer?.trust === 'not-checked' ? [uncheckedSaid(signer)] : []),
  ];
}

function uncheckedSaid({ said: { trustReason: reason } = {} }: Signer): Said {
  if (reason === undefined) return said('sentence.credentials.unchecked.untold');
  return isNoList(reason)
    ? said('sentence.credentials.unchecked.noList')
    : said('sentence.credentials.unchecked.because', { reason });
}
type Signer = NonNullable<ContentCredentials['signer']>;

/** The one reason that whoever runs Assay can do something about. */
export const isNoList = ({ id }: Said): boolean => id === 'fault.trust.noList';

/** Why the signer’s certificate does not cover the time of use. */
function runOutOf(time: ContentCredentials['time']): string | undefined {
  if (time?.validity === 'outside') return 'outsideTerm';
  if (time?.validity === 'unknown') return 'timestampNotChecked';
  if (time?.validity !== 'expired-without-timestamp') return undefined;
  if (time.timestamp === undefined) return 'noTimestamp';
  return time.authorityTrust === 'unlisted' ? 'authorityUnlisted' : 'authorityNotChecked';
}

/** What no longer fits: the content, its end that is missing, the signature, or the credentials. */
function causeOf({ credentials: { integrityCauses: causes = [] }, cutOff }: Facts): string {
  if (causes.some((c) => /^assertion\.(data|bmff|boxes|collection|multiAsset)Hash\.mismatch$/.test(c)))
    return cutOff === undefined ? 'data' : 'end';
  return causes.includes('claimSignature.mismatch') ? 'signature' : 'credentials';
}
