import { inflateSync } from 'node:zlib';
import {
  isCount,
  isDictionary,
  type PdfDictionary,
  PdfName,
  type PdfValue,
  throwMalformedPdf,
  throwPdfLimit,
} from './pdf-values.js';

/** Decodes a stream with no filter or one Flate filter, the only ones that writers use here. */
export function decodeStream(raw: Buffer, dictionary: PdfDictionary, mostBytes: number): Buffer {
  const filters = listOf(dictionary.get('Filter'));
  if (filters.length === 0) return raw;
  const [filter] = filters;
  if (filters.length > 1 || !(filter instanceof PdfName) || !FLATE.has(filter.name))
    return throwPdfLimit('pdf.filter');
  const bytes = inflated(raw, mostBytes);
  const [parameters] = listOf(dictionary.get('DecodeParms'));
  return isDictionary(parameters) ? undoPredictor(bytes, parameters) : bytes;
}

const FLATE = new Set(['FlateDecode', 'Fl']);

const listOf = (value: PdfValue | undefined): readonly PdfValue[] =>
  value === undefined || value === null ? [] : Array.isArray(value) ? value : [value as PdfValue];

function inflated(raw: Buffer, mostBytes: number): Buffer {
  try {
    return inflateSync(raw, { maxOutputLength: Math.max(mostBytes, 1) });
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE'
      ? throwPdfLimit('bound.bytes', { place: 'PDF', most: mostBytes })
      : throwMalformedPdf('pdf.stream', { what: 'other' });
  }
}

/** Undoes a predictor. 10 and above are PNG's, where each row begins with its predictor (ISO 32000-2, 7.4.4.4). */
function undoPredictor(bytes: Buffer, parameters: PdfDictionary): Buffer {
  const predictor = parameters.get('Predictor') ?? 1;
  if (predictor === 1) return bytes;
  const [colours, bits, columns] = [
    parameters.get('Colors') ?? 1,
    parameters.get('BitsPerComponent') ?? 8,
    parameters.get('Columns') ?? 1,
  ];
  if (
    !isCount(predictor) ||
    predictor < 10 ||
    colours !== 1 ||
    bits !== 8 ||
    !isCount(columns) ||
    columns < 1
  )
    return throwPdfLimit('pdf.predictor');
  const rows = Math.floor(bytes.length / (columns + 1));
  const out = Buffer.alloc(rows * columns);
  for (let row = 0; row < rows; row++) {
    const kind = bytes[row * (columns + 1)] ?? 0;
    for (let column = 0; column < columns; column++) {
      const at = row * columns + column;
      const left = column > 0 ? (out[at - 1] ?? 0) : 0;
      const up = row > 0 ? (out[at - columns] ?? 0) : 0;
      const corner = row > 0 && column > 0 ? (out[at - columns - 1] ?? 0) : 0;
      out[at] = ((bytes[row * (columns + 1) + 1 + column] ?? 0) + predictByte(kind, left, up, corner)) & 0xff;
    }
  }
  return out;
}

/** Predicts a byte (PNG, ISO/IEC 15948, 9.2). */
function predictByte(kind: number, left: number, up: number, corner: number): number {
  if (kind === 1) return left;
  if (kind === 2) return up;
  if (kind === 3) return (left + up) >> 1;
  if (kind !== 4) return 0;
  const estimate = left + up - corner;
  const toLeft = Math.abs(estimate - left);
  const toUp = Math.abs(estimate - up);
  const toCorner = Math.abs(estimate - corner);
  return toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner;
}
