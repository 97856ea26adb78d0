import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EMAIL, type Issued, issue, pem, STAMPING } from '../../core/trust/ca.js';

/** A publisher's lists, created while a test runs. */
export interface Published {
  signers: Issued;
  more: Issued;
  authorities: Issued;
  leaf: Issued;
  /** List files by publisher's name. */
  files: Record<string, string>;
}

export async function publish(): Promise<Published> {
  const signers = await issue({ name: 'Signers', ca: true, purposes: [EMAIL] });
  const more = await issue({ name: 'More signers', ca: true, until: '2025-01-01T00:00:00Z' });
  const authorities = await issue({ name: 'Authorities', ca: true, purposes: [STAMPING] });
  const leaf = await issue({ name: 'Leaf', issuer: signers, purposes: [EMAIL] });
  const files = {
    'C2PA-TRUST-LIST.pem': `Subject\tsomebody\n${pem(signers)}`,
    'C2PA-TSA-TRUST-LIST.pem': pem(authorities),
    'ITL-anchors.pem': `## frozen\n${pem(signers, more, authorities)}`,
    'ITL-allowed.pem': pem(leaf),
    'conforming-products-list.json': products(2),
  };
  return { signers, more, authorities, leaf, files };
}

export const products = (count: number): string =>
  JSON.stringify(
    Array.from({ length: count }, (_, i) => ({
      status: 'conformant',
      product: { productType: 'generatorProduct', DN: { CN: `Camera ${i}`, O: 'Test Organisation' } },
    })),
  );

/** Returns the JSON form of a trust list. */
export const companion = (
  issued: readonly Issued[],
  date = '2026-08-05T00:11:39Z',
  scheme: object = {},
): string =>
  JSON.stringify({
    LoTE: {
      ListAndSchemeInformation: { ListIssueDateTime: date, ...scheme },
      TrustedEntitiesList: issued.map((one) => ({
        TrustedEntityServices: [
          {
            ServiceInformation: {
              ServiceDigitalIdentity: { X509Certificates: [{ val: one.der.toString('base64') }] },
            },
          },
        ],
      })),
    },
  });

/** A folder that `drop` deletes. */
export class TestFolder {
  readonly path = mkdtempSync(join(tmpdir(), 'assay-lists-'));

  put(name: string, content: string | Buffer): void {
    writeFileSync(join(this.path, name), content);
  }

  read(name: string): string {
    return readFileSync(join(this.path, name), 'utf8');
  }

  names(): string[] {
    return readdirSync(this.path).sort();
  }

  drop(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}
