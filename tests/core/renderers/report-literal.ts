import { Errors } from 'typebox/schema';
import { REFERENCED_SCHEMAS, toStoredSchema } from '../../../src/base/message-schema.js';
import { CARRIERS } from '../../../src/core/media/carrier.js';
import {
  type ContentCredentials,
  type LocalizedReport,
  ReportSchema,
  type StoredReport,
} from '../../../src/core/report/report.js';
import type { Signal } from '../../../src/core/report/signal.js';
import { message } from '../../../src/i18n/message.js';
import { NOTHING_STATED } from '../../http/shell-report.js';
import { inEnglish } from '../../i18n/english.js';

const reads = Object.fromEntries(
  CARRIERS.map((carrier) => [carrier, { status: 'absent' }]),
) as StoredReport['reads'];

/**
 * Members with texts in place of messages, as versions before 0.2 stored them. The type of a stored Report has none, so
 * they leave it as it is.
 */
export const oldTexts = (texts: Readonly<Record<string, string>>): object => texts;

/** Texts may stand in place of messages, as in Reports of versions before 0.2. */
type ReportLiteral = { [K in keyof LocalizedReport]: LocalizedReport[K] | StoredReport[K] };

/** A PNG in which nothing was found; each test overrides its subject. Checked against the schema. */
export function reportOf(overrides: Partial<ReportLiteral> = {}): StoredReport {
  const report: ReportLiteral = {
    schema: 'assay.report/1',
    asset: {
      name: 'harbour.png',
      bytes: 1_234_567,
      sha256: 'ab'.repeat(32),
      mediaType: 'image/png',
      format: 'PNG',
      kind: 'image',
    },
    summary: {
      ...NOTHING_STATED,
      coverage: { state: 'complete', unread: [] },
      origin: 'none',
      sentence:
        'A first sentence that stands for those of a summary and fills most of a line. A second one, so that a terminal of eighty columns needs another line.',
    },
    contentCredentials: { presence: 'absent' },
    signals: [],
    contradictions: [],
    findings: [],
    reads,
    notChecked: [],
    tool: {
      name: 'assay',
      version: '0.1.0',
      c2paEngines: [{ name: 'native', version: '0.8.0', sdk: 'c2pa-rs 0.90.1' }],
      lists: [],
      rulebooks: [
        {
          id: 'cn-gb45438-2025',
          edition: '2026-11-25',
          jurisdiction: 'CN',
          kind: 'law',
          title: 'China, GB 45438-2025',
        },
      ],
      asOf: '2026-11-25',
      asOfSource: 'today',
    },
    ...overrides,
  };
  const [passes, errors] = Errors(REFERENCED_SCHEMAS, toStoredSchema(ReportSchema), report);
  if (!passes) throw new Error(`not a Report: ${JSON.stringify(errors.slice(0, 3))}`);
  // Renderers show a text that has no message as it stands.
  return report as unknown as StoredReport;
}

export const generated: Signal = {
  id: 'gb45438.label.generated',
  backing: 'unsigned',
  value: '1',
  basis: [{ carrier: 'xmp', locator: 'iTXt XML:com.adobe.xmp: TC260:AIGC (element)', offset: 41 }],
};

export const camera: Signal = {
  id: 'camera.exif',
  backing: 'inferred',
  value: 'Canon EOS R5',
  basis: [{ carrier: 'exif', locator: 'IFD0 Model' }],
};

