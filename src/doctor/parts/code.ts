import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type CodeState, codeState } from '../../cached-code.js';
import { builtFolder } from '../../core/ground/built.js';
import { said } from '../../say/said.js';
import type { Part } from '../part.js';

/** What V8 compiled before: of `assay inspect`, and of the reading processes that have just said so. */
export function codeParts(reading: readonly CodeState[], inspect = ofInspect()): Part[] {
  const states = new Set([...reading, inspect]);
  const version = process.versions.node;
  if (!states.has('none') && !states.has('refused'))
    return [{ id: 'code', state: 'found', detail: said('doctor.code.taken', { version }) }];
  const lost = said('doctor.code.lost');
  return states.has('refused')
    ? [{ id: 'code', state: 'limited', detail: said('doctor.code.refused', { version }), lost }]
    : [
        {
          id: 'code',
          state: 'limited',
          detail: said('doctor.code.none', { version }),
          lost,
          remedy: said('doctor.code.remedy', { folder: builtFolder() }),
        },
      ];
}

function ofInspect(): CodeState {
  const folder = join(builtFolder(), 'inspect');
  const file = readdirSync(folder).find((name) => name.startsWith('cli.code-'));
  return file === undefined ? 'none' : codeState(join(folder, file));
}
