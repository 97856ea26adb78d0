import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const CA = fileURLToPath(new URL('../../fixtures/ca/', import.meta.url));
const NAMES = [
  'C2PA-TRUST-LIST.pem',
  'C2PA-TSA-TRUST-LIST.pem',
  'ITL-anchors.pem',
  'ITL-allowed.pem',
  'conforming-products-list.json',
];

/** Sound lists by their publishers' names. @typedef {Record<string, Buffer>} Lists */

/**
 * Lists of the fixtures' own authorities, and of a folder if one is given.
 * @returns {Lists[]}
 */
export function listSeeds({ folder } = {}) {
  const own = ownLists();
  if (!folder) return [own];
  return [own, Object.fromEntries(NAMES.map((name) => [name, readFileSync(join(folder, name))]))];
}

export function ownLists() {
  const pem = (...names) => names.map((name) => readFileSync(join(CA, `${name}.pem`), 'utf8')).join('');
  const files = {
    'C2PA-TRUST-LIST.pem': `Subject\tsomebody\n${pem('root', 'nobody-root')}`,
    'C2PA-TSA-TRUST-LIST.pem': pem('root'),
    'ITL-anchors.pem': `## frozen\n${pem('root', 'nobody-root')}`,
    'ITL-allowed.pem': pem('signer', 'short-lived-signer', 'nobody-signer'),
    'conforming-products-list.json': JSON.stringify(
      Array.from({ length: 12 }, (_, index) => ({
        status: 'conformant',
        dates: { conformance: '2026-01-01', expiration: '2027-01-01' },
        product: {
          productType: 'generatorProduct',
          DN: { CN: `Camera ${index % 9}`, O: 'Test Organisation', OU: 'Cameras' },
          assurance: { maxAssuranceLevel: 1 + (index % 2) },
          disallowedSignals: { inception: ['capturedMedia'], transformation: [] },
        },
      })),
    ),
  };
  return Object.fromEntries(Object.entries(files).map(([name, text]) => [name, Buffer.from(text)]));
}

/** Returns the JSON form of a list of certificates. */
export function companionOf(pem) {
  const certificates = pem.match(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g) ?? [];
  return JSON.stringify({
    LoTE: {
      ListAndSchemeInformation: { ListIssueDateTime: '2026-10-30T00:11:39Z' },
      TrustedEntitiesList: certificates.slice(0, 512).map((one) => ({
        TrustedEntityServices: [
          {
            ServiceInformation: {
              ServiceDigitalIdentity: {
                X509Certificates: [{ val: one.replace(/-----[^-]*-----|\s/g, '') }],
              },
            },
          },
        ],
      })),
    },
  });
}
