import { describe, expect, it } from 'vitest';
import { digitalSourceType } from '../../../src/core/detectors/digital-source-type.js';
import { iptcCredit } from '../../../src/core/detectors/iptc-credit.js';
import { iptcProperties } from '../../../src/core/detectors/iptc-properties.js';
import { CTAM, evidence, facts, TAM } from '../../support/literals.js';

const EXTENSION = 'http://iptc.org/std/Iptc4xmpExt/2008-02-29/';
const PLUS = 'http://ns.useplus.org/ldf/xmp/1.0/';
const property = (path: string, value: string, namespace = EXTENSION) => ({
  path,
  namespace,
  name: path.split(':')[1] ?? path,
  value,
  form: 'element' as const,
});
const xmp = (...properties: ReturnType<typeof property>[]) => ({
  xmp: [{ locator: 'APP1 XMP', offset: 40, properties }],
});

describe('IPTC 2025.1 AI properties', () => {
  it('are told as written, with their place', () => {
    expect(
      iptcProperties.detect(
        evidence(
          xmp(
            property('Iptc4xmpExt:AISystemUsed', 'Example Imager'),
            property('Iptc4xmpExt:AISystemVersionUsed', '2'),
            property('Iptc4xmpExt:AIPromptInformation', 'a harbour at night'),
          ),
        ),
        facts(),
      ),
    ).toEqual([
      {
        id: 'iptc.ai.systemUsed',
        backing: 'unsigned',
        value: 'Example Imager',
        basis: [{ carrier: 'xmp', locator: 'APP1 XMP: Iptc4xmpExt:AISystemUsed', offset: 40 }],
      },
      expect.objectContaining({ id: 'iptc.ai.systemVersionUsed', value: '2' }),
      expect.objectContaining({
        id: 'iptc.ai.promptInformation',
        facts: [{ name: 'prompt', value: 'a harbour at night' }],
      }),
    ]);
  });

  it('keep the name of the person who wrote the prompt where it can be masked', () => {
    const [signal] = iptcProperties.detect(
      evidence(xmp(property('Iptc4xmpExt:AIPromptWriterName', 'Ada Example'))),
      facts(),
    );
    expect(signal?.value).toBeUndefined();
    expect(signal?.facts).toEqual([{ name: 'promptWriter', value: 'Ada Example', personal: 'names' }]);
  });

  it('are not read where they are empty, say that there is nothing, or are of another namespace', () => {
    const found = xmp(
      property('Iptc4xmpExt:AISystemUsed', ' '),
      property('Iptc4xmpExt:AISystemUsed', 'None'),
      property('Iptc4xmpExt:AISystemUsed', 'N/A'),
      property('x:AISystemUsed', 'X', 'http://example.org/'),
      property('Iptc4xmpExt:constructor', 'X'),
    );
    expect(iptcProperties.detect(evidence(found), facts())).toEqual([]);
  });
});

describe('plus:DataMining', () => {
  it('is about rights, with what qualifies it', () => {
    const term = 'http://ns.useplus.org/ldf/vocab/DMI-PROHIBITED-SEECONSTRAINT';
    const signals = iptcProperties.detect(
      evidence(
        xmp(property('plus:DataMining', term, PLUS), property('plus:OtherConstraints', 'ask us', PLUS)),
      ),
      facts(),
    );
    expect(signals).toMatchObject([
      { id: 'iptc.dataMining', value: term, facts: [{ name: 'otherConstraints', value: 'ask us' }] },
    ]);
  });
});

describe('DigitalSourceType', () => {
  it.each(['DigitalSourceType', 'DigitalSourcefileType', 'DigitalSourceFileType'])(
    'is read as %s',
    (name) => {
      const [signal] = digitalSourceType.detect(evidence(xmp(property(`Iptc4xmpExt:${name}`, TAM))), facts());
      expect(signal).toMatchObject({
        id: 'iptc.digitalSourceType.trainedAlgorithmicMedia',
        basis: [{ locator: `APP1 XMP: Iptc4xmpExt:${name}` }],
      });
    },
  );

  it('is told of each packet where they disagree', () => {
    const packet = (value: string, locator: string) => ({
      locator,
      properties: [property('Iptc4xmpExt:DigitalSourceType', value)],
    });
    const found = evidence({ xmp: [packet(TAM, 'APP1 XMP'), packet(CTAM, 'APP1 extended XMP')] });
    expect(digitalSourceType.detect(found, facts()).map((s) => s.id)).toEqual([
      'iptc.digitalSourceType.trainedAlgorithmicMedia',
      'iptc.digitalSourceType.compositeWithTrainedAlgorithmicMedia',
    ]);
  });
});

describe('credit lines', () => {
  const credit = (value: string) => ({ iptcIim: [{ dataset: '2:110', name: 'Credit', value }] });
  const photoshop = (value: string) =>
    xmp(property('photoshop:Credit', value, 'http://ns.adobe.com/photoshop/1.0/'));
  const ids = (found: Parameters<typeof evidence>[0]) =>
    iptcCredit.detect(evidence(found), facts()).map((s) => s.id);

  it.each([
    ['Made with Google AI', 'iptc.credit.googleMade'],
    ['Made by Google AI', 'iptc.credit.googleMade'],
    ['Edited with Google AI', 'iptc.credit.googleEdited'],
    ['Apple Photos Clean Up', 'iptc.credit.appleCleanUp'],
    ['Apple Photos Generative Edit: Clean Up', 'iptc.credit.appleCleanUp'],
    ['Apple Image Playground', 'iptc.credit.appleImagePlayground'],
  ])('%s', (value, id) => {
    expect(ids(credit(value))).toEqual([id]);
    expect(ids(photoshop(value))).toEqual([id]);
  });

  it('are labels that anyone can write, with row and grade', () => {
    expect(iptcCredit.detect(evidence(credit('Apple Image Playground')), facts())).toEqual([
      {
        id: 'iptc.credit.appleImagePlayground',
        backing: 'unsigned',
        value: 'Apple Image Playground',
        grade: 'C',
        basis: [{ carrier: 'iptcIim', locator: '2:110 Credit', row: 'iptc-credit-apple-image-playground' }],
      },
    ]);
  });

  it.each([
    'Google',
    'Photo: Made with Google AI',
    'Made with Google AI and care',
    'Google AI desk',
    'Apple',
  ])('are not seen in %s', (value) => {
    expect(ids(credit(value))).toEqual([]);
  });

  it('are not seen in other fields', () => {
    expect(ids({ iptcIim: [{ dataset: '2:120', name: 'Caption', value: 'Made with Google AI' }] })).toEqual(
      [],
    );
  });
});
