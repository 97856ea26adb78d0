import { officeOf, zipOf } from '../../fixtures/build/formats/zip.js';
import { limits } from '../../src/base/limits.js';
import { label, type Past, times } from './past.js';

const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006';
const TYPES =
  '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>';

/** Returns properties in which a label follows so much other data. */
const properties = (ahead: string) =>
  `<Properties>${ahead}<property name="AIGC"><lpwstr>${label().replace(/"/g, '&quot;')}</lpwstr></property></Properties>`;

const documentOf = (members: Record<string, string>) =>
  zipOf(
    Object.entries({ '[Content_Types].xml': TYPES, 'word/document.xml': '<document/>', ...members }).map(
      ([name, data]) => ({ name, data, deflate: true }),
    ),
  );

export const PAST_ARCHIVES: readonly Past[] = [
  {
    bound: 'archiveMembers',
    name: 'a.zip',
    make: () =>
      zipOf(times(limits.archiveMembers + 1, (at) => ({ name: 'a', data: 'a text', sameAs: at > 0 }))),
    carrier: 'parts',
    code: 'bound.entries',
  },
  {
    bound: 'documentXmlBytes',
    name: 'a.docx',
    make: () => documentOf({ 'docProps/custom.xml': properties(' '.repeat(limits.documentXmlBytes)) }),
    carrier: 'documentProperties',
    code: 'bound.bytes',
  },
  {
    bound: 'documentXmlTotalBytes',
    name: 'a.docx',
    make: () => {
      const ahead = ' '.repeat(limits.documentXmlBytes - 1_024);
      const names = times(4, (at) => `a${at}.xml`);
      const types = ['custom-properties', 'metadata/core-properties', 'extended-properties'];
      const relations = types.flatMap((type, of) =>
        names.map((name) => `<Relationship Type="${OFFICE}/relationships/${type}" Target="${of}/${name}"/>`),
      );
      const parts = types.flatMap((_type, of) => names.map((name) => [`${of}/${name}`, properties(ahead)]));
      return documentOf({
        '_rels/.rels': `<Relationships>${relations.join('')}</Relationships>`,
        ...Object.fromEntries(parts),
        'docProps/custom.xml': '<Properties/>',
      });
    },
    carrier: 'documentProperties',
    code: 'bound.bytes',
    // Stated by the members before the limit.
    origin: 'ai-generated',
  },
  {
    bound: 'documentXmlElements',
    name: 'a.docx',
    make: () => documentOf({ 'docProps/custom.xml': properties('<a/>'.repeat(limits.documentXmlElements)) }),
    carrier: 'documentProperties',
    code: 'bound.entries',
  },
  {
    bound: 'documentXmlTotalElements',
    name: 'a.docx',
    make: () => {
      const ahead = '<a/>'.repeat(limits.documentXmlElements - 8);
      const relations = ['custom-properties', 'metadata/core-properties', 'extended-properties'].flatMap(
        (type, of) =>
          times(
            4,
            (at) => `<Relationship Type="${OFFICE}/relationships/${type}" Target="${of}/a${at}.xml"/>`,
          ),
      );
      return documentOf({
        '_rels/.rels': `<Relationships>${relations.join('')}</Relationships>`,
        ...Object.fromEntries(times(12, (at) => [`${at >> 2}/a${at % 4}.xml`, properties(ahead)])),
        'docProps/custom.xml': '<Properties/>',
      });
    },
    carrier: 'documentProperties',
    code: 'bound.entries',
    // Stated by the members before the limit.
    origin: 'ai-generated',
  },
  {
    bound: 'parts',
    where: 'members of an archive',
    name: 'a.zip',
    make: () => zipOf(times(limits.parts + 1, (at) => ({ name: `${at}`, data: 'a text' }))),
    carrier: 'parts',
    code: 'bound.parts',
  },
  {
    bound: 'tagsPerCarrier',
    where: 'properties of a document',
    name: 'a.docx',
    make: () =>
      officeOf('docx', {
        custom: Object.fromEntries(times(limits.tagsPerCarrier + 1, (at) => [`a${at}`, 'b'])),
      }),
    carrier: 'documentProperties',
    code: 'bound.tags',
  },
];
