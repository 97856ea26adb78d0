import type { Kind } from '../../media-types.js';
import { plain, quoted, quotedName } from '../../quoted.js';
import type { MarkStep } from '../../signatures/c2pa-watermark-edits.js';
import type { EarlierSigner, Named, NamedSource, NotStated, Step, Steps } from '../sentence.js';
import { actions } from './c2pa.js';
import { date } from './numbers.js';
import { termWords } from './source-types.js';

/** English for what a history of Content Credentials tells: its steps, its signers, and of what a source is stated. */

const MEDIA = {
  image: 'picture',
  video: 'video',
  audio: 'sound',
  document: 'document',
  other: 'file',
} as const satisfies Record<Kind, string>;

export const medium = (kind: Kind): string => MEDIA[kind];

export const named = ({ name, known }: Named): string => (known ? plain(name) : quotedName(name));

const MARKS = {
  'c2pa.edited (invisible watermark)': 'an invisible watermark was put in',
  'c2pa.edited (visible watermark)': 'a visible watermark was put in',
} as const satisfies Record<MarkStep, string>;

export function actionWords(action: string): string {
  const words: Readonly<Record<string, string>> = { ...actions, ...MARKS };
  return Object.hasOwn(words, action) ? (words[action] ?? '') : quotedName(action);
}

const stepWords = ({ action, times }: Step): string =>
  times > 1 ? `${actionWords(action)} (${times} times)` : actionWords(action);

function stepsSentence({ list, more, tool }: Steps): string {
  const rest = more === 0 ? '' : `, and ${more} more ${more === 1 ? 'kind' : 'kinds'} of step`;
  return `${tool ? `${named(tool)} recorded` : 'Steps recorded'}: ${list.map(stepWords).join(', ')}${rest}.`;
}

const ROLES = {
  part: 'a part placed in it',
  input: 'an input to what made it',
  altered: 'something that no longer matches its own credentials',
  apart: 'credentials that the history does not lead to',
} as const satisfies Record<Exclude<NamedSource['role'], 'step'>, string>;

const sourceOf = ({ role, action = '', term }: NamedSource): string =>
  `${role === 'step' ? `one step (${actionWords(action)})` : ROLES[role]}: that it ${termWords(term)}`;

export function notStated({ sources, steps, aiElsewhere }: NotStated): string[] {
  const ofSources =
    sources.length === 0 ? [] : [`A source is stated only for ${sources.map(sourceOf).join('; for ')}.`];
  if (!steps)
    return sources.length > 0
      ? ofSources
      : ['No step is recorded in the credentials, and how the content was made is not stated.'];
  const open = sources.length === 0 && !aiElsewhere ? ['Whether AI was used is not stated.'] : [];
  return [...ofSources, stepsSentence(steps), ...open];
}

const STANDINGS = {
  listed: '',
  expired: ' (certificate since expired)',
  outside: ' (outside the term of its certificate)',
  'not-yet-valid': ' (certificate not valid yet)',
  unknown: ' (whether within the term of its certificate is not known)',
  revoked: ' (certificate revoked)',
} as const satisfies Record<
  Exclude<EarlierSigner['standing'], 'unlisted' | 'not-checked' | 'unstated'>,
  string
>;

/** “The credentials state”, or the earlier ones with their signer: quoted where no list vouches for the name. */
export function whoStates(from: EarlierSigner | undefined): string {
  if (from === undefined) return 'The credentials state';
  const { name, standing, day } = from;
  if (name === undefined) return 'Credentials from before state';
  switch (standing) {
    case 'unlisted':
      return `Credentials from before that name ${quoted(name)}, a signer on none of the installed lists, state`;
    case 'not-checked':
      return `Credentials from before that name ${quoted(name)}, a signer not checked against a list, state`;
    case 'unstated':
      return `Credentials from before that name ${quoted(name)} state`;
    default: {
      const on = day === undefined ? '' : ` on ${date(day)}`;
      return `Credentials from before, signed by ${plain(name)}${on}${STANDINGS[standing]}, state`;
    }
  }
}

export const sinceWords = (since: readonly string[]): string =>
  since.length === 0 ? '' : `; afterwards only: ${since.map(actionWords).join(', ')}`;
