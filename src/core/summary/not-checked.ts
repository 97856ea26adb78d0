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
import { isNoListReason } from './sentence/signer.js';

/** Returns what a Report cannot determine for this kind of file, and who could. Assay contacts nobody. */
export function listNotChecked(
  facts: AssetFacts,
  credentials: ContentCredentials,
  reads: Readonly<Record<Carrier, Pick<StoredReport['reads'][Carrier], 'status' | 'code'>>>,
  signals: readonly Signal[],
): NotChecked[] {
  const { kind } = facts.mediaType;
  const rows = [
    ...declaredWatermarks(signals),
    ...UNCHECKED_MARKS.filter(({ kinds }) => kinds.includes(kind)).map(rowOf),
  ];
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
