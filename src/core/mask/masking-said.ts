import type { Param, Params, Said } from '../../say/said.js';
import { type ReadFault, shortened } from '../ground/fault.js';
import type { TextMask } from './personal-text.js';

/** Masks what goes into the places of a text: an engine's words may repeat the file's. Ids and numbers are our own. */

export function maskedSaid({ id, params }: Said, mask: TextMask): Said {
  return params === undefined ? { id } : { id, params: maskedParams(params, mask) };
}

export function maskedFault({ code, params }: ReadFault, mask: TextMask): ReadFault {
  return params === undefined ? { code } : { code, params: maskedParams(params, mask) };
}

/** What stands for something masked may be longer than it was. */
function maskedParams(params: Params, mask: TextMask): Params {
  // Of most faults there is nothing to mask.
  let shown: Record<string, Param> | undefined;
  for (const [name, one] of Object.entries(params)) {
    const own = masked(one, mask);
    if (own === one) continue;
    shown ??= { ...params };
    shown[name] = own;
  }
  return shortened(shown ?? params);
}

function masked(param: Param, mask: TextMask): Param {
  if (typeof param === 'string') return mask(param);
  if (typeof param === 'number') return param;
  if ('id' in param) return maskedSaid(param, mask);
  return param.map((one) => (typeof one === 'string' ? mask(one) : maskedSaid(one, mask)));
}
