import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A real time-stamping authority on loopback, by OpenSSL. */
export interface Authority {
  address: string;
  /** Sets the kind of its further answers. */
  answers(how: 'well' | 'nonsense' | 'another'): void;
  close(): Promise<void>;
}

const CONFIG = `
[tsa]
serial = $ENV::TSA_FOLDER/serial
default_policy = 1.2.3.4.1
digests = sha256
signer_digest = sha256
ess_cert_id_alg = sha256
accuracy = secs:1
`;

export async function authority(): Promise<Authority> {
  const folder = mkdtempSync(join(tmpdir(), 'assay-tsa-'));
  const at = (name: string) => join(folder, name);
  const openssl = (...args: string[]) =>
    execFileSync('openssl', args, { env: { ...process.env, TSA_FOLDER: folder }, stdio: 'pipe' });
  writeFileSync(at('tsa.cnf'), CONFIG);
  writeFileSync(at('serial'), '01\n');
  openssl(
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'],
    ...['-subj', '/CN=Example Time', '-addext', 'extendedKeyUsage=critical,timeStamping'],
    ...['-addext', 'keyUsage=critical,digitalSignature', '-keyout', at('tsa.key'), '-out', at('tsa.pem')],
  );
  let how: 'well' | 'nonsense' | 'another' = 'well';
  let before: Buffer | undefined;
  const server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      writeFileSync(at('question'), Buffer.concat(pieces));
      if (how === 'another' && before !== undefined) return void response.end(before);
      if (how === 'nonsense') return void response.end('<html>not found</html>');
      openssl(
        ...['ts', '-reply', '-config', at('tsa.cnf'), '-section', 'tsa', '-queryfile', at('question')],
        ...['-signer', at('tsa.pem'), '-inkey', at('tsa.key'), '-out', at('answer')],
      );
      before = readFileSync(at('answer'));
      response.end(before);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    answers: (next) => {
      how = next;
    },
    close: async () => {
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
