import { shortenName } from '../../base/quoted.js';
import { lookupTable } from '../../base/table.js';
import { dayMessage, listMessage } from '../../i18n/amounts.js';
import { type Message, message } from '../../i18n/message.js';
import type { Translator } from '../../i18n/translator.js';
import type { StoredReport } from '../report/report.js';
import type { Signal } from '../report/signal.js';

/**
 * Returns one sentence for each account that Content Credentials say their creator controls (CAWG identity, aggregated
 * claims). Account names are present only in reports made with names revealed.
 */
export function accountSentences(
  report: Pick<StoredReport, 'signals' | 'contentCredentials'>,
  translator: Translator,
): string[] {
  return report.signals
    .filter(({ id }) => id === 'cawg.identity.present')
    .flatMap((identity) => {
      const accounts = readAccounts(identity);
      return accounts.length === 0 ? [] : sentences(identity, accounts, report);
    })
    .map((one) => translator.translate(one));
}

interface Account {
  at: Message;
  checked?: string;
  name?: string;
}

/** Names as the services write them; for a signer on no list, even these are text from the file. */
const SERVICES: Readonly<Record<string, string>> = lookupTable({
  behance: 'Behance',
  bluesky: 'Bluesky',
  dribbble: 'Dribbble',
  facebook: 'Facebook',
  flickr: 'Flickr',
  github: 'GitHub',
  instagram: 'Instagram',
  linkedin: 'LinkedIn',
  mastodon: 'Mastodon',
  pinterest: 'Pinterest',
  threads: 'Threads',
  tiktok: 'TikTok',
  twitter: 'Twitter',
  vimeo: 'Vimeo',
  x: 'X',
  youtube: 'YouTube',
});

function readAccounts({ facts = [], backing }: Signal): Account[] {
  const accounts: Account[] = [];
  for (const { name, value } of facts) {
    const last = accounts.at(-1);
    if (name === 'account' && value !== undefined) accounts.push({ at: serviceMessage(value, backing) });
    else if (last && name === 'accountChecked' && value !== undefined) last.checked = value;
    else if (last && name === 'accountName' && value !== undefined) last.name = value;
  }
  return accounts;
}

function serviceMessage(written: string, backing: Signal['backing']): Message {
  const known = backing === 'trusted' ? SERVICES[written.trim().toLowerCase()] : undefined;
  return known === undefined
    ? message('text.quoted', { text: shortenName(written) })
    : message('text.asWritten', { text: known });
}

function sentences(
  identity: Signal,
  accounts: readonly Account[],
  report: Pick<StoredReport, 'signals' | 'contentCredentials'>,
): Message[] {
  const params = {
    count: accounts.length,
    accounts: listMessage(accounts.map(({ at }) => at)),
    checked: checkedMessage(accounts),
  };
  const named = accounts.flatMap(({ at, name }) =>
    name === undefined
      ? []
      : [
          message('page.accounts.name', {
            name: message('text.quoted', { text: shortenName(name) }),
            account: at,
          }),
        ],
  );
  const names = named.length === 0 ? [] : [message('page.accounts.names', { names: listMessage(named) })];
  const { integrity, activeManifest = '' } = report.contentCredentials;
  const outcome = outcomeOf(identity, report.signals);
  if (integrity === 'altered') return [message('page.accounts.unfit', params), ...names];
  const holds = outcome === 'cawg.identity.wellFormed' || outcome === 'cawg.identity.notCheckable';
  if (!holds || identity.backing === 'invalid') return [message('page.accounts.broken', params), ...names];
  if (integrity !== 'intact') return [message('page.accounts.undetermined', params), ...names];
  const own = identity.basis.some(({ locator }) => locator.includes(`/${activeManifest}/`));
  return [
    own ? message('page.accounts.vouched', params) : message('page.accounts.ofEarlier', params),
    ...(outcome === 'cawg.identity.notCheckable' ? [message('page.accounts.unchecked')] : []),
    ...names,
  ];
}

/** Returns the check result of the identity at the same location. */
function outcomeOf({ basis }: Signal, signals: readonly Signal[]): string | undefined {
  const places = new Set(basis.map(({ locator }) => locator));
  return signals.find(
    (one) =>
      one.id.startsWith('cawg.identity.') &&
      one.id !== 'cawg.identity.present' &&
      one.basis.some(({ locator }) => places.has(locator)),
  )?.id;
}

function checkedMessage(accounts: readonly Account[]): Message {
  const days = [...new Set(accounts.flatMap(({ checked }) => checked?.slice(0, 10) ?? []))].sort();
  const [first, last] = [days[0], days.at(-1)];
  // The date of the check is unknown for some accounts.
  if (first === undefined || last === undefined || accounts.some(({ checked }) => checked === undefined))
    return message('text.asWritten', { text: '' });
  return first === last
    ? message('page.accounts.checkedOn', { day: dayMessage(first) })
    : message('page.accounts.checkedBetween', { first: dayMessage(first), last: dayMessage(last) });
}
