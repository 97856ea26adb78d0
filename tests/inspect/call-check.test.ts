import { expect, it } from 'vitest';
import { checkCalls } from '../../src/inspect/pool/call-check.js';
import { loadFilter } from '../../src/inspect/sandbox/launcher.js';
import { KNOWN_FILES, KNOWN_TRUST } from '../../src/service/doctor/self-test.js';
import { describeWhere } from '../support/system-parts.js';

const FILE = { file: `${KNOWN_FILES}intact.png`, trustDir: KNOWN_TRUST };

describeWhere(
  loadFilter({ kind: 'reader' })?.launcher !== undefined,
  'Perl',
  'what Node asks of the kernel',
  () => {
    it('is known to the filter', async () => {
      expect(await checkCalls(FILE)).toEqual({ unknown: [], more: false });
    });

    it('is named where the filter does not know it, as with a newer Node', async () => {
      const checked = await checkCalls({ ...FILE, without: ['statx', 'prctl'] });
      expect({ ...checked, unknown: checked?.unknown.sort() }).toEqual({
        unknown: ['prctl', 'statx'],
        more: false,
      });
    });
  },
);
