import type { EvidenceView } from '../../../src/core/report/evidence-view.js';

/** Returns a field of every kind, a label whose bytes are shown, and one whose bytes are not. */
export function fullEvidence(): EvidenceView {
  return {
    schema: 'assay.evidence/1',
    asset: { name: 'a.jpg', bytes: 4_096, sha256: '0'.repeat(64) },
    carriers: [
      {
        carrier: 'xmp',
        fields: [
          {
            name: 'TC260:AIGC',
            locator: 'APP1 XMP: TC260:AIGC',
            offset: 300,
            value: '{"Label":"1"}',
          },
        ],
      },
      {
        carrier: 'exif',
        fields: [
          { name: 'Make', locator: 'IFD0 Make', offset: 30, value: 'Example' },
          { name: 'GPSLatitude', locator: 'GPS GPSLatitude', characters: 9, withheld: ['location'] },
          {
            name: 'UserComment',
            locator: 'Exif UserComment',
            offset: 90,
            characters: 2_400,
            withheld: ['location', 'names'],
          },
          {
            name: 'Software',
            locator: 'IFD0 Software',
            offset: 42,
            value: 'x'.repeat(512),
            characters: 3_000,
          },
        ],
        more: 3,
      },
      {
        carrier: 'privateChunk',
        fields: [{ name: 'abCd', locator: 'abCd chunk', offset: 2_000, bytes: 64 }],
      },
    ],
    labels: [
      {
        label: 'gb45438',
        carrier: 'xmp',
        locator: 'APP1 XMP: TC260:AIGC',
        offset: 412,
        bytes: 20,
        hex: '414947433e7b224c6162656c223a....31227d7d',
        masked: 2,
      },
      { label: 'iptc', carrier: 'xmp', locator: 'APP1 XMP: Iptc4xmpExt:DigitalSourceType', why: 'not-found' },
    ],
  };
}
