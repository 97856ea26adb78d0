import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { buildFolder } from '../../../base/built-files.js';
import { type CodeCacheState, codeCacheState } from '../../../base/process/v8-cache.js';
import { message } from '../../../i18n/message.js';
import type { DoctorPart } from '../part.js';

/** Reports whether the V8 code cache is in use, by `assay inspect` and by the reading processes just started. */
export function checkCodeCache(
  reading: readonly CodeCacheState[],
  inspect = inspectCodeState(),
): DoctorPart[] {
  const states = new Set([...reading, inspect]);
  const version = process.versions.node;
  if (!states.has('none') && !states.has('refused'))
    return [{ id: 'code', state: 'found', detail: message('doctor.code.taken', { version }) }];
  const lost = message('doctor.code.lost');
  return states.has('refused')
    ? [{ id: 'code', state: 'limited', detail: message('doctor.code.refused', { version }), lost }]
    : [
        {
          id: 'code',
          state: 'limited',
          detail: message('doctor.code.none', { version }),
          lost,
          remedy: message('doctor.code.remedy', { folder: buildFolder() }),
        },
      ];
}

function inspectCodeState(): CodeCacheState {
  const folder = join(buildFolder(), 'inspect');
  const file = readdirSync(folder).find((name) => name.startsWith('main.code-'));
  return file === undefined ? 'none' : codeCacheState(join(folder, file));
}
