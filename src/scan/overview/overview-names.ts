import { CARRIERS } from '../../core/media/carrier.js';
import { UNKNOWN_MEDIA_TYPE } from '../../core/media/media-types.js';
import { OUTCOMES } from '../../core/report/finding-schema.js';
import { ORIGINS, PRESENCES, READ_STATUSES } from '../../core/report/report.js';
import { FACT_TERMS } from '../../core/report/report-terms.js';
import { SIGNAL_IDS } from '../../core/report/signal.js';
import { BACKINGS } from '../../core/signals/backing.js';
import { meaningMessage } from '../../core/signals/meaning.js';
import { message } from '../../i18n/message.js';
import type { Translator } from '../../i18n/translator.js';
import type { FileCounts } from '../records/counts.js';
import { type OverviewGroup, READ_STATES } from '../records/groups.js';

/** Names of an overview's rows. */

const CODES: Partial<Record<OverviewGroup, readonly string[]>> = {
  ai: FACT_TERMS.ai,
  changed: FACT_TERMS.changed,
  who: FACT_TERMS.who,
  when: FACT_TERMS.when,
  looked: READ_STATES,
  found: ['nothing'],
  undated: ['none'],
  origin: ORIGINS,
  backing: BACKINGS,
  credentials: PRESENCES,
};

/** Returns the codes of a group in the order shown; `undefined` if its rows have names. */
export const groupCodes = (group: OverviewGroup): readonly string[] | undefined => CODES[group];

const findCode = <T extends string>(codes: readonly T[], key: string): T | undefined =>
  codes.find((code) => code === key);

export interface RowName {
  text: string;
  /** Whether the text is a code or a value from a file rather than words of a language. */
  isCode: boolean;
}

/** Returns the name of a row; an unknown code is shown as it is. */
export function rowName(
  group: OverviewGroup,
  key: string,
  counted: FileCounts | undefined,
  translator: Translator,
): RowName {
  const text =
    counted?.userMessage === undefined
      ? rowText(group, key, translator)
      : translator.translate(counted.userMessage);
  return text === undefined ? { text: key, isCode: true } : { text, isCode: false };
}

function rowText(
  group: OverviewGroup,
  key: string,
  { text: words, translate: say }: Translator,
): string | undefined {
  const known = <T extends string>(codes: readonly T[], name: (code: T) => string): string | undefined => {
    const code = findCode(codes, key);
    return code === undefined ? undefined : name(code);
  };
  switch (group) {
    case 'ai':
      return known(FACT_TERMS.ai, (code) => words(`overview.ai.${code}`));
    case 'changed':
      return known(FACT_TERMS.changed, (code) => words(`overview.changed.${code}`));
    case 'who':
      return known(FACT_TERMS.who, (code) => words(`overview.who.${code}`));
    case 'when':
      return known(FACT_TERMS.when, (code) => words(`overview.when.${code}`));
    case 'looked':
      return known(READ_STATES, (code) => words(`overview.looked.${code}`));
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
      return known(SIGNAL_IDS, (id) => say(meaningMessage(id)));
    case 'reason':
      return readReasonText(key, words);
    case 'clause':
      return clauseText(key, words);
    default:
      return undefined;
  }
}

function readReasonText(key: string, words: Translator['text']): string | undefined {
  const [status = '', code = ''] = key.split(' ', 2);
  const known = findCode(READ_STATUSES, status);
  return known === undefined ? undefined : words(`overview.reason.${known}`, { code });
}

function clauseText(key: string, words: Translator['text']): string | undefined {
  const at = key.lastIndexOf(': ');
  const outcome = findCode(OUTCOMES, key.slice(at + 2));
  return outcome === undefined
    ? undefined
    : words('overview.clause', { rulebook: key.slice(0, at), outcome: message(`law.outcome.${outcome}`) });
}
