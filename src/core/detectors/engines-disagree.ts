import type { Said } from '../../say/said.js';
import { said } from '../../say/said.js';
import type { EngineDifference } from '../c2pa/engine-difference.js';
import { findingName } from '../c2pa/engine-difference.js';
import type { EngineInfo } from '../c2pa/engine-names.js';
import { cut } from '../ground/json-shape.js';
import { readValue } from '../media/carrier.js';
import { defineDetector } from './detector.js';

/** Two official SDKs over the same bytes gave different answers: whoever relies on one of them should know. */
export const enginesDisagree = defineDetector({
  id: 'engines-disagree',
  needs: ['c2pa'],
  raises: ['c2pa.engines.disagree'],
  detect({ c2pa }) {
    const value = readValue(c2pa);
    const second = value?.secondOpinion;
    if (!value || !second || second.agrees) return [];
    const codes = (by: EngineDifference['by']) =>
      second.differences.filter((one) => one.by === by).map(findingName);
    const place =
      value.kind === 'store' ? `self#jumbf=/c2pa/${value.activeManifest}` : 'remote manifest reference';
    return [
      {
        id: 'c2pa.engines.disagree',
        backing: 'inferred',
        said: {
          value: said('fact.engines', {
            first: side(value.engine, codes('first')),
            second: side(second.engine, codes('second')),
          }),
        },
        basis: [{ carrier: 'c2pa', place }],
      },
    ];
  },
});

const MOST_CODES = 16;
const CODE_CHARACTERS = 120;

function side({ name, sdk }: EngineInfo, codes: readonly string[]): Said {
  const engine = { engine: name, sdk };
  const shown = codes.slice(0, MOST_CODES).map((code) => cut(code, CODE_CHARACTERS));
  const more = codes.length - shown.length;
  return shown.length === 0
    ? said('fact.engineAlone.nothing', engine)
    : said('fact.engineAlone', { ...engine, codes: more === 0 ? shown : [...shown, `… +${more}`] });
}
