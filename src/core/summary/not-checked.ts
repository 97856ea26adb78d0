import { faultMessage } from '../../base/fault.js';
import { type Message, message } from '../../i18n/message.js';
import { hasNoPixels } from '../evidence/cut-off.js';
import type { AssetFacts } from '../media/asset-facts.js';
import type { Carrier } from '../media/carrier.js';
import type { ContentCredentials, NotChecked, StoredReport } from '../report/report.js';
import type { Signal } from '../report/signal.js';
import {
  DECLARED_WATERMARK_REASON,
  INVISIBLE_PIXELS,
  UNCHECKED_CREDENTIALS,
  UNCHECKED_MARKS,
  UNREQUESTED_PIXELS,
  type UncheckedItem,
} from '../signatures/not-checked.js';
import { SOFT_BINDING_ALGORITHMS } from '../signatures/soft-binding-algorithms.js';
import { isNoListReason } from '../standing/signer.js';

/**
 * Returns what a Report cannot determine for this kind of file, and who could. Assay contacts nobody. `visibleBefore`:
 * rows about visible marks of an earlier Report that is concluded again without the file.
 */
export function listNotChecked(
  facts: AssetFacts,
  credentials: ContentCredentials,
  reads: Readonly<Record<Carrier, Pick<StoredReport['reads'][Carrier], 'status' | 'code'>>>,
  signals: readonly Signal[],
  visibleBefore?: readonly NotChecked[],
): NotChecked[] {
  const { kind } = facts.mediaType;
  const rows = [
    ...declaredWatermarks(signals),
    ...UNCHECKED_MARKS.filter(({ kinds }) => kinds.includes(kind)).map(rowOf),
  ];
  rows.push(...(visibleBefore ?? visibleMarkRows(facts)));
  if (reads.pixelWatermark.code === 'carrier.notRequested')
    rows.unshift(rowOf(hasNoPixels(reads) ? INVISIBLE_PIXELS : UNREQUESTED_PIXELS));
  if (credentials.presence === 'present') {
    const { revocation } = UNCHECKED_CREDENTIALS;
    if (credentials.time?.revocation === 'not-checked') rows.unshift(rowOf(revocation));
    if (credentials.signer?.trust === 'not-checked')
      rows.unshift(unmatchedTrust(credentials.signer.messages?.trustReason));
  }
  if (credentials.presence === 'remote') rows.unshift(rowOf(UNCHECKED_CREDENTIALS.remote));
  return rows;
}

/** Returns how far visible marks were looked for, and why words were not read although that was requested. */
function visibleMarkRows({ mediaType: { kind }, visibleLook, unreadWords }: AssetFacts): NotChecked[] {
  if (kind !== 'image' && kind !== 'video') return [];
  const looked = message('notChecked.visible.why', { looked: visibleLook ?? 'other' });
  const rows = [{ messages: { what: message('notChecked.visible.what'), why: looked } }];
  if (unreadWords === undefined) return rows;
  return [{ messages: { what: message('notChecked.words.what'), why: faultMessage(unreadWords) } }, ...rows];
}

const isVisibleMarkRow = ({ messages }: NotChecked): boolean =>
  messages?.what?.id === 'notChecked.visible.what' || messages?.what?.id === 'notChecked.words.what';

/** Returns the rows of a Report about visible marks, which a new conclusion without the file cannot know. */
export const visibleMarkRowsOf = (rows: readonly NotChecked[]): NotChecked[] => rows.filter(isVisibleMarkRow);

/** Returns whether nobody read the words in the corners, and whether that was tried. */
export function unreadWordsIn(rows: readonly NotChecked[]): 'not-asked' | 'failed' | undefined {
  const own = rows.filter(isVisibleMarkRow).map(({ messages }) => messages);
  if (own.some((messages) => messages?.what?.id === 'notChecked.words.what')) return 'failed';
  const looked = own[0]?.why?.params?.['looked'];
  return looked === 'other' || looked === 'star' ? 'not-asked' : undefined;
}

const rowOf = ({ what, why, ask, link }: UncheckedItem): NotChecked => ({
  messages: { what: message(what), why: message(why), ...(ask === undefined ? {} : { ask: message(ask) }) },
  ...(link === undefined ? {} : { link }),
});

/**
 * Returns declared watermarks, each name once: the signal’s value begins with the algorithm named by the manifest.
 * Invalid declarations are ignored.
 */
function declaredWatermarks(signals: readonly Signal[]): NotChecked[] {
  const named = new Set(
    signals.flatMap(({ id, backing, value }) =>
      id === 'watermark.declared' && backing !== 'invalid' ? [value?.split(' ')[0] ?? ''] : [],
    ),
  );
  return SOFT_BINDING_ALGORITHMS.filter(({ alg }) => named.has(alg)).map(({ what, link }) => ({
    messages: { what: message('text.asWritten', { text: what }), why: message(DECLARED_WATERMARK_REASON) },
    link,
  }));
}

/** Suggesting lists is useless if the certificate or an installed list could not be read. */
function unmatchedTrust(reason: Message | undefined): NotChecked {
  const { what, why, ask } = UNCHECKED_CREDENTIALS.trustLists;
  const row = { what: message(what), why: reason ?? message(why) };
  return { messages: reason === undefined || isNoListReason(reason) ? { ...row, ask: message(ask) } : row };
}
