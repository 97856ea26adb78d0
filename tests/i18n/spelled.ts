import type { Message, Param } from '../../src/i18n/message.js';

/**
 * Spells a message as its id and parameters, so that a test compares what is said and not the words of one language:
 * `amount.bytes(count: 3)`.
 */
export function spell({ id, params = {} }: Message): string {
  const given = Object.entries(params).map(([name, param]) => `${name}: ${spellParam(param)}`);
  return given.length === 0 ? id : `${id}(${given.sort().join(', ')})`;
}

function spellParam(param: Param): string {
  if (typeof param !== 'object') return String(param);
  return 'id' in param ? spell(param) : `[${param.map(spellParam).join(', ')}]`;
}
