import { box } from '../fixtures/build/formats/bmff.js';
import { withListItems } from '../fixtures/build/formats/bmff-item-list.js';
import { dataBox } from '../fixtures/build/formats/bmff-metadata.js';
import { compoundFile, outlookMail } from '../fixtures/build/formats/compound-file.js';
import { attachedFile, ebmlHeader, element } from '../fixtures/build/formats/ebml.js';
import { heic } from '../fixtures/build/formats/heic.js';
import { codedPicture, collectionOf } from '../fixtures/build/formats/heif-collection.js';
import { frame, id3 } from '../fixtures/build/formats/id3.js';
import { withSegments, xmpSegment } from '../fixtures/build/formats/jpeg.js';
import { attachment, forwarded, html, mail, multipart, text } from '../fixtures/build/formats/mail.js';
import { microVideoOf, motionPhotoOf } from '../fixtures/build/formats/motion-photo.js';
import { mpfOf } from '../fixtures/build/formats/mpf.js';
import { embed, PICTURE, pdfWith } from '../fixtures/build/formats/pdf-writer.js';
import { riffChunk, withChunks } from '../fixtures/build/formats/riff.js';
import { seftOf } from '../fixtures/build/formats/seft.js';
import { flacPicture, vorbisComments, withFlacBlock } from '../fixtures/build/formats/vorbis-picture.js';
import { epubOf, officeOf, openDocumentOf, tarEntry, tarOf, zipOf } from '../fixtures/build/formats/zip.js';
import { readMade } from '../fixtures/build/place.js';
import { recording } from '../fixtures/build/seeds/recordings.js';

/**
 * Files of every kind with something inside, and what was put there. Each kind comes three times: with media that are
 * signed, with media that bear a label, and with media that say nothing.
 *
 * @typedef {object} Medium  what was put in, byte for byte
 * @property {string} name
 * @property {Buffer} bytes
 *
 * @typedef {object} Holder
 * @property {string} name    of the file
 * @property {string} kind
 * @property {Buffer} bytes
 * @property {Medium[]} media
 * @property {number} [coded] pictures in it that are no files by themselves and have no metadata of their own
 */

/** @typedef {'signed' | 'labelled' | 'plain'} State */
/** @typedef {'picture' | 'png' | 'video' | 'sound'} Sort */
export const STATES = /** @type {const} */ (['signed', 'labelled', 'plain']);

/** @type {Record<Sort, Record<State, string>>} */
const MEDIA = {
  picture: {
    signed: 'c2pa/jpeg-c2pa-trained.jpg',
    labelled: 'labels/jpeg-iptc-trained.jpg',
    plain: 'plain/plain.jpg',
  },
  png: { signed: 'c2pa/png-c2pa-trained.png', labelled: 'labels/png-a1111.png', plain: 'plain/plain.png' },
  video: {
    signed: 'c2pa/mp4-c2pa-trained.mp4',
    labelled: 'labels/mp4-gb45438.mp4',
    plain: 'plain/plain.mp4',
  },
  sound: { signed: 'c2pa/mp3-c2pa-intact.mp3', labelled: 'labels/mp3-gb45438.mp3', plain: 'plain/plain.mp3' },
};
/** No signed fixtures exist for these formats. */
const JPEG2000 = { labelled: 'labels/jp2-gb45438-xmp.jp2', plain: 'formats/jp2-plain.jp2' };

