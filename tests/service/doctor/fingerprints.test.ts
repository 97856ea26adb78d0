import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { translatorFor } from '../../../src/i18n/translator.js';
import { toDoctorPartView } from '../../../src/service/doctor/part.js';
import { checkFingerprints } from '../../../src/service/doctor/parts/fingerprints.js';
import { fingerprintExpiry } from '../../../src/service/inspections/expiry.js';
import { describeOnBoth } from '../../contracts/stores.js';

const AT = '2026-11-29T10:00:00.000Z';

describeOnBoth('what doctor tells of fingerprints', (open, place) => {
  it('how many there are and what a search takes, without making anything', async () => {
    const at = await place();
    const where = { url: at.url, dataDir: at.dataDir };
    const look = async (kept: boolean, language: 'en' | 'zh-Hans' = 'en') => {
      const [part] = await checkFingerprints(kept, where);
      if (part === undefined) throw new Error('nothing is told');
      return toDoctorPartView(part, translatorFor(language));
    };
    expect(await look(true)).toMatchObject({ state: 'found', detail: 'none stored yet' });
    const { collections } = await open(at);
    expect(await look(true)).toMatchObject({ state: 'found', detail: 'none stored yet' });
    expect(await look(false)).toMatchObject({ state: 'not-used', detail: 'ASSAY_FINGERPRINTS is off' });
    const { id } = await collections.create('local', { name: 'n' }, AT);
    const [made, missing] = [
      { kind: 'picture', quality: 90, frames: 1, shelf: randomBytes(544), query: new Uint8Array() } as const,
      { kind: 'picture', code: 'carrier.none' } as const,
    ];
    const items = Array.from({ length: 400 }, () => ({
      name: 'a',
      fingerprints: { made: [made], missing: [] },
    }));
    for (let times = 0; times < 5; times += 1) await collections.putItems('local', id, items, AT);
    await collections.putItems(
      'local',
      id,
      [{ name: 'b', fingerprints: { made: [], missing: [missing] } }],
      AT,
    );
    expect(await look(true)).toMatchObject({
      name: 'Fingerprints',
      detail:
        '2,000 stored for searching (1 more could not be made); a process that searches holds 2 MB of them in memory',
    });
    expect((await look(true, 'zh-Hans')).detail).toMatch(/2,000 个.*1 个.*2 MB/);
    expect((await look(false)).detail).toBe('ASSAY_FINGERPRINTS is off; 2,001 earlier ones are still stored');
  });
});

it('a fingerprint stays as long as its report, as many days as are set, or for good', () => {
  expect(fingerprintExpiry({}, AT)).toEqual({});
  expect(fingerprintExpiry({ fingerprintDays: 31 }, AT)).toEqual({ expiresAt: '2026-12-30T10:00:00.000Z' });
  expect(fingerprintExpiry({ fingerprintDays: 0 }, AT).expiresAt?.slice(0, 4)).toBe('9999');
});
