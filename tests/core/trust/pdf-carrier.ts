import { deflateSync } from 'node:zlib';

/** Hand-written PDFs around manifest stores, both sound ones and ones that only an attacker writes. */

export interface PdfFile {
  bytes: Buffer;
  relationship?: string;
  /** Further entries of the stream, as PDF source. */
  entries?: string;
  length?: string;
}

type Source = string | Buffer;

/** Returns a PDF with objects from number 1 on, and a cross-reference table. */
export function pdfOf(objects: readonly Source[], trailer = ''): Buffer {
  const { body, offsets } = written(objects);
  const rows = offsets.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('');
  return Buffer.concat([
    body,
    Buffer.from(`xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}`),
    Buffer.from(`trailer\n<< /Size ${objects.length + 1} /Root 1 0 R ${trailer} >>\n`),
    Buffer.from(`startxref\n${body.length}\n%%EOF\n`),
  ]);
}

function written(objects: readonly Source[], from: Buffer = Buffer.from('%PDF-1.7\n'), first = 1) {
  const offsets: number[] = [];
  let body: Buffer = from;
  objects.forEach((object, i) => {
    offsets.push(body.length);
    body = Buffer.concat([
      body,
      Buffer.from(`${first + i} 0 obj\n`),
      Buffer.from(object),
      Buffer.from('\nendobj\n'),
    ]);
  });
  return { body, offsets };
}

export const PAGES = '<< /Type /Pages /Kids [3 0 R] /Count 1 >>';
export const PAGE = '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 150] >>';
export const catalog = (entries: string): string => `<< /Type /Catalog /Pages 2 0 R ${entries} >>`;
export const fileOf = (stream: number, relationship = 'C2PA_Manifest'): string =>
  `<< /Type /Filespec /F (a \\) b (c)) /AFRelationship /${relationship} /EF << /F ${stream} 0 R >> >>`;

export const stream = ({ bytes, entries = '', length = String(bytes.length) }: PdfFile): Buffer =>
  Buffer.concat([
    Buffer.from(`<< /Type /EmbeddedFile % a comment >>\n /Length ${length} ${entries} >>\nstream\r\n`),
    bytes,
    Buffer.from('\nendstream'),
  ]);

/** Alternating file specifications and streams, from number 4 on. */
const filesOf = (files: readonly PdfFile[]): Source[] =>
  files.flatMap((file, i) => [fileOf(5 + 2 * i, file.relationship), stream(file)]);
const named = (files: readonly PdfFile[]): string =>
  files.length === 0 ? '' : `/AF [${files.map((_, i) => `${4 + 2 * i} 0 R`).join(' ')}]`;

/** Returns a PDF whose catalog names each of the files. */
export const pdf = (...files: PdfFile[]): Buffer =>
  pdfOf([catalog(named(files)), PAGES, PAGE, ...filesOf(files)]);

/** Returns the PDF with all objects but the streams packed into one, and a cross-reference stream (PDF 1.5). */
export function packedPdf(...files: PdfFile[]): Buffer {
  const all = [catalog(named(files)), PAGES, PAGE, ...filesOf(files)];
  const isPacked = (i: number) => i < 3 || i % 2 === 1;
  const [packed, index, body] = [all.filter((_, i) => isPacked(i)), [] as string[], [] as string[]];
  let start = 0;
  all.forEach((object, i) => {
    if (!isPacked(i)) return;
    index.push(`${i + 1} ${start}`);
    body.push(String(object));
    start += object.length + 1;
  });
  const head = `${index.join(' ')} `;
  const container = all.length + 1;
  const flate = deflateSync(Buffer.from(head + body.join(' ')));
  let bytes: Buffer = Buffer.from('%PDF-1.7\n');
  const rows: number[][] = [[0, 0, 0]];
  let place = 0;
  all.forEach((object, i) => {
    if (isPacked(i)) rows.push([2, container, place++]);
    else {
      rows.push([1, bytes.length, 0]);
      bytes = written([object], bytes, i + 1).body;
    }
  });
  rows.push([1, bytes.length, 0]);
  const objects = `/Type /ObjStm /N ${packed.length} /First ${head.length} /Filter /FlateDecode`;
  bytes = written([stream({ bytes: flate, entries: objects })], bytes, container).body;
  const at = bytes.length;
  const table = deflateSync(
    Buffer.concat([...rows, [1, at, 0]].map(([type = 0, second = 0, third = 0]) => row(type, second, third))),
  );
  const entries = `/Type /XRef /Size ${all.length + 3} /Root 1 0 R /W [1 4 1] /Filter [/FlateDecode]`;
  bytes = written([stream({ bytes: table, entries })], bytes, container + 1).body;
  return Buffer.concat([bytes, Buffer.from(`startxref\n${at}\n%%EOF\n`)]);
}

function row(type: number, second: number, third: number): Buffer {
  const bytes = Buffer.alloc(6);
  bytes.writeUInt8(type, 0);
  bytes.writeUInt32BE(second, 1);
  bytes.writeUInt8(third, 5);
  return bytes;
}

/** Appends an incremental update with these newer objects. */
export function updated(whole: Buffer, objects: Readonly<Record<number, Source>>): Buffer {
  const previous = /startxref\n(\d+)\n%%EOF\n$/.exec(whole.toString('latin1'))?.[1];
  let body = whole;
  const runs = Object.entries(objects).map(([number, object]) => {
    const at = body.length;
    body = written([object], body, Number(number)).body;
    return `${number} 1\n${String(at).padStart(10, '0')} 00000 n \n`;
  });
  const trailer = `trailer\n<< /Size 99 /Root 1 0 R /Prev ${previous} >>\n`;
  return Buffer.concat([
    body,
    Buffer.from(`xref\n${runs.join('')}${trailer}startxref\n${body.length}\n%%EOF\n`),
  ]);
}
