import { describe, expect, it } from 'vitest';
import { assayHere } from '../../../cli/run-here.js';
import { assay, fixture, lines } from '../../../cli/spawn-assay.js';
import { inEnglish } from '../../../i18n/english.js';

const SIGNED = fixture('c2pa/jpeg-c2pa-intact.jpg');
const REMOTE = fixture('c2pa/jpeg-c2pa-remote.jpg');
const SIDECAR = fixture('c2pa/jpeg-c2pa-remote.c2pa');

describe('inspect', () => {
  it('--engine both gives a second opinion', async () => {
    const { code, stdout } = await assay(['inspect', '--json', '--engine', 'both', SIGNED]);
    expect(code).toBe(0);
    expect(lines(stdout)).toMatchObject([{ contentCredentials: { secondOpinion: { agrees: true } } }]);
  });

  it('--sidecar takes the manifest store from a file of its own', async () => {
    const { code, stdout } = await assayHere(['inspect', '--json', '--sidecar', SIDECAR, REMOTE]);
    expect(code).toBe(0);
    expect(lines(stdout)).toMatchObject([{ contentCredentials: { integrity: 'intact' } }]);
  });

  it('--sidecar that is not there is said of the sidecar, in the record of the file', async () => {
    const { code, stdout } = await assayHere(['inspect', '--json', '--sidecar', '/no/such/file', REMOTE]);
    expect(code).toBe(3);
    expect(lines(stdout)).toEqual([
      {
        schema: 'assay.error/1',
        path: REMOTE,
        code: 'not-found',
        message: `the sidecar: ${inEnglish('error.not-found')}`,
      },
    ]);
  });

  it.each([
    [['--sidecar', SIDECAR, REMOTE, SIGNED]],
    [['--crjson', REMOTE, SIGNED]],
    [['--crjson', '--json', SIGNED]],
    [['--crjson', '--sidecar', SIDECAR, REMOTE]],
    [['--sidecar', SIDECAR, '--sidecar', SIDECAR, REMOTE]],
  ])('takes no %j', async (args) => {
    const { code, stdout } = await assayHere(['inspect', ...args]);
    expect(code).toBe(2);
    expect(stdout).toBe('');
  });
});

describe('inspect --crjson', () => {
  it('prints the manifest store in crJSON, one document', async () => {
    const { code, stdout, stderr } = await assayHere(['inspect', '--crjson', SIGNED]);
    expect(code).toBe(0);
    expect(stderr).toContain('personal data masked');
    const [document, ...others] = lines(stdout);
    expect(others).toEqual([]);
    expect(document).toMatchObject({
      '@context': { '@vocab': 'https://c2pa.org/crjson' },
      manifests: [{ assertions: { 'c2pa.actions.v2': { actions: [{ action: 'c2pa.created' }] } } }],
    });
  });

  it.each([
    ['labels/png-a1111.png', 'c2pa.absent'],
    ['c2pa/jpeg-c2pa-remote.jpg', 'c2pa.remote'],
    ['c2pa/jpeg-c2pa-truncated-store.jpg', 'c2pa.JumbfParseError'],
    ['no-such-file.jpg', 'not-found'],
    ['c2pa', 'not-a-file'],
  ])('gives an error record for %s: %s', async (name, code) => {
    const ran = await assayHere(['inspect', '--crjson', fixture(name)]);
    expect(ran.code).toBe(3);
    expect(lines(ran.stdout)).toMatchObject([{ schema: 'assay.error/1', path: fixture(name), code }]);
  });
});
