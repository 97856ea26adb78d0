/**
 * Makes the lists that Assay ships, in src/core/trust/lists/shipped/, from a folder with the publishers' files:
 * `node scripts/trust-snapshot.js FOLDER COMMIT`, where COMMIT is that of c2pa-org/conformance-public. The C2PA lists
 * are copied unchanged (CC BY 4.0). The repository of the interim list names no licence, so of its certificates only
 * facts are written: no certificate, no e-mail address, no person's name.
 */
import { createHash, X509Certificate } from 'node:crypto';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const OUT = fileURLToPath(new URL('../src/core/trust/lists/shipped/', import.meta.url));
const COPIED = {
  'C2PA-TRUST-LIST.pem': { folder: 'trust-list', companion: 'C2PA-TRUST-LIST.json' },
  'C2PA-TSA-TRUST-LIST.pem': { folder: 'trust-list', companion: 'C2PA-TSA-TRUST-LIST.json' },
  'conforming-products-list.json': { folder: 'conforming-products' },
};
const INTERIM = { 'ITL-anchors.pem': 'anchor', 'ITL-allowed.pem': 'single' };
const TIME_STAMPING = '1.3.6.1.5.5.7.3.8';

const [from, commit] = process.argv.slice(2);
if (from === undefined || !/^[0-9a-f]{7,40}$/.test(commit ?? '')) {
  process.stderr.write('usage: node scripts/trust-snapshot.js FOLDER COMMIT\n');
  process.exit(2);
}
const known = JSON.parse(readFileSync(join(from, 'sources.json'), 'utf8'));
const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');
const write = (name, json) => writeFileSync(join(OUT, name), `${JSON.stringify(json, null, 1)}\n`);

const sources = {};
for (const [name, { folder, companion }] of Object.entries(COPIED)) {
  copyFileSync(join(from, name), join(OUT, name));
  const scheme = companion && JSON.parse(readFileSync(join(from, companion), 'utf8')).LoTE;
  const { ListIssueDateTime, NextUpdate, LoTESequenceNumber } = scheme?.ListAndSchemeInformation ?? {};
  sources[name] = {
    url: `https://raw.githubusercontent.com/c2pa-org/conformance-public/${commit}/${folder}/${name}`,
    fetchedAt: known[name].fetchedAt,
    sha256: sha256(readFileSync(join(from, name))),
    issueDate: ListIssueDateTime,
    nextUpdate: NextUpdate,
    sequence: LoTESequenceNumber,
  };
}

const facts = new Map();
for (const [name, holds] of Object.entries(INTERIM)) {
  const pems = readFileSync(join(from, name), 'latin1').match(
    /-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g,
  );
  for (const pem of pems) {
    const x509 = new X509Certificate(pem);
    const names = (x509.subject ?? '').split('\n');
    const part = (key) =>
      names
        .find((one) => one.startsWith(`${key}=`))
        ?.slice(key.length + 1)
        .replaceAll('\\', '');
    if (holds === 'anchor' && names.some((one) => one.includes('@')))
      throw new Error(`${name}: a name with an address: ${x509.subject}`);
    // One issuer of timestamps does not restrict its usage; its name says what it is for.
    const stamps = x509.keyUsage?.includes(TIME_STAMPING) || /timestamping/i.test(part('CN') ?? '');
    facts.set(sha256(x509.raw), {
      sha256: sha256(x509.raw),
      holds,
      purpose: holds === 'anchor' && stamps ? 'timestamp' : 'signer',
      organisation: part('O'),
      country: part('C'),
      publicKey: x509.publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
      validFrom: new Date(x509.validFrom).toISOString(),
      validUntil: new Date(x509.validTo).toISOString(),
      ...(holds === 'anchor' && { subject: x509.subject }),
    });
  }
}
write('interim-list.json', {
  list: 'Interim list, frozen 1 Jan 2026, older trust model',
  about: 'Facts about the certificates on the list, compiled for Assay; the list itself is not included.',
  sources: Object.keys(INTERIM).map((name) => ({ url: known[name].url, sha256: known[name].sha256 })),
  certificates: [...facts.values()],
});
sources['interim-list.json'] = {
  fetchedAt: known['ITL-anchors.pem'].fetchedAt,
  sha256: sha256(readFileSync(join(OUT, 'interim-list.json'))),
  issueDate: known['ITL-anchors.pem'].issueDate,
};
write('sources.json', sources);
writeFileSync(
  join(OUT, 'NOTICE.txt'),
  `${Object.keys(COPIED).join(', ')}
are lists of the C2PA (Coalition for Content Provenance and Authenticity), taken unchanged from
https://github.com/c2pa-org/conformance-public at commit ${commit}, under CC BY 4.0: LICENSE-C2PA-LISTS.txt.

interim-list.json holds facts about the certificates on the interim list of contentcredentials.org/trust
(frozen 1 January 2026, older trust model), compiled for Assay. It holds no certificate, no e-mail address and
no person's name. sources.json is Assay's own.
`,
);