/** Signed by an unlisted signer, with one ingredient that has a manifest and one that has none. */
export const signed: ContentCredentials = {
  presence: 'present',
  integrity: 'intact',
  engine: { name: 'native', version: '0.8.0', sdk: 'c2pa-rs 0.90.1' },
  activeManifest: 'urn:c2pa:1',
  signer: { name: 'Example Studio', trust: 'unlisted', serial: '12…90 (20 digits)' },
  time: {
    timestamp: '2026-05-03T10:00:00Z',
    authority: 'Example TSA',
    authorityTrust: 'unlisted',
    validity: 'inside',
    revocation: 'not-checked',
  },
  codes: {
    active: [
      {
        code: 'signingCredential.untrusted',
        kind: 'failure',
        url: 'self#jumbf=/c2pa/1',
        explanation: 'untrusted',
      },
      { code: 'assertion.hashedURI.match', kind: 'success', url: 'self#jumbf=/c2pa/1/a' },
      { code: 'assertion.hashedURI.match', kind: 'success', url: 'self#jumbf=/c2pa/1/b' },
    ],
    ingredients: [{ code: 'ingredient.unknownProvenance', kind: 'informational' }],
    cawg: [{ code: 'cawg.identity.well-formed', kind: 'success' }],
  },
  manifests: [
    {
      label: 'urn:c2pa:1',
      active: true,
      depth: 0,
      integrity: 'intact',
      claimGenerator: 'Example Editor 2.0',
      title: 'harbour.png',
      signer: 'Example Studio',
      actions: [
        { action: 'c2pa.opened', when: '2026-05-03T09:58:00+02:00', softwareAgent: 'Example Editor' },
        { action: 'c2pa.placed', description: 'a boat' },
      ],
      ingredients: [
        { relationship: 'parentOf', title: 'older.png', manifest: 'urn:c2pa:2' },
        { relationship: 'componentOf', title: 'boat.png', format: 'image/png' },
      ],
    },
    {
      label: 'urn:c2pa:2',
      active: false,
      depth: 1,
      integrity: 'undetermined',
      actions: [
        {
          action: 'c2pa.created',
          digitalSourceType: 'http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture',
        },
      ],
      ingredients: [{ relationship: 'parentOf', title: 'itself', manifest: 'urn:c2pa:1' }],
    },
    { label: 'urn:c2pa:3', active: false, integrity: 'undetermined', actions: [], ingredients: [] },
  ],
};

