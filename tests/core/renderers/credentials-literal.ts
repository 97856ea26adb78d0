import type { ContentCredentials, StoredReport } from '../../../src/core/report/report.js';
import { oldTexts, signed } from './report-literal.js';

type Manifest = NonNullable<ContentCredentials['manifests']>[number];

const IPTC = 'http://cv.iptc.org/newscodes/digitalsourcetype/';

/** A listed signer with a proven time, and every field that the forensic level shows. */
export const listed: ContentCredentials = {
  presence: 'present',
  integrity: 'intact',
  ingredientIntegrity: 'altered',
  ...oldTexts({ bytesFault: 'The claim of one manifest could not be read.' }),
  sidecar: true,
  engine: { name: 'native', version: '0.8.0', sdk: 'c2pa-rs 0.90.1' },
  secondOpinion: {
    engine: { name: 'wasm', version: '0.13.3', sdk: 'c2pa-rs 0.91.0' },
    agrees: false,
    differences: ['-signingCredential.trusted', '+assertion.dataHash.mismatch', 'neither'],
  },
  activeManifest: 'urn:c2pa:new',
  signer: {
    certificates: [
      {
        subject: 'Pixel Camera',
        issuer: 'Google C2PA Mobile 1P ICA G3',
        serial: '[serial number: masked]',
        from: '2026-01-01T00:00:00.000Z',
        until: '2027-01-01T00:00:00.000Z',
        sha256: '[serial number: masked]',
        source: 'file',
      },
      {
        serial: '12',
        from: '2025-01-01T00:00:00.000Z',
        until: '2045-01-01T00:00:00.000Z',
        sha256: 'ab'.repeat(32),
        source: 'list',
      },
    ],
    name: 'Google LLC',
    commonName: 'Pixel Camera',
    issuer: 'Google C2PA Mobile 1P ICA G3',
    serial: '12…90 (20 digits)',
    trust: 'official',
    ...oldTexts({ list: 'C2PA official list' }),
    listDate: '2026-08-05',
    through: 'anchor',
    conformance: {
      product: 'Pixel Camera',
      assuranceLevel: '2',
      status: 'conformant',
      disallowed: ['capturedMedia'],
    },
  },
  time: {
    timestamp: '2026-05-03T10:00:00Z',
    proven: '2026-05-03T10:00:00Z',
    authority: 'Google C2PA TSA',
    authorityTrust: 'official',
    ...oldTexts({ authorityList: 'C2PA TSA list of 2026-08-05' }),
    certificateFrom: '2026-05-01T00:00:00Z',
    certificateUntil: '2026-06-01T00:00:00Z',
    validity: 'inside',
    revocation: 'not-revoked',
  },
  codes: {
    active: [],
    ingredients: [
      {
        code: 'assertion.dataHash.mismatch',
        kind: 'failure',
        url: 'self#jumbf=/c2pa/urn:c2pa:old/c2pa.assertions/x',
      },
      {
        code: 'signingCredential.untrusted',
        kind: 'failure',
        url: 'self#jumbf=/c2pa/urn:c2pa:old/c2pa.signature',
      },
      {
        code: 'assertion.boxesHash.mismatch',
        kind: 'failure',
        url: 'self#jumbf=/c2pa/urn:c2pa:older/c2pa.signature',
      },
    ],
    cawg: [],
  },
  manifests: [
    {
      label: 'urn:c2pa:new',
      active: true,
      depth: 0,
      integrity: 'intact',
      claimGenerator: 'Pixel Camera 9',
      claimVersion: 2,
      title: 'harbour.png',
      signer: 'Google LLC',
      trust: 'official',
      time: '2026-05-03T10:00:00Z',
      specVersion: '2.2.0',
      update: true,
      redacted: [
        'self#jumbf=/c2pa/urn:c2pa:old/c2pa.assertions/stds.exif__1',
        'self#jumbf=/c2pa/urn:c2pa:old/c2pa.assertions/org.example.secret',
      ],
      uncovered: ['bytes 20 to 44999', 'box /uuid', 'box /ftyp', 'something else'],
      hasThumbnail: true,
      actions: [
        { action: 'c2pa.redacted' },
        {
          action: 'c2pa.edited',
          digitalSourceType: `${IPTC}compositeWithTrainedAlgorithmicMedia`,
          softwareAgent: 'Magic Editor',
          when: '2026-05-03T09:58:00Z',
        },
        { action: 'org.example.polished', digitalSourceType: 'http://example.org/trainedAlgorithmicMedia' },
      ],
      ingredients: [
        { relationship: 'parentOf', title: 'older.png', manifest: 'urn:c2pa:old' },
        { relationship: 'inputTo', title: 'prompt.txt', format: 'text/plain' },
        { relationship: 'nextTo', title: 'gone.png', manifest: 'urn:c2pa:gone' },
      ],
    },
    {
      label: 'urn:c2pa:old',
      active: false,
      depth: 1,
      integrity: 'altered',
      signer: 'Nikon',
      trust: 'official',
      time: '2025-01-02T03:04:05Z',
      uncovered: ['bytes 2 to 1001'],
      actions: [{ action: 'c2pa.created', digitalSourceType: `${IPTC}digitalCapture` }],
      ingredients: [],
    },
  ],
};

/** Returns a chain of `length` manifests, each made from the next. */
export function chain(length: number): ContentCredentials {
  const manifests = Array.from({ length }, (_, at): Manifest => {
    const last = at === length - 1;
    return {
      label: `step-${at}`,
      active: at === 0,
      depth: at,
      integrity: 'intact',
      actions: [],
      ingredients: last ? [] : [{ relationship: 'parentOf', manifest: `step-${at + 1}` }],
    };
  });
  return { ...signed, activeManifest: 'step-0', manifests };
}

export const marked: StoredReport['signals'] = [
  {
    id: 'watermark.declared',
    backing: 'trusted',
    value: 'com.adobe.trustmark.P',
    basis: [{ carrier: 'c2pa', locator: 'self#jumbf=c2pa.soft-binding' }],
  },
  {
    id: 'cawg.identity.notCheckable',
    backing: 'valid',
    basis: [{ carrier: 'c2pa', locator: 'self#jumbf=cawg.identity' }],
  },
  {
    id: 'c2pa.declaration.aiDisclosure',
    backing: 'valid',
    value: 'Model 1',
    basis: [{ carrier: 'c2pa', locator: 'self#jumbf=c2pa.ai-disclosure' }],
  },
  {
    id: 'c2pa.inception.capturedMedia',
    backing: 'valid',
    basis: [{ carrier: 'c2pa', locator: 'self#jumbf=c2pa.actions' }],
  },
];
