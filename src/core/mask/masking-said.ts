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
  const all = Object.entries(params).map(([name, one]) => [name, one, masked(one, mask)] as const);
  // Of most faults there is nothing to mask.
  if (all.every(([, one, own]) => own === one)) return shortened(params);
  return shortened(Object.fromEntries(all.map(([name, , own]) => [name, own])));
}

function masked(param: Param, mask: TextMask): Param {
  if (typeof param === 'string') return mask(param);
  if (typeof param === 'number') return param;
  if ('id' in param) return maskedSaid(param, mask);
  return param.map((one) => (typeof one === 'string' ? mask(one) : maskedSaid(one, mask)));
}
