import { type ReadFault, shortenParams } from '../../base/fault.js';
import type { Message, Param, Params } from '../../i18n/message.js';
import type { TextMask } from './personal-text.js';

/**
 * Masks the parameters of messages and faults, because an engine's words may repeat the file's. Ids and numbers are
 * Assay's own.
 */

export function maskMessage({ id, params }: Message, mask: TextMask): Message {
  return params === undefined ? { id } : { id, params: maskParams(params, mask) };
}

export function maskFault({ code, params }: ReadFault, mask: TextMask): ReadFault {
  return params === undefined ? { code } : { code, params: maskParams(params, mask) };
}

/** Parameters are shortened again, because a replacement may be longer than the masked text. */
function maskParams(params: Params, mask: TextMask): Params {
  // Copied only on demand; most faults contain nothing to mask.
  let shown: Record<string, Param> | undefined;
  for (const [name, one] of Object.entries(params)) {
    const own = maskParam(one, mask);
    if (own === one) continue;
    shown ??= { ...params };
    shown[name] = own;
  }
  return shortenParams(shown ?? params);
}

function maskParam(param: Param, mask: TextMask): Param {
  if (typeof param === 'string') return mask(param);
  if (typeof param === 'number') return param;
  if ('id' in param) return maskMessage(param, mask);
  return param.map((one) => (typeof one === 'string' ? mask(one) : maskMessage(one, mask)));
}
