import type { Said } from '../say/said.js';
import type { AssetFacts } from './asset-facts.js';
import type { Carrier } from './evidence.js';
import type { ContentCredentials, NotChecked, Report } from './report.js';
import type { Signal } from './signal.js';
import {
  DECLARED_WATERMARK,
  UNASKED_PIXELS,
  UNCHECKED_CREDENTIALS,
  UNCHECKED_MARKS,
} from './signatures/not-checked.js';
import { SOFT_BINDING_ALGORITHMS } from './signatures/soft-binding-algorithms.js';

/** What a Report cannot tell of this kind of file, and who could: nobody is asked by us. */
export function notChecked(
  facts: AssetFacts,
  credentials: ContentCredentials,
  pixels: Pick<Report['reads'][Carrier], 'status' | 'code'>,
  signals: readonly Signal[],
): NotChecked[] {
  const rows: NotChecked[] = [
    ...declaredWatermarks(signals),
    ...UNCHECKED_MARKS.filter((mark) => (mark.kinds as readonly string[]).includes(facts.mediaType.kind)).map(
      ({ kinds: _kinds, ...row }) => row,
    ),
  ];
  if (pixels.code === 'carrier.notAsked') rows.unshift(UNASKED_PIXELS);
  if (credentials.presence === 'present') {
    const { revocation } = UNCHECKED_CREDENTIALS;
    if (credentials.time?.revocation === 'not-checked') rows.unshift(revocation);
    if (credentials.signer?.trust === 'not-checked')
      rows.unshift(unmatched(credentials.signer.said?.trustReason));
  }
  if (credentials.presence === 'remote') rows.unshift(UNCHECKED_CREDENTIALS.remote);
  return rows;
}

/** By name, each once: a signal’s value begins with the algorithm that a manifest names. What does not hold names nothing. */
function declaredWatermarks(signals: readonly Signal[]): NotChecked[] {
  const named = new Set(
    signals.flatMap(({ id, backing, value }) =>
      id === 'watermark.declared' && backing !== 'invalid' ? [value?.split(' ')[0] ?? ''] : [],
    ),
  );
  return SOFT_BINDING_ALGORITHMS.filter(({ alg }) => named.has(alg)).map(({ what, link }) => ({
    what,
    ...DECLARED_WATERMARK,
    link,
  }));
}

/** Lists are no help where the certificate itself could not be read, or a list that is installed could not. */
function unmatched(reason: Said | undefined): NotChecked {
  const { ask, ...row } = UNCHECKED_CREDENTIALS.trustLists;
  const why = reason === undefined ? {} : { said: { why: reason } };
  return reason === undefined || reason.id === 'fault.trust.noList'
    ? { ...row, ...why, ask }
    : { ...row, ...why };
}
