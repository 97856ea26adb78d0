import type { MultipartValue } from '@fastify/multipart';
import { httpLimits } from './limits.js';
import { badField, type Problem } from './problem.js';
import { cutText, shownText } from './shown-text.js';

/** The fields that may stand around the file. */
export interface UploadFields {
  asOf?: string;
  /** Ids; left out: all. */
  rulebooks?: string[];
}

/** Takes one field in, or refuses it. An empty value means unset: that is what an untouched form sends. */
export function takeField(part: MultipartValue, fields: UploadFields, rulebookIds: readonly string[]): void {
  const { fieldname, value } = part;
  if (typeof value !== 'string') throw badField(echo(fieldname), 'must be text.');
  if (part.valueTruncated) throw badField(echo(fieldname), `must not exceed ${httpLimits.fieldBytes} bytes.`);
  switch (fieldname) {
    case 'asOf':
      if (fields.asOf !== undefined) throw badField('asOf', 'may be given once.');
      if (value.trim() !== '') fields.asOf = day(value.trim());
      return;
    case 'rulebooks': {
      const ids = value.split(',').map((id) => id.trim());
      const wanted = ids.filter((id) => id !== '');
      if (!wanted.every((id) => rulebookIds.includes(id))) {
        throw badField('rulebooks', `takes ids of ${rulebookIds.join(', ')}, separated by commas.`);
      }
      if (wanted.length > 0) fields.rulebooks = [...new Set([...(fields.rulebooks ?? []), ...wanted])];
      return;
    }
    case 'file':
    case 'sidecar':
      throw badField(fieldname, 'must be a file, with a file name.');
    default:
      throw badField(echo(fieldname), 'is not known here.');
  }
}

/** A file under another name than `file`. */
export function strayFile(fieldname: string): Problem {
  return badField(
    echo(fieldname),
    'takes no file; send it in the field “file”, or a manifest store in “sidecar”.',
  );
}

/** `2026-02-30` has the form of a day and is none. */
function day(value: string): string {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(value) ? Date.parse(`${value}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== value) {
    throw badField('asOf', 'must be a day as YYYY-MM-DD.');
  }
  return value;
}

/** A name as the client wrote it, fit to be said back. A part without a name has none. */
function echo(fieldname: string | undefined): string {
  return cutText(shownText(fieldname ?? ''), httpLimits.echoedCharacters);
}
