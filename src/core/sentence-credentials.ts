import type { AssetFacts } from './asset-facts.js';
import type { DeclaredOrigin } from './c2pa-origin.js';
import { dayWords } from './day-words.js';
import type { Kind } from './media-types.js';
import { plain, quoted } from './quoted.js';
import type { ContentCredentials } from './report.js';
import type { Statement } from './sentence.js';
import { termWords } from './source-type-words.js';

/** What the summary says of Content Credentials: from whom, on which list, changed since or not, what they state. */

export function credentialsPart(facts: Statement): string[] {
  const { credentials, asset } = facts;
  switch (credentials.presence) {
    case 'remote':
      return ['It points to Content Credentials kept elsewhere. They were not fetched.'];
    case 'unreadable':
      return facts.storeSeen
        ? ['It carries Content Credentials that could not be read, so what they state is not known.']
        : [];
    case 'present':
      return presentPart(facts, subject(asset));
    default:
      return [];
  }
}

function presentPart(facts: Statement, who: string): string[] {
  const { credentials, declared, asset } = facts;
  const declares = declaredPart(declared, asset.mediaType.kind);
  if (credentials.integrity === 'altered') {
    return [
      `${who} carries Content Credentials${naming(credentials)}, but the file is no longer what they were made for: ${alteredWords(credentials)}.`,
      'What they say cannot be taken as describing this file.',
    ];
  }
  if (credentials.integrity === 'undetermined') {
    const open = `${who} carries Content Credentials${naming(credentials)}. Whether the file changed since could not be determined.`;
    return [open, ...declares, ...ingredientPart(credentials)];
  }
  return [
    `${who} carries Content Credentials${issuing(credentials)}. ${standing(credentials)}`,
    ...leftOutPart(facts),
    ...declares,
    ...ingredientPart(credentials),
  ];
}

function leftOutPart({ signals }: Statement): string[] {
  const more = signals.find((s) => s.id === 'c2pa.binding.leavesOutMore')?.value;
  return more === undefined
    ? []
    : [`Not covered by the signature: ${more}, more than the credentials themselves.`];
}

/** Names from certificates stand in quotes unless some list vouches for them. */
function naming({ signer }: ContentCredentials): string {
  return signer?.name ? ` that name ${quoted(signer.name)}` : '';
}

const LISTS = {
  official: 'C2PA official list',
  interim: 'C2PA interim list',
  private: 'a list that was installed here',
} as const;

function issuing(credentials: ContentCredentials): string {
  const { signer, time } = credentials;
  if (!signer?.name || signer.trust === 'unlisted' || signer.trust === 'not-checked')
    return naming(credentials);
  const day = time?.proven ? ` on ${dayWords(time.proven)}` : '';
  const date = signer.listDate ? ` of ${dayWords(signer.listDate)}` : '';
  return ` issued by ${plain(signer.name)}${day} (${LISTS[signer.trust]}${date})`;
}

/** Changed since or not, and what is to be known of the signer besides the name. */
function standing({ signer, time }: ContentCredentials): string {
  const unchanged = 'The file has not changed since';
  const runOut = runOutWords(time);
  const revoked = time?.revocation === 'revoked' ? ' The signer’s certificate was revoked.' : '';
  if (signer?.trust === 'unlisted') {
    const also = runOut ? ` The certificate has also run out, ${runOut}.` : '';
    return `${unchanged}, but this signer is on none of the installed lists: anyone can make such a certificate.${also}${revoked}`;
  }
  const early =
    time?.validity === 'not-yet-valid'
      ? ' On the day asked about, the signer’s certificate was not valid yet.'
      : '';
  const expired = runOut ? ` The signer’s certificate has run out, ${runOut}.` : '';
  const unchecked =
    signer?.trust === 'not-checked'
      ? ` Whether the signer is on a trust list was not checked${why(signer.trustReason)}.`
      : '';
  return `${unchanged}.${expired}${early}${revoked}${unchecked}`;
}

function runOutWords(time: ContentCredentials['time']): string | undefined {
  if (time?.validity === 'outside') return 'and it was used outside its term';
  if (time?.validity === 'unknown') return 'and the timestamp attached could not be checked';
  if (time?.validity !== 'expired-without-timestamp') return undefined;
  if (time.timestamp === undefined) return 'and no timestamp proves when it was used';
  return time.authorityTrust === 'unlisted'
    ? 'and the authority of its timestamp is on none of the installed lists'
    : 'and the authority of its timestamp was not checked against a list';
}

function why(reason: string | undefined): string {
  if (reason === undefined) return '';
  if (/^No list of signers is installed/.test(reason)) return ': no list is installed here';
  return ` (${reason.replace(/\.$/, '')})`;
}

/** Formats that people use as a noun stand alone. */
const NOUNS: ReadonlySet<string> = new Set([
  'JPEG',
  'PNG',
  'WebP',
  'GIF',
  'TIFF',
  'PDF',
  'MP3',
  'MP4',
  'SVG',
]);

function subject({ mediaType: { format } }: AssetFacts): string {
  return NOUNS.has(format) ? `This ${format}` : `This ${format} file`;
}

function alteredWords(credentials: ContentCredentials): string {
  const causes = credentials.integrityCauses ?? [];
  if (causes.some((c) => /^assertion\.(data|bmff|boxes|collection|multiAsset)Hash\.mismatch$/.test(c)))
    return 'its data was changed after signing';
  if (causes.includes('claimSignature.mismatch')) return 'the signature does not match the credentials';
  return 'part of the credentials was changed after signing';
}

function ingredientPart(credentials: ContentCredentials): string[] {
  return credentials.ingredientIntegrity === 'altered'
    ? ['A part that this file was made from does not match its own credentials.']
    : [];
}

const MEDIA_WORDS = {
  image: 'picture',
  video: 'video',
  audio: 'sound',
  document: 'document',
  other: 'file',
} as const satisfies Record<Kind, string>;

function declaredPart(declared: DeclaredOrigin | undefined, kind: Kind): string[] {
  const medium = MEDIA_WORDS[kind];
  if (!declared) return ['They name no digital source type, the field that states how content was made.'];
  const what = declared.where === 'ancestor' ? `an earlier version of this ${medium}` : `the ${medium}`;
  switch (declared.origin) {
    case 'ai-generated':
      return declared.said === undefined
        ? [`They state that ${what} was made with generative AI.`]
        : [
            `They state in the signer’s own words, ${quoted(declared.said)}, that ${what} was made with generative AI.`,
          ];
    case 'ai-edited':
      return [
        declared.where === 'component'
          ? `They state that a part of the ${medium} was made with generative AI.`
          : `They state that ${what} was edited with generative AI.`,
      ];
    case 'captured':
      return [
        `They state that it was captured by a device${declared.agent ? ` (${quoted(declared.agent)})` : ''} and then not edited. A camera’s signature also holds for a photo of a screen.`,
      ];
    default:
      if (declared.editedAfterCapture)
        return ['They state that it was captured by a device and then edited.'];
      return [`They state that ${what} ${termWords(declared.term ?? 'unrecognised')}.`];
  }
}
