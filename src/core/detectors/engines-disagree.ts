import { type EngineDifference, findingName } from '../c2pa/engine-difference.js';
import type { EngineInfo } from '../c2pa/engine-names.js';
import { cut } from '../ground/json-shape.js';
import { limits } from '../ground/limits.js';
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
        value: cut(
          [side(value.engine, codes('first')), side(second.engine, codes('second'))].join('; '),
          limits.shownValueCharacters,
        ),
        basis: [{ carrier: 'c2pa', place }],
      },
    ];
  },
});

function side({ name, sdk }: EngineInfo, codes: string[]): string {
  return `only ${name} (${sdk}): ${codes.length === 0 ? 'none' : codes.join(', ')}`;
}
