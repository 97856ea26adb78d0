import type { Said } from '../../../say/said.js';
import { speechOf } from '../../../say/speech.js';
import type { Kind } from '../../media-types.js';
import { plain, quoted } from '../../quoted.js';
import type { Bearer, CredentialSentences, RunOut } from '../sentence.js';
import { date } from './numbers.js';
import { medium, named, notStated, sinceWords, whoStates } from './sentence-history.js';
import { termWords } from './source-types.js';

/** English for Content Credentials: from whom, on which list, changed since or not, what they state. */

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

const subject = (format: string) => (NOUNS.has(format) ? `This ${format}` : `This ${format} file`);

const LISTS = {
  official: 'C2PA official list',
  interim: 'C2PA interim list',
  private: 'a list that was installed here',
} as const satisfies Record<Extract<Bearer, { by: 'listed' }>['list'], string>;

const ALTERED = {
  data: 'its data was changed after signing',
  end: 'its end is missing',
  signature: 'the signature does not match the credentials',
  credentials: 'part of the credentials was changed or removed after signing',
} as const;

const RUN_OUT = {
  'outside-term': 'and it was used outside its term',
  'timestamp-not-checked': 'and the timestamp attached could not be checked',
  'no-timestamp': 'and no timestamp proves when it was used',
  'authority-unlisted': 'and the authority of its timestamp is on none of the installed lists',
  'authority-not-checked': 'and the authority of its timestamp was not checked against a list',
} as const satisfies Record<RunOut, string>;

/** A device signs what stands before it, and that may be a screen: said of what this device makes. */
const SCREENS = {
  image: 'A camera’s signature also holds for a photo of a screen.',
  video: 'A camera also signs when it films a screen.',
  audio: 'A recorder also signs when it records a loudspeaker.',
  document: 'A device also signs when it captures a screen.',
  other: 'A device also signs when it captures a screen.',
} as const satisfies Record<Kind, string>;

/** Names from certificates stand in quotes unless some list vouches for them. */
const naming = (name: string | undefined) => (name === undefined ? '' : ` that name ${quoted(name)}`);

export const credentialSentences: CredentialSentences = {
  remote: 'It points to Content Credentials kept elsewhere. They were not fetched.',
  unreadable: 'It carries Content Credentials that could not be read, so what they state is not known.',
  altered: (format, name, cause) => [
    `${subject(format)} carries Content Credentials${naming(name)}, but the file is no longer what they were made for: ${ALTERED[cause]}.`,
    'What they say cannot be taken as describing this file.',
  ],
  undetermined: (format, name) =>
    `${subject(format)} carries Content Credentials${naming(name)}. Whether the file changed since could not be determined.`,
  carried: (format, bearer) => `${subject(format)} carries Content Credentials${issuing(bearer)}.`,
  standing: ({ inPart, unlisted, runOut, notYetValid, revoked, notChecked }) => {
    const unchanged = `${inPart ? 'What the signature covers' : 'The file'} has not changed since`;
    const gone = revoked ? ' The signer’s certificate was revoked.' : '';
    if (unlisted) {
      const also = runOut ? ` The certificate has also run out, ${RUN_OUT[runOut]}.` : '';
      return `${unchanged}, but this signer is on none of the installed lists: anyone can make such a certificate.${also}${gone}`;
    }
    const expired = runOut ? ` The signer’s certificate has run out, ${RUN_OUT[runOut]}.` : '';
    const early = notYetValid ? ' On the day asked about, the signer’s certificate was not valid yet.' : '';
    const unchecked = notChecked
      ? ` Whether the signer is on a trust list was not checked${why(notChecked.reason)}.`
      : '';
    return `${unchanged}.${expired}${early}${gone}${unchecked}`;
  },
  leavesOut: (what) => `Not covered by the signature: ${what}, more than the credentials themselves.`,
  ingredientAltered: 'A part that this file was made from does not match its own credentials.',
  notStated,
  saidAlone: (engine) => `Only one C2PA engine (${engine}) says so; no second one could be heard.`,
  statementsUnread: 'What the credentials state could not be read.',
  declared: ({ declared, kind, from, tool, earlier, since }) => {
    const { origin, where, said, term, editedAfterCapture } = declared;
    const they = whoStates(from);
    const what = earlier ? `an earlier version of this ${medium(kind)}` : `the ${medium(kind)}`;
    const by = tool === undefined ? '' : ` (${named(tool)})`;
    const then = sinceWords(since);
    const captured = kind === 'video' || kind === 'audio' ? 'recorded' : 'captured';
    switch (origin) {
      case 'ai-generated':
        return said === undefined
          ? [`${they} that ${what} was made with generative AI${by}${then}.`]
          : [
              `${they} in the signer’s own words, ${quoted(said)}, that ${what} was made with generative AI${then}.`,
            ];
      case 'ai-edited':
        return where === 'component'
          ? [`${they} that a part of the ${medium(kind)} was made with generative AI${by}.`]
          : [`${they} that ${what} was edited with generative AI${by}${then}.`];
      case 'captured':
        return [
          `${they} that the ${medium(kind)} was ${captured} by a device${by} and then not edited.`,
          SCREENS[kind],
        ];
      default:
        return editedAfterCapture
          ? [`${they} that the ${medium(kind)} was ${captured} by a device and then edited.`]
          : [`${they} that ${what} ${termWords(term ?? 'unrecognised')}${then}.`];
    }
  },
};

function issuing(bearer: Bearer): string {
  if (bearer.by === 'nobody') return '';
  if (bearer.by === 'named') return naming(bearer.name);
  const day = bearer.day === undefined ? '' : ` on ${date(bearer.day)}`;
  const listDate = bearer.listDate === undefined ? '' : ` of ${date(bearer.listDate)}`;
  return ` issued by ${plain(bearer.name)}${day} (${LISTS[bearer.list]}${listDate})`;
}

function why(reason: Said | undefined): string {
  if (reason === undefined) return '';
  if (reason.id === 'fault.trust.noList') return ': no list is installed here';
  return ` (${speechOf('en').say(reason).replace(/\.$/, '')})`;
}
