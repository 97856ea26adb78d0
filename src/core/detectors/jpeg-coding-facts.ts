import { message } from '../../i18n/message.js';
import { foundValue, type Location } from '../media/carrier.js';
import type { Signal, SignalFact } from '../report/signal.js';
import { defineDetector } from './detector.js';
import { findStandardQuality } from './jpeg-coding-tables.js';

/**
 * Detects how a JPEG is coded. This describes the program that last wrote it and says nothing about the origin of the
 * picture.
 */
export const jpegCodingFacts = defineDetector({
  id: 'jpeg-coding-facts',
  needs: ['jpegCoding'],
  raises: ['file.jpeg.tables', 'file.jpeg.progressive'],
  detect({ jpegCoding }): Signal[] {
    const coding = foundValue(jpegCoding);
    if (!coding) return [];
    const signals: Signal[] = [];
    const [luminance, chrominance] = coding.tables;
    if (luminance) {
      const quality = findStandardQuality(luminance.values, chrominance?.values);
      const facts: SignalFact[] = [
        ...(quality === undefined ? [] : [{ name: 'quality', value: String(quality) }]),
        ...(coding.subsampling === undefined ? [] : [{ name: 'subsampling', value: coding.subsampling }]),
      ];
      signals.push({
        id: 'file.jpeg.tables',
        backing: 'inferred',
        messages: {
          value:
            quality === undefined
              ? message('fact.jpegTables.own')
              : message('fact.jpegTables.standard', { quality }),
        },
        ...(facts.length === 0 ? {} : { facts }),
        basis: coding.tables
          .slice(0, MAX_TABLES)
          .map(({ id, offset }): Location => ({ carrier: 'jpegCoding', locator: `DQT ${id}`, offset })),
      });
    }
    if (coding.progressive)
      signals.push({
        id: 'file.jpeg.progressive',
        backing: 'inferred',
        basis: [{ carrier: 'jpegCoding', locator: 'start of frame' }],
      });
    return signals;
  },
});

const MAX_TABLES = 4;