/** Returns a Report with a value at every position of a string. */
export function fullReport(): StoredReport {
  return reportOf({
    asset: {
      ...reportOf().asset,
      declaredMediaType: 'image/jpeg',
      servedBy: { host: 'cdn.example.org:8443', at: '2026-11-25T11:30:00Z' },
    },
    parts: [
      {
        kind: 'primary',
        mediaType: 'image/png',
        offset: 0,
        bytes: 1_000_000,
        locator: 'PNG',
        signed: 'covered',
      },
      {
        kind: 'trailing-data',
        offset: 1_000_000,
        bytes: 234_567,
        locator: 'after IEND',
        signed: 'not-covered',
      },
    ],
    summary: {
      ...NOTHING_STATED,
      coverage: {
        state: 'partial',
        unread: [{ carrier: 'xmp', code: 'xmp.notXml', ...oldTexts({ reason: 'The packet is not XML.' }) }],
      },
      origin: 'contradictory',
      backing: 'unsigned',
      ...oldTexts({
        sentence:
          'This PNG carries Content Credentials that name “Example Studio”. The file has not changed since.',
      }),
    },
    contentCredentials: {
      ...signed,
      ingredientIntegrity: 'altered',
      remoteUrl: 'https://example.org/m.c2pa',
    },
    signals: [
      generated,
      camera,
      { id: 'gb45438.element.produceId', backing: 'unsigned', value: 'A1', basis: generated.basis },
      {
        id: 'iptc.digitalSourceType.digitalCapture',
        backing: 'unsigned',
        value: 'digitalCapture',
        basis: [{ carrier: 'xmp', locator: 'XMP' }],
      },
      {
        id: 'generator.comfyui',
        backing: 'inferred',
        value: '{}',
        basis: [{ carrier: 'pngText', locator: 'tEXt prompt', offset: 9 }],
      },
      {
        id: 'file.trailingData',
        backing: 'unsigned',
        basis: [{ carrier: 'file', locator: 'after IEND', offset: 1_000_000 }],
      },
      {
        id: 'c2pa.digitalSourceType.digitalCapture',
        backing: 'valid',
        value: 'digitalCapture',
        basis: [{ carrier: 'c2pa', locator: 'self#jumbf=c2pa.actions' }],
      },
    ],
    contradictions: [
      {
        between: [camera, generated],
        statement: 'One statement in the file; another statement that excludes it.',
      },
    ],
    findings: [
      {
        rulebook: 'cn-gb45438-2025',
        rule: '6.1.a-five-elements',
        provision: 'Clause',
        clause: '6.1 a)',
        title: 'Five elements in the file’s metadata',
        outcome: 'partly-answered',
        because: ['gb45438.element.produceId'],
        statement: 'Some of the five elements were found.',
        next: 'ask-original',
        binds: ['provider'],
        status: 'in-force',
        inForce: { from: '2025-09-01' },
        reference: {
          title: 'official page',
          address: 'https://openstd.samr.gov.cn/bzgk/std/newGbInfo?hcno=1&x=2',
        },
        bookSigner: 'assay',
        verified: false,
      },
      {
        rulebook: 'cn-gb45438-2025',
        rule: '6.1.c-one-copy',
        provision: 'Clause',
        clause: '6.1 c)',
        title: 'One copy of the label',
        outcome: 'indeterminate',
        because: ['gb45438.copies.several'],
        statement: 'Part of this file could not be read.',
        next: 'ask-original',
        binds: ['provider'],
        status: 'in-force',
        inForce: { from: '2025-09-01', until: '2030-01-01' },
        reference: {
          title: 'official page',
          address: 'https://openstd.samr.gov.cn/bzgk/std/newGbInfo?hcno=1&x=2',
        },
        bookSigner: 'assay',
        verified: true,
      },
      {
        rulebook: 'cn-gb45438-2025',
        rule: '5.3-explicit-audio',
        provision: 'Clause',
        clause: '5.3',
        title: 'An audible label',
        outcome: 'not-triggered',
        because: [],
        statement: 'This file is a picture.',
        next: 'ask-original',
        binds: ['provider'],
        status: 'in-force',
        inForce: { from: '2025-09-01' },
        reference: {
          title: 'official page',
          address: 'https://openstd.samr.gov.cn/bzgk/std/newGbInfo?hcno=1&x=2',
        },
        bookSigner: 'assay',
        verified: true,
      },
    ],
    reads: {
      ...reads,
      xmp: { status: 'malformed', code: 'xmp.notXml', reason: 'The packet is not XML.' },
      c2pa: { status: 'found', note: 'Read with the native engine.' },
      id3: {
        status: 'unsupported',
        code: 'carrier.none',
        reason: inEnglish('fault.carrier.none', { what: 'other', format: 'PNG' }),
      },
    },
    notChecked: [
      {
        what: 'SynthID watermark',
        why: 'Only the vendor’s own detector can read it.',
        ask: 'Google',
        link: 'https://example.com/detector',
      },
    ],
  });
}

/** The report in its stored form: messages by id. */
export const toldReport = (): StoredReport =>
  reportOf({
    contentCredentials: signed,
    signals: [camera, generated],
    asset: {
      ...reportOf().asset,
      claimedDates: [
        { name: 'DateTimeOriginal', value: '2026:05:03', carrier: 'exif', locator: 'IFD0 DateTimeOriginal' },
      ],
    },
    summary: {
      ...NOTHING_STATED,
      ...reportOf().summary,
      headline: message('headline.signed', {
        standing: 'unlisted',
        signer: message('text.quoted', { text: 'Example Studio' }),
      }),
      facts: {
        who: {
          code: 'unlisted',
          messages: {
            text: message('fact.who.unlisted', { name: message('text.quoted', { text: 'Example Studio' }) }),
          },
        },
        changed: { code: 'no', messages: { text: message('fact.changed.no') } },
        ai: { code: 'label', messages: { text: message('fact.ai.label') } },
        when: { code: 'not-known', messages: { text: message('fact.when.notKnown') } },
      },
    },
  });
