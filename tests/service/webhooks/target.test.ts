import { describe, expect, it } from 'vitest';
import { guardedConnect } from '../../../src/base/net/guarded-connect.js';
import type { LookupAll } from '../../../src/base/net/guarded-lookup.js';
import { createSecret } from '../../../src/service/webhooks/secret.js';
import { WebhookSender } from '../../../src/service/webhooks/send.js';
import { parseTarget } from '../../../src/service/webhooks/target.js';
import { startReceiver } from './receiver.js';

const NOBODY = new Set<string>();
const refusal = (address: string, allowed: ReadonlySet<string> = NOBODY) => {
  try {
    return parseTarget(address, allowed).href;
  } catch (error) {
    return (error as { code?: string }).code;
  }
};

describe('the target of a webhook', () => {
  it.each([
    ['loopback', 'https://127.0.0.1/'],
    ['loopback in short', 'https://127.1/'],
    ['loopback as one number', 'https://2130706433/'],
    ['loopback in octal', 'https://0177.0.0.1/'],
    ['loopback in hexadecimal', 'https://0x7f000001/'],
    ['loopback in full-width digits', 'https://１２７.０.０.１/'],
    ['loopback percent-encoded', 'https://%31%32%37.0.0.1/'],
    ['this host', 'https://0.0.0.0/'],
    ['a private network', 'https://10.1.2.3/'],
    ['another private network', 'https://192.168.0.1/'],
    ['the clouds’ metadata', 'https://169.254.169.254/latest/meta-data/'],
    ['the clouds’ metadata as one number', 'https://2852039166/'],
    ['carriers’ shared space', 'https://100.64.0.1/'],
    ['IPv6 loopback', 'https://[::1]/'],
    ['IPv6 unspecified', 'https://[::]/'],
    ['IPv4 mapped into IPv6', 'https://[::ffff:127.0.0.1]/'],
    ['IPv4 mapped, in hexadecimal', 'https://[::ffff:7f00:1]/'],
    ['IPv4 compatible', 'https://[::127.0.0.1]/'],
    ['NAT64', 'https://[64:ff9b::7f00:1]/'],
    ['6to4 of loopback', 'https://[2002:7f00:1::]/'],
    ['Teredo', 'https://[2001:0:7f00:1::]/'],
    ['IPv6 link-local', 'https://[fe80::1]/'],
    ['IPv6 unique local', 'https://[fd00:ec2::254]/'],
    ['the machine’s own name', 'https://localhost/'],
    ['the same with the root’s dot', 'https://LOCALHOST./'],
    ['a name below it', 'https://hook.localhost/'],
    ['a name of the local network', 'https://printer.local/'],
    ['a cloud’s inner name', 'https://metadata.google.internal/'],
  ])('refuses %s: %s', (_name, address) => {
    expect(refusal(address)).toBe('target.private');
  });

  it.each([
    ['plain http', 'http://example.org/', 'target.notHttps'],
    ['a file', 'file:///etc/passwd', 'target.notHttps'],
    ['gopher', 'gopher://example.org/', 'target.notHttps'],
    ['a user', 'https://user@example.org/', 'target.address'],
    ['a user that looks like a host', 'https://example.org@127.0.0.1/', 'target.address'],
    ['a password', 'https://:secret@example.org/', 'target.address'],
    ['a fragment', 'https://example.org/#at', 'target.address'],
    ['no address', 'example.org', 'target.address'],
    ['a zone', 'https://[fe80::1%25eth0]/', 'target.address'],
    ['too long an address', `https://example.org/${'a'.repeat(3_000)}`, 'target.address'],
  ])('refuses %s', (_name, address, code) => {
    expect(refusal(address)).toBe(code);
  });

  it('takes public addresses, and what the operator names', () => {
    expect(refusal('https://example.org/hook?key=1')).toBe('https://example.org/hook?key=1');
    expect(refusal('https://[2606:4700::1]:8443/')).toBe('https://[2606:4700::1]:8443/');
    expect(refusal('http://127.0.0.1:9000/', new Set(['127.0.0.1:9000']))).toBe('http://127.0.0.1:9000/');
    expect(refusal('http://127.0.0.1:9001/', new Set(['127.0.0.1:9000']))).toBe('target.notHttps');
    expect(refusal('http://hooks.internal/', new Set(['hooks.internal']))).toBe('http://hooks.internal/');
    expect(refusal('file://hooks.internal/etc', new Set(['hooks.internal']))).toBe('target.notHttps');
  });

  describe('at connect time', () => {
    const message = (url: string) => ({ id: 'msg_1', url, secrets: [createSecret()], body: '{}' });

    it('refuses a name that leads inside, and one with a private address among public ones', async () => {
      const receiver = await startReceiver();
      for (const found of [['127.0.0.1'], ['93.184.216.34', '127.0.0.1'], ['::1'], ['::ffff:127.0.0.1']]) {
        const resolve: LookupAll = (_name, _options, callback) =>
          callback(
            null,
            found.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
          );
        const sender = new WebhookSender(NOBODY, [], { resolve });
        const url = `https://rebound.example:${receiver.port}/`;
        expect(await sender.send(message(url), new Date())).toEqual({
          outcome: 'failed',
          code: 'target.private',
        });
        sender.close();
      }
      expect(receiver.received).toEqual([]);
    });

    it('judges where the socket came to, whatever was resolved', async () => {
      const receiver = await startReceiver();
      // The address is public when resolved and private when connected to, as in DNS rebinding.
      const answers = [true, false];
      const connect = guardedConnect(() => () => answers.shift() ?? false, {
        resolve: (_name, _options, callback) => callback(null, [{ address: '127.0.0.1', family: 4 }]),
      });
      const url = new URL(`http://rebound.example:${receiver.port}/`);
      await expect(connect(url, new AbortController().signal)).rejects.toMatchObject({
        code: 'fetch.privateAddress',
      });
      expect(receiver.received).toEqual([]);
    });

    it('lets a name that the operator gave lead inside, not to clouds’ metadata, nor where it is denied', async () => {
      const receiver = await startReceiver();
      const host = `hooks.example:${receiver.port}`;
      const sent = async (address: string, denied: string[] = []) => {
        const resolve: LookupAll = (_name, _options, callback) => callback(null, [{ address, family: 4 }]);
        const sender = new WebhookSender(new Set([host]), denied, { resolve });
        const end = await sender.send(message(`http://${host}/`), new Date());
        sender.close();
        return 'code' in end ? end.code : end.outcome;
      };
      expect(await sent('127.0.0.1')).toBe('delivered');
      expect(await sent('169.254.169.254')).toBe('target.private');
      expect(await sent('0.0.0.0')).toBe('target.private');
      expect(await sent('127.0.0.1', ['127.0.0.0/8'])).toBe('target.private');
      expect(receiver.received).toHaveLength(1);
    });
  });
});
