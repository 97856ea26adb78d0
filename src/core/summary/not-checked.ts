import { type Said, said } from '../../say/said.js';
import { hasNoPixels } from '../evidence/cut-off.js';
import type { AssetFacts } from '../media/asset-facts.js';
import type { Carrier } from '../media/carrier.js';
import type { ContentCredentials, NotChecked, Report } from '../report/report.js';
import type { Signal } from '../report/signal.js';
import {
  DECLARED_WATERMARK,
  UNASKED_PIXELS,
  UNCHECKED_CREDENTIALS,
  UNCHECKED_MARKS,
  UNSEEN_PIXELS,
  type Unchecked,
} from '../signatures/not-checked.js';
import { SOFT_BINDING_ALGORITHMS } from '../signatures/soft-binding-algorithms.js';
import { isNoList } from './sentence-doubts.js';

/** What a Report cannot tell of this kind of file, and who could: nobody is asked by us. */
export function notChecked(
  facts: AssetFacts,
  credentials: ContentCredentials,
  reads: Readonly<Record<Carrier, Pick<Report['reads'][Carrier], 'status' | 'code'>>>,
  signals: readonly Signal[],
): NotChecked[] {
  const { kind } = facts.mediaType;
  const rows = [
    ...declaredWatermarks(signals),
    ...UNCHECKED_MARKS.filter(({ kinds }) => kinds.includes(kind)).map(rowOf),
  ];
  if (reads.pixelWatermark.code === 'carrier.notAsked')
    rows.unshift(rowOf(hasNoPixels(reads) ? UNSEEN_PIXELS : UNASKED_PIXELS));
  if (credentials.presence === 'present') {
    const { revocation } = UNCHECKED_CREDENTIALS;
    if (credentials.time?.revocation === 'not-checked') rows.unshift(rowOf(revocation));
    if (credentials.signer?.trust === 'not-checked')
      rows.unshift(unmatched(credentials.signer.said?.trustReason));
  }
  if (credentials.presence === 'remote') rows.unshift(rowOf(UNCHECKED_CREDENTIALS.remote));
  return rows;
}

const rowOf = ({ what, why, ask, link }: Unchecked): NotChecked => ({
  said: { what: said(what), why: said(why), ...(ask === undefined ? {} : { ask: said(ask) }) },
  ...(link === undefined ? {} : { link }),
});

/** By name, each once: a signal’s value begins with the algorithm that a manifest names. What does not hold names nothing. */
function declaredWatermarks(signals: readonly Signal[]): NotChecked[] {
  const named = new Set(
    signals.flatMap(({ id, backing, value }) =>
      id === 'watermark.declared' && backing !== 'invalid' ? [value?.split(' ')[0] ?? ''] : [],
    ),
  );
  return SOFT_BINDING_ALGORITHMS.filter(({ alg }) => named.has(alg)).map(({ what, link }) => ({
    said: { what: said('text.asWritten', { text: what }), why: said(DECLARED_WATERMARK) },
    link,
  }));
}

/** Lists are no help where the certificate itself could not be read, or a list that is installed could not. */
function unmatched(reason: Said | undefined): NotChecked {
  const { what, why, ask } = UNCHECKED_CREDENTIALS.trustLists;
  const row = { what: said(what), why: reason ?? said(why) };
  return { said: reason === undefined || isNoList(reason) ? { ...row, ask: said(ask) } : row };
}
