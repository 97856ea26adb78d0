import { truncate } from '../../base/json-shape.js';
import type { Message } from '../../i18n/message.js';
import { message } from '../../i18n/message.js';
import type { EngineDifference } from '../c2pa/engine-difference.js';
import { formatFinding } from '../c2pa/engine-difference.js';
import type { EngineInfo } from '../c2pa/engine-names.js';
import { foundValue } from '../media/carrier.js';
import { defineDetector } from './detector.js';

/**
 * Detects that two official SDKs gave different answers for the same bytes, which matters to users who rely on one of
 * them.
 */
export const enginesDisagree = defineDetector({
  id: 'engines-disagree',
  needs: ['c2pa'],
  raises: ['c2pa.engines.disagree'],
  detect({ c2pa }) {
    const value = foundValue(c2pa);
    const second = value?.secondOpinion;
    if (!value || !second || second.agrees) return [];
    const codes = (by: EngineDifference['by']) =>
      second.differences.filter((one) => one.by === by).map(formatFinding);
    const locator =
      value.kind === 'store' ? `self#jumbf=/c2pa/${value.activeManifest}` : 'remote manifest reference';
    return [
      {
        id: 'c2pa.engines.disagree',
        backing: 'inferred',
        messages: {
          value: message('fact.engines', {
            first: describeEngine(value.engine, codes('first')),
            second: describeEngine(second.engine, codes('second')),
          }),
        },
        basis: [{ carrier: 'c2pa', locator }],
      },
    ];
  },
});

const MAX_CODES = 16;
const CODE_CHARACTERS = 120;

function describeEngine({ name, sdk }: EngineInfo, codes: readonly string[]): Message {
  const engine = { engine: name, sdk };
  const shown = codes.slice(0, MAX_CODES).map((code) => truncate(code, CODE_CHARACTERS));
  const more = codes.length - shown.length;
  return shown.length === 0
    ? message('fact.engineAlone.nothing', engine)
    : message('fact.engineAlone', { ...engine, codes: more === 0 ? shown : [...shown, `… +${more}`] });
}
