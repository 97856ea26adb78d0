/** The table of everything that can go wrong over HTTP (RFC 9457). Each code has its page: /problems/<code>. */

interface ProblemRow {
  status: number;
  title: string;
  /** What it means and what to do, for the page behind `type` and for clients without a better detail. */
  meaning: string;
}

export const PROBLEMS = {
  'bad-request': {
    status: 400,
    title: 'The request could not be read',
    meaning:
      'The request line, a header or the body breaks HTTP’s rules. Send the request again in a valid form.',
  },
  'file-missing': {
    status: 400,
    title: 'No file was sent',
    meaning: 'The upload holds no file. Send exactly one, in the field “file”.',
  },
  'file-empty': {
    status: 400,
    title: 'The file is empty',
    meaning:
      'The file has no bytes, so there is nothing to inspect. It may not have been saved or copied whole.',
  },
  'several-files': {
    status: 400,
    title: 'More than one file was sent',
    meaning: 'One upload takes one file. Send the others in requests of their own.',
  },
  'bad-multipart': {
    status: 400,
    title: 'The upload could not be read',
    meaning: 'The body is not well-formed multipart/form-data, or it ended early. Send it again.',
  },
  'bad-field': {
    status: 400,
    title: 'A field has a value that cannot be used',
    meaning: 'The member “errors” names each field and says what is expected there.',
  },
  'not-found': {
    status: 404,
    title: 'There is nothing at this address',
    meaning: 'The address is none of this server’s. Its addresses are listed in /docs.',
  },
  'inspection-not-found': {
    status: 404,
    title: 'There is no such report',
    meaning:
      'The report was deleted, or newer ones took its place, or it never existed. Inspect the file again.',
  },
  'method-not-allowed': {
    status: 405,
    title: 'This address does not take that method',
    meaning: 'The header “Allow” lists the methods that this address takes.',
  },
  'request-timeout': {
    status: 408,
    title: 'The request took too long to arrive',
    meaning: 'The request did not come in whole within the time this server waits. Send it again.',
  },
  'too-large': {
    status: 413,
    title: 'The file is too large',
    meaning:
      'The upload is larger than this server takes. The command line (assay inspect) reads larger files.',
  },
  'unsupported-media-type': {
    status: 415,
    title: 'The upload must be multipart/form-data',
    meaning: 'Send the file as a form does: multipart/form-data with the file in the field “file”.',
  },
  'headers-too-large': {
    status: 431,
    title: 'The request’s headers are too large',
    meaning: 'Send fewer or shorter headers.',
  },
  internal: {
    status: 500,
    title: 'Something went wrong here',
    meaning: 'The fault is on this server’s side. Its log holds more under the id in “instance”.',
  },
  'inspection-failed': {
    status: 500,
    title: 'The file could not be inspected',
    meaning: 'The upload arrived, and this server could not open it afterwards. Send it again.',
  },
  'inspection-unreadable': {
    status: 500,
    title: 'The stored report cannot be read',
    meaning: 'The report was kept, and what stands on the disk is damaged. Inspect the file again.',
  },
  unavailable: {
    status: 503,
    title: 'This server is busy',
    meaning:
      'All places for uploads are taken, or the server is shutting down. Try again after “Retry-After”.',
  },
  'storage-full': {
    status: 507,
    title: 'There is no room to store the upload',
    meaning: 'The disk of this server is full. Its operator has to make room.',
  },
} as const satisfies Record<string, ProblemRow>;

export type ProblemCode = keyof typeof PROBLEMS;
export const PROBLEM_CODES = Object.keys(PROBLEMS) as ProblemCode[];

export function isProblemCode(code: string): code is ProblemCode {
  return Object.hasOwn(PROBLEMS, code);
}
