import { hostname } from 'node:os';
import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from '../../src/config/settings.js';
import { thrown } from '../i18n/english.js';

describe('readConfig', () => {
  it('has a default for everything', () => {
    expect(readConfig({}, 4)).toEqual({
      host: '127.0.0.1',
      port: 8080,
      dataDir: './data',
      programPath: '',
      trustDir: 'data/trust',
      maxUploadBytes: 1024 ** 3,
      allowedPaths: [],
      incomingHours: 24,
      incomingUploads: 1_000,
      incomingBytes: 20 * 1024 ** 3,
      jobs: 4,
      engine: 'auto',
      lawDefaults: {},
      lawRejudge: false,
      uploadsAtOnce: 16,
      syncUploadBytes: 32 * 1024 ** 2,
      retentionDays: 30,
      keepUploadsHours: 0,
      failedUploadHours: 24,
      filesPerReader: 100,
      embeddedWorker: true,
      leaseSeconds: 30,
      allowReveal: false,
      visible: false,
      logLevel: 'info',
      webhookAllowedHosts: new Set(),
      fetch: { mode: 'off', hosts: new Set(), denied: [] },
      selfTest: true,
      shares: true,
      previews: true,
      fingerprints: true,
      sandbox: 'auto',
      log: { keyFile: 'data/log.key', keyFrom: 'own-file', host: hostname() },
      secrets: { from: 'own-file', file: 'data/secret.key' },
      serveSandbox: 'auto',
      drainSeconds: 2,
      access: {
        keysRequired: false,
        trustedProxies: [],
        basePath: '',
        allowedHosts: ['localhost', '127.0.0.1', '[::1]', '127.0.0.1'],
        corsOrigins: [],
        requestsPerMinute: 600,
        auditDays: 90,
      },
    });
  });

  it('takes addresses and networks that nothing is connected to', () => {
    const denied = ['192.0.2.7', '10.0.0.0/8', '2001:db8::/32', '::ffff:9.9.9.0/120'];
    expect(readConfig({ ASSAY_FETCH_DENY: denied.join(', ') }).fetch.denied).toEqual(denied);
    for (const wrong of ['10.0.0.0/33', '10.0.0', 'example.org', '10.0.0.0/8/8'])
      expect(
        thrown(() => readConfig({ ASSAY_FETCH_DENY: wrong })),
        wrong,
      ).toMatch(/^ASSAY_FETCH_DENY must be addresses or networks/);
  });

  it('bounds the jobs it takes by itself, not those it is told', () => {
    expect(readConfig({}, 64).jobs).toBe(16);
    expect(readConfig({ ASSAY_JOBS: '64' }, 4).jobs).toBe(64);
    expect(readConfig({ ASSAY_JOBS: '64' }, 4).uploadsAtOnce).toBe(256);
  });

  it('keeps trust material under the data directory unless told otherwise', () => {
    expect(readConfig({ ASSAY_DATA_DIR: '/srv/assay' }).trustDir).toBe('/srv/assay/trust');
    expect(readConfig({ ASSAY_DATA_DIR: '/srv/assay', ASSAY_TRUST_DIR: '/etc/trust' }).trustDir).toBe(
      '/etc/trust',
    );
  });

  it.each([
    [{ ASSAY_HOST: 'localhost' }, 'auto'],
    [{ ASSAY_HOST: '127.0.0.2' }, 'auto'],
    [{ ASSAY_HOST: '::1' }, 'auto'],
    [{ ASSAY_HOST: '0.0.0.0' }, 'require'],
    [{ ASSAY_HOST: '::' }, 'require'],
    [{ ASSAY_HOST: '10.0.0.5' }, 'require'],
    [{ ASSAY_HOST: 'assay.example' }, 'require'],
    [{ ASSAY_HOST: '0.0.0.0', ASSAY_SANDBOX: 'auto' }, 'auto'],
    [{ ASSAY_HOST: '0.0.0.0', ASSAY_SANDBOX: 'off' }, 'off'],
    [{ ASSAY_SANDBOX: 'require' }, 'require'],
  ])('of a server with %j the sandbox is %s', (env, sandbox) => {
    expect(readConfig(env).serveSandbox).toBe(sandbox);
  });

  it('asks nobody who does not listen for a sandbox', () => {
    expect(readConfig({ ASSAY_HOST: '0.0.0.0' }).sandbox).toBe('auto');
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
    ['ASSAY_ALLOW_REVEAL', 'yes'],
    ['ASSAY_METRICS', 'here'],
    ['ASSAY_METRICS', '0.0.0.0:65536'],
    ['ASSAY_FETCH', 'off,example.com'],
    ['ASSAY_JOBS', '0'],
    ['ASSAY_JOBS', '1e3'],
    ['ASSAY_ENGINE', 'rust'],
    ['ASSAY_FILES_PER_READER', '0'],
    ['ASSAY_RETENTION_DAYS', '-1'],
    ['ASSAY_KEEP_UPLOADS_HOURS', 'x'],
    ['ASSAY_FAILED_UPLOAD_HOURS', '-1'],
    ['ASSAY_LEASE_SECONDS', '0'],
    ['ASSAY_DATA_QUOTA', 'much'],
    ['ASSAY_EMBEDDED_WORKER', 'yes'],
    ['DATABASE_URL', 'mysql://x'],
    ['ASSAY_LOG_LEVEL', 'loud'],
    ['ASSAY_SELF_TEST', 'maybe'],
    ['ASSAY_SANDBOX', 'maybe'],
    ['ASSAY_DRAIN_SECONDS', '601'],
    ['ASSAY_DRAIN_SECONDS', 'soon'],
    ['ASSAY_PREVIEWS', 'maybe'],
    ['ASSAY_FINGERPRINTS', 'maybe'],
    ['ASSAY_FINGERPRINTS', '-1'],
    ['ASSAY_FINGERPRINTS', '99999'],
    ['ASSAY_SHARES', 'some'],
    ['ASSAY_DATA_DIR', 'a\0b'],
  ])('refuses %s=%j and names the variable', (variable, value) => {
    const attempt = () => readConfig({ [variable]: value });
    expect(attempt).toThrow(ConfigError);
    expect(attempt).toThrow(
      expect.objectContaining({
        code: 'config.invalid',
        variable,
      }),
    );
    expect(thrown(attempt)).toMatch(new RegExp(`^${variable} must .+\\.$`));
  });
});