/** @param {Sort} sort @param {State} state @returns {Medium} */
function medium(sort, state) {
  const file = MEDIA[sort][state];
  return { name: file.replace(/^.*\//, ''), bytes: readMade(file) };
}

/** The first picture of every file that has one of its own. */
const first = () => readMade('plain/plain.jpg');

const GAIN_MAP =
  '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">' +
  '<rdf:Description xmlns:hdrgm="http://ns.adobe.com/hdr-gain-map/1.0/" hdrgm:Version="1.0"/></rdf:RDF></x:xmpmeta>';

/** @param {Medium[]} media @param {string} folder @param {boolean} deflate */
const entries = (media, folder, deflate) =>
  media.map(({ name, bytes }) => ({ name: `${folder}${name}`, data: bytes, deflate }));

/** @param {string} name */
const typeOf = (name) =>
  ({ jpg: 'image/jpeg', png: 'image/png', mp4: 'video/mp4', mp3: 'audio/mpeg' })[name.replace(/^.*\./, '')] ??
  'application/octet-stream';

/** @param {Medium[]} media */
const attached = (media) => media.map(({ name, bytes }) => attachment(name, typeOf(name), bytes));

/** @typedef {{ ending: string, sorts: Sort[], make: (media: Medium[], state: State) => Buffer }} Kind */

/**
 * Returns the single medium that represents its kind.
 * @param {Medium[]} media
 */
const only = ([one]) => {
  if (one === undefined) throw new Error('nothing to put in');
  return one.bytes;
};

const BOTH = /** @type {Sort[]} */ (['picture', 'video']);
const ALL = /** @type {Sort[]} */ (['picture', 'png', 'video', 'sound']);

/** @type {Record<string, Kind>} */
const KINDS = {
  'motion photo (Google)': {
    ending: 'jpg',
    sorts: ['video'],
    make: (media) => motionPhotoOf(first(), only(media)),
  },
  'motion photo (MicroVideo)': {
    ending: 'jpg',
    sorts: ['video'],
    make: (media) => microVideoOf(first(), only(media)),
  },
  'motion photo (Samsung)': {
    ending: 'jpg',
    sorts: ['video'],
    make: (media) =>
      Buffer.concat([first(), seftOf([{ type: 0x0a30, name: 'MotionPhoto_Data', data: only(media) }])]),
  },
  'motion photo (HEIC)': {
    ending: 'heic',
    sorts: ['video'],
    make: (media) => Buffer.concat([heic(), box('mpvd', only(media))]),
  },
  'pictures of MPF': { ending: 'jpg', sorts: ['picture'], make: (media) => mpfOf(first(), only(media)) },
  'file behind the end': {
    ending: 'png',
    sorts: ['picture'],
    make: (media) => Buffer.concat([readMade('plain/plain.png'), only(media)]),
  },
  'whole file as an item of HEIC': {
    ending: 'heic',
    sorts: ['picture'],
    make: (media) =>
      collectionOf([
        { type: 'hvc1', bytes: codedPicture() },
        { type: 'mime', contentType: 'image/jpeg', bytes: only(media) },
      ]),
  },
  'cover of MP3': {
    ending: 'mp3',
    sorts: ['picture'],
    make: (media) =>
      Buffer.concat([
        id3(3, [frame(3, 'APIC', [0], 'image/jpeg\0', [3], 'cover\0', only(media))]),
        readMade('plain/plain.mp3'),
      ]),
  },
  'cover of FLAC': {
    ending: 'flac',
    sorts: ['picture'],
    make: (media) => withFlacBlock(readMade('plain/plain.flac'), 6, flacPicture(only(media))),
  },
  'cover of FLAC in a comment': {
    ending: 'flac',
    sorts: ['picture'],
    make: (media) =>
      withFlacBlock(
        readMade('plain/plain.flac'),
        4,
        vorbisComments(`METADATA_BLOCK_PICTURE=${flacPicture(only(media)).toString('base64')}`),
      ),
  },
  'cover of Ogg': {
    ending: 'ogg',
    sorts: ['picture'],
    make: (media) =>
      recording('ogg', { tags: { METADATA_BLOCK_PICTURE: flacPicture(only(media)).toString('base64') } }),
  },
  'cover of M4A': {
    ending: 'm4a',
    sorts: ['picture'],
    make: (media) => withListItems(readMade('plain/plain.m4a'), box('covr', dataBox(only(media), 13))),
  },
  'cover of WAV': {
    ending: 'wav',
    sorts: ['picture'],
    make: (media) =>
      withChunks(
        readMade('plain/plain.wav'),
        riffChunk('id3 ', id3(3, [frame(3, 'APIC', [0], 'image/jpeg\0', [3], 'cover\0', only(media))])),
      ),
  },
  'attachment of Matroska': {
    ending: 'mkv',
    sorts: ['picture', 'video'],
    make: (media) =>
      Buffer.concat([
        ebmlHeader('matroska'),
        element(
          'segment',
          element('attachments', ...media.map(({ name, bytes }) => attachedFile(name, typeOf(name), bytes))),
        ),
      ]),
  },
  'pictures of a PDF': {
    ending: 'pdf',
    sorts: ['picture'],
    make: (media) =>
      pdfWith((writer) => ({
        pictures: [writer.stream(`${PICTURE} /Filter /DCTDecode`, only(media))],
      })).whole(),
  },
  'files attached to a PDF': {
    ending: 'pdf',
    sorts: ['png', 'video'],
    make: (media) =>
      pdfWith((writer) => {
        const names = media.map(({ name, bytes }) => `(${name}) ${embed(writer, { name, data: bytes })} 0 R`);
        return { catalog: `/Names << /EmbeddedFiles << /Names [${names.join(' ')}] >> >>` };
      }).whole(),
  },
  DOCX: {
    ending: 'docx',
    sorts: ALL,
    make: (media) => officeOf('docx', { media: entries(media, 'media/', true) }),
  },
  PPTX: {
    ending: 'pptx',
    sorts: ALL,
    make: (media) => officeOf('pptx', { media: entries(media, 'media/', false) }),
  },
  XLSX: {
    ending: 'xlsx',
    sorts: BOTH,
    make: (media) => officeOf('xlsx', { media: entries(media, 'media/', true) }),
  },
  ODT: {
    ending: 'odt',
    sorts: BOTH,
    make: (media) => openDocumentOf('text', { media: entries(media, 'Pictures/', true) }),
  },
  EPUB: {
    ending: 'epub',
    sorts: BOTH,
    make: (media) => epubOf({ media: entries(media, 'images/', true) }),
  },
  'e-mail (EML)': {
    ending: 'eml',
    sorts: ALL,
    make: (media) => mail(multipart('mixed', 'part', [text(), ...attached(media)])),
  },
  'link in the page of an e-mail': {
    ending: 'eml',
    sorts: ['png'],
    make: (media) =>
      mail(html(`<p>A picture</p><img src="data:image/png;base64,${only(media).toString('base64')}">`)),
  },
  'e-mail (MSG)': {
    ending: 'msg',
    sorts: ALL,
    make: (media) =>
      compoundFile(outlookMail(media.map(({ name, bytes }) => ({ name, mediaType: typeOf(name), bytes })))),
  },
  ZIP: { ending: 'zip', sorts: ALL, make: (media) => zipOf(entries(media, 'photos/', true)) },
  tar: {
    ending: 'tar',
    sorts: ALL,
    make: (media) => tarOf(...media.map(({ name, bytes }) => tarEntry(`photos/${name}`, bytes))),
  },
  'DOCX in an e-mail in a ZIP': {
    ending: 'zip',
    sorts: ['picture'],
    make: (media) => {
      const docx = officeOf('docx', { media: entries(media, 'media/', true) });
      const inner = mail(multipart('mixed', 'inner', [text(), attachment('kit.docx', typeOf('docx'), docx)]));
      return zipOf([{ name: 'mails/one.eml', data: inner, deflate: true }]);
    },
  },
  'motion photo in a forwarded e-mail': {
    ending: 'eml',
    sorts: ['video'],
    make: (media) => {
      const photo = attachment('photo.jpg', 'image/jpeg', motionPhotoOf(first(), only(media)));
      return mail(
        multipart('mixed', 'outer', [text(), forwarded(mail(multipart('mixed', 'inner', [text(), photo])))]),
      );
    },
  },
};

/** @param {string} kind @param {State} state @param {string} ending */
const fileName = (kind, state, ending) =>
  `${kind
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')}-${state}.${ending}`;

/**
 * Returns all of these files, or those of the given kinds.
 * @param {readonly string[]} [kinds]
 * @returns {Holder[]}
 */
export function insideFiles(kinds) {
  const chosen = (/** @type {string} */ kind) => kinds === undefined || kinds.includes(kind);
  const made = Object.entries(KINDS)
    .filter(([kind]) => chosen(kind))
    .flatMap(([kind, { ending, sorts, make }]) =>
      STATES.map((state) => {
        const media = sorts.map((sort) => medium(sort, state));
        return { name: fileName(kind, state, ending), kind, bytes: make(media, state), media };
      }),
    );
  return [
    ...made,
    ...gainMaps().filter(({ kind }) => chosen(kind)),
    ...others().filter(({ kind }) => chosen(kind)),
  ];
}

/**
 * A gain map identifies itself in its own metadata; a signature made earlier no longer matches it.
 * @returns {Holder[]}
 */
const gainMaps = () =>
  STATES.map((state) => {
    const { name, bytes } = medium('picture', state);
    const map = withSegments(bytes, xmpSegment(GAIN_MAP));
    const kind = 'gain map of Ultra HDR';
    return {
      name: fileName(kind, state, 'jpg'),
      kind,
      bytes: mpfOf(first(), map),
      media: [{ name, bytes: map }],
    };
  });

/** @returns {Holder[]} */
function others() {
  const jpeg2000 = Object.values(JPEG2000).map((file) => ({
    name: file.replace(/^.*\//, ''),
    bytes: readMade(file),
  }));
  const picture = { type: 'hvc1', bytes: codedPicture() };
  const depth = {
    ...picture,
    urn: 'urn:mpeg:hevc:2015:auxid:2',
    refers: /** @type {[string, number[]]} */ (['auxl', [1]]),
  };
  return [
    {
      name: 'pictures-of-a-pdf-jpeg-2000.pdf',
      kind: 'pictures of a PDF in JPEG 2000',
      bytes: pdfWith((writer) => ({
        pictures: jpeg2000.map(({ bytes }) => writer.stream(`${PICTURE} /Filter /JPXDecode`, bytes)),
      })).whole(),
      media: jpeg2000,
    },
    {
      name: 'auxiliary-and-burst.heic',
      kind: 'auxiliary and burst pictures of HEIC',
      bytes: collectionOf([picture, depth, picture]),
      media: [],
      coded: 2,
    },
  ];
}

/**
 * Returns the fields of a Report on the file alone that must be equal in the Report on the part.
 * @param {import('../src/core/report/report.js').Report} report
 */
export function partAlone({ summary, contentCredentials, signals }) {
  const { headline, origin, backing, coverage } = summary;
  return {
    origin,
    backing,
    coverage: coverage.state,
    presence: contentCredentials.presence,
    integrity: contentCredentials.integrity,
    trust: contentCredentials.signer?.trust,
    signer: contentCredentials.signer?.name,
    headline: headline?.id,
    params: headline?.params,
    signals: [...new Set(signals.map(({ id }) => id))],
  };
}

/**
 * Returns the differences between a part and the same bytes alone, as text for the person who runs this; empty if there
 * are none.
 * @param {NonNullable<import('../src/core/report/report.js').Report['parts']>[number]} part
 * @param {ReturnType<typeof partAlone>} alone
 * @returns {string[]}
 */
export function differences({ outcome, code }, alone) {
  if (outcome === undefined) return [`not looked into: ${code}`];
  const { headline } = outcome.messages ?? {};
  const said = {
    origin: outcome.origin,
    backing: outcome.backing,
    coverage: outcome.coverage,
    presence: outcome.presence,
    integrity: outcome.integrity,
    trust: outcome.signer?.trust,
    signer: outcome.signer?.name,
    headline: headline?.id,
    params: headline?.params,
  };
  const { signals, ...rest } = alone;
  const differing = Object.entries(rest)
    .filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(said[/** @type {keyof said} */ (key)]))
    .map(
      ([key, value]) =>
        `${key}: alone ${JSON.stringify(value)}, inside ${JSON.stringify(said[/** @type {keyof said} */ (key)])}`,
    );
  const unknown = outcome.labels.filter((label) => !signals.includes(label));
  return unknown.length === 0 ? differing : [...differing, `labels only inside: ${unknown.join(', ')}`];
}
