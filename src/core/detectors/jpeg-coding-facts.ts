import { said } from '../../say/said.js';
import { type Location, readValue } from '../media/carrier.js';
import type { Signal, SignalFact } from '../report/signal.js';
import { defineDetector } from './detector.js';
import { standardQuality } from './jpeg-coding-tables.js';

/** How a JPEG is coded: facts of whoever wrote it last, and nothing of how the picture came about. */
export const jpegCodingFacts = defineDetector({
  id: 'jpeg-coding-facts',
  needs: ['jpegCoding'],
  raises: ['file.jpeg.tables', 'file.jpeg.progressive'],
  detect({ jpegCoding }): Signal[] {
    const coding = readValue(jpegCoding);
    if (!coding) return [];
    const signals: Signal[] = [];
    const [luminance, chrominance] = coding.tables;
    if (luminance) {
      const quality = standardQuality(luminance.values, chrominance?.values);
      const facts: SignalFact[] = [
        ...(quality === undefined ? [] : [{ name: 'quality', value: String(quality) }]),
        ...(coding.subsampling === undefined ? [] : [{ name: 'subsampling', value: coding.subsampling }]),
      ];
      signals.push({
        id: 'file.jpeg.tables',
        backing: 'inferred',
        said: {
          value:
            quality === undefined
              ? said('fact.jpegTables.own')
              : said('fact.jpegTables.standard', { quality }),
        },
        ...(facts.length === 0 ? {} : { facts }),
        basis: coding.tables
          .slice(0, MOST_TABLES)
          .map(({ id, offset }): Location => ({ carrier: 'jpegCoding', place: `DQT ${id}`, offset })),
      });
    }
    if (coding.progressive)
      signals.push({
        id: 'file.jpeg.progressive',
        backing: 'inferred',
        basis: [{ carrier: 'jpegCoding', place: 'start of frame' }],
      });
    return signals;
  },
});

const MOST_TABLES = 4;
