import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from '../../src/config.js';

describe('readConfig', () => {
  it('has a default for everything', () => {
    expect(readConfig({}, 4)).toEqual({
      host: '127.0.0.1',
      port: 8080,
      dataDir: './data',
      trustDir: 'data/trust',
      maxUploadBytes: 1024 ** 3,
      jobs: 4,
      engine: 'auto',
      keepInspections: 1000,
      logLevel: 'info',
    });
  });

  it('bounds the jobs it takes by itself, not those it is told', () => {
    expect(readConfig({}, 64).jobs).toBe(16);
    expect(readConfig({ ASSAY_JOBS: '64' }, 4).jobs).toBe(64);
  });

  it('keeps trust material under the data directory unless told otherwise', () => {
    expect(readConfig({ ASSAY_DATA_DIR: '/srv/assay' }).trustDir).toBe('/srv/assay/trust');
    expect(readConfig({ ASSAY_DATA_DIR: '/srv/assay', ASSAY_TRUST_DIR: '/etc/trust' }).trustDir).toBe(
      '/etc/trust',
    );
  });

  it('takes an empty value for unset', () => {
    expect(readConfig({ ASSAY_PORT: '', ASSAY_ENGINE: ' ', ASSAY_DATA_DIR: '' })).toEqual(readConfig({}));
  });

  it.each([
    ['1', 1],
    ['1000000', 1_000_000],
    ['500kB', 500_000],
    ['500 MB', 500_000_000],
    ['2GB', 2_000_000_000],
    ['64KiB', 65_536],
    ['10 mib', 10 * 1024 ** 2],
    ['2GiB', 2 * 1024 ** 3],
  ])('reads %s as %d bytes', (text, bytes) => {
    expect(readConfig({ ASSAY_MAX_UPLOAD_BYTES: text }).maxUploadBytes).toBe(bytes);
  });

  it.each([
    ['ASSAY_PORT', '80.5'],
    ['ASSAY_PORT', '65536'],
    ['ASSAY_PORT', '-1'],
    ['ASSAY_PORT', 'http'],
    ['ASSAY_HOST', 'http://localhost'],
    ['ASSAY_HOST', 'two words'],
    ['ASSAY_MAX_UPLOAD_BYTES', '0'],
    ['ASSAY_MAX_UPLOAD_BYTES', '1TB'],
    ['ASSAY_MAX_UPLOAD_BYTES', '1.5GB'],
    ['ASSAY_MAX_UPLOAD_BYTES', 'GB'],
    ['ASSAY_MAX_UPLOAD_BYTES', '999999999999999GiB'],
    ['ASSAY_MAX_UPLOAD_BYTES', '1constructor'],
    ['ASSAY_JOBS', '0'],
    ['ASSAY_JOBS', '1e3'],
    ['ASSAY_ENGINE', 'rust'],
    ['ASSAY_KEEP_INSPECTIONS', '0'],
    ['ASSAY_LOG_LEVEL', 'loud'],
    ['ASSAY_DATA_DIR', 'a\0b'],
  ])('refuses %s=%j and names the variable', (variable, value) => {
    const attempt = () => readConfig({ [variable]: value });
    expect(attempt).toThrow(ConfigError);
    expect(attempt).toThrow(
      expect.objectContaining({
        code: 'config.invalid',
        variable,
        message: expect.stringMatching(`^${variable} must .+\\.$`),
      }),
    );
  });
});
