import { daySaid, listSaid } from '../../say/amounts.js';
import { type Said, said } from '../../say/said.js';
import type { Speech } from '../../say/speech.js';
import { plainName } from '../ground/quoted.js';
import { table } from '../ground/table.js';
import type { Report } from '../report/report.js';
import type { Signal } from '../report/signal.js';

/**
 * The accounts that Content Credentials say their creator controls (CAWG identity, aggregated claims), a sentence each. What
 * an account is called stands in reports made with names revealed alone: in others it is not there.
 */
export function accountsOf(report: Report, speech: Speech): string[] {
  return report.signals
    .filter(({ id }) => id === 'cawg.identity.present')
    .flatMap((identity) => {
      const accounts = accountsIn(identity);
      return accounts.length === 0 ? [] : sentences(identity, accounts, report);
    })
    .map((one) => speech.say(one));
}

interface Account {
  at: Said;
  checked?: string;
  name?: string;
}

/** As they call themselves; of a signer that no list knows even these are words of the file. */
const SERVICES: Readonly<Record<string, string>> = table({
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

function accountsIn({ facts = [], backing }: Signal): Account[] {
  const accounts: Account[] = [];
  for (const { name, value } of facts) {
    const last = accounts.at(-1);
    if (name === 'account' && value !== undefined) accounts.push({ at: serviceSaid(value, backing) });
    else if (last && name === 'accountChecked' && value !== undefined) last.checked = value;
    else if (last && name === 'accountName' && value !== undefined) last.name = value;
  }
  return accounts;
}

function serviceSaid(written: string, backing: Signal['backing']): Said {
  const known = backing === 'trusted' ? SERVICES[written.trim().toLowerCase()] : undefined;
  return known === undefined
    ? said('text.quoted', { text: plainName(written) })
    : said('text.asWritten', { text: known });
}

function sentences(identity: Signal, accounts: readonly Account[], report: Report): Said[] {
  const params = {
    count: accounts.length,
    accounts: listSaid(accounts.map(({ at }) => at)),
    checked: checkedSaid(accounts),
  };
  const named = accounts.flatMap(({ at, name }) =>
    name === undefined
      ? []
      : [said('page.accounts.name', { name: said('text.quoted', { text: plainName(name) }), account: at })],
  );
  const names = named.length === 0 ? [] : [said('page.accounts.names', { names: listSaid(named) })];
  const { integrity, activeManifest = '' } = report.contentCredentials;
  const outcome = outcomeOf(identity, report);
  if (integrity === 'altered') return [said('page.accounts.unfit', params), ...names];
  const holds = outcome === 'cawg.identity.wellFormed' || outcome === 'cawg.identity.notCheckable';
  if (!holds || identity.backing === 'invalid') return [said('page.accounts.broken', params), ...names];
  if (integrity !== 'intact') return [said('page.accounts.undetermined', params), ...names];
  const own = identity.basis.some(({ place }) => place.includes(`/${activeManifest}/`));
  return [
    own ? said('page.accounts.vouched', params) : said('page.accounts.ofEarlier', params),
    ...(outcome === 'cawg.identity.notCheckable' ? [said('page.accounts.unchecked')] : []),
    ...names,
  ];
}

/** What was found of the identity at the same place. */
function outcomeOf({ basis }: Signal, { signals }: Report): string | undefined {
  const places = new Set(basis.map(({ place }) => place));
  return signals.find(
    (one) =>
      one.id.startsWith('cawg.identity.') &&
      one.id !== 'cawg.identity.present' &&
      one.basis.some(({ place }) => places.has(place)),
  )?.id;
}

function checkedSaid(accounts: readonly Account[]): Said {
  const days = [...new Set(accounts.flatMap(({ checked }) => checked?.slice(0, 10) ?? []))].sort();
  const [first, last] = [days[0], days.at(-1)];
  // Of some it may not be known.
  if (first === undefined || last === undefined || accounts.some(({ checked }) => checked === undefined))
    return said('text.asWritten', { text: '' });
  return first === last
    ? said('page.accounts.checkedOn', { day: daySaid(first) })
    : said('page.accounts.checkedBetween', { first: daySaid(first), last: daySaid(last) });
}
