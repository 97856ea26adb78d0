import { expect, it } from 'vitest';
import { KNOWN_FILES, KNOWN_TRUST } from '../../src/doctor/self-test.js';
import { checkCalls } from '../../src/isolation/call-check.js';
import { loadedFilter } from '../../src/isolation/launcher.js';
import { describeWhere } from '../system-parts.js';

const FILE = { file: `${KNOWN_FILES}intact.png`, trustDir: KNOWN_TRUST };

describeWhere(
  loadedFilter({ kind: 'reader' })?.launcher !== undefined,
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
