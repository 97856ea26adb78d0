import { CARRIERS } from '../core/media/carrier.js';
import { UNKNOWN_MEDIA_TYPE } from '../core/media/media-types.js';
import { OUTCOMES } from '../core/report/finding-schema.js';
import { ORIGINS, PRESENCES, READ_STATUSES } from '../core/report/report.js';
import { SIGNAL_IDS } from '../core/report/signal.js';
import { BACKINGS } from '../core/signals/backing.js';
import { meaningOf } from '../core/signals/meaning.js';
import { said } from '../say/said.js';
import type { Speech } from '../say/speech.js';
import type { Counted } from './counted.js';
import { type Group, LOOKED } from './places.js';

/** What the rows of an overview are called. */

const AI = [
  ...([
    'stated-signed',
    'label',
    'possible',
    'trace',
    'mentioned',
    'text',
    'contradictory',
    'set-aside',
    'in-part',
  ] as const),
  ...(['not-stated', 'could-not-look'] as const),
] as const;
const CHANGED = ['yes', 'not-in-signed-part', 'no', 'cannot-tell', 'nothing-to-compare'] as const;
const WHO = [
  ...(['listed', 'private', 'out-of-term', 'revoked', 'not-checked', 'unlisted', 'unnamed'] as const),
  ...(['signature-broken', 'own-key', 'nobody', 'elsewhere', 'could-not-look'] as const),
] as const;
const WHEN = ['proven', 'claimed', 'not-known'] as const;

const CODES: Partial<Record<Group, readonly string[]>> = {
  ai: AI,
  changed: CHANGED,
  who: WHO,
  when: WHEN,
  looked: LOOKED,
  found: ['nothing'],
  undated: ['none'],
  origin: ORIGINS,
  backing: BACKINGS,
  credentials: PRESENCES,
};

/** The codes of a group in the order in which they are shown; undefined where its rows have names. */
export const codesOf = (group: Group): readonly string[] | undefined => CODES[group];

const one = <T extends string>(codes: readonly T[], key: string): T | undefined =>
  codes.find((code) => code === key);

export interface RowName {
  text: string;
  /** As it is written in files or in this program, and no words of a language. */
  isCode: boolean;
}

/** A code that nobody knows stands for itself. */
export function nameOfRow(group: Group, key: string, counted: Counted | undefined, speech: Speech): RowName {
  const text = counted?.said === undefined ? wordsOf(group, key, speech) : speech.say(counted.said);
  return text === undefined ? { text: key, isCode: true } : { text, isCode: false };
}

function wordsOf(group: Group, key: string, { words, say }: Speech): string | undefined {
  const known = <T extends string>(codes: readonly T[], name: (code: T) => string): string | undefined => {
    const code = one(codes, key);
    return code === undefined ? undefined : name(code);
  };
  switch (group) {
    case 'ai':
      return known(AI, (code) => words(`overview.ai.${code}`));
    case 'changed':
      return known(CHANGED, (code) => words(`overview.changed.${code}`));
    case 'who':
      return known(WHO, (code) => words(`overview.who.${code}`));
    case 'when':
      return known(WHEN, (code) => words(`overview.when.${code}`));
    case 'looked':
      return known(LOOKED, (code) => words(`overview.looked.${code}`));
    case 'found':
      return words('overview.found.nothing');
    case 'undated':
      return words('overview.undated.none');
    case 'type':
    case 'unreadType':
      return key === UNKNOWN_MEDIA_TYPE.mime ? words('overview.type.unknown', { type: key }) : undefined;
    case 'folder':
      return key === '' ? words('overview.folder.none') : undefined;
    case 'proven':
    case 'claimed':
      return key;
    case 'origin':
      return known(ORIGINS, (code) => words(`page.origin.${code}`));
    case 'backing':
      return known(BACKINGS, (code) => words(`page.backing.${code}`));
    case 'credentials':
      return known(PRESENCES, (code) => words(`page.presence.${code}`));
    case 'carrier':
      return known(CARRIERS, (code) => words(`carrier.${code}`));
    case 'signal':
      return known(SIGNAL_IDS, (id) => say(meaningOf(id)));
    case 'reason':
      return reasonOf(key, words);
    case 'clause':
      return clauseOf(key, words);
    default:
      return undefined;
  }
}

function reasonOf(key: string, words: Speech['words']): string | undefined {
  const [status = '', code = ''] = key.split(' ', 2);
  const known = one(READ_STATUSES, status);
  return known === undefined ? undefined : words(`overview.reason.${known}`, { code });
}

function clauseOf(key: string, words: Speech['words']): string | undefined {
  const at = key.lastIndexOf(': ');
  const outcome = one(OUTCOMES, key.slice(at + 2));
  return outcome === undefined
    ? undefined
    : words('overview.clause', { rulebook: key.slice(0, at), outcome: said(`law.outcome.${outcome}`) });
}
