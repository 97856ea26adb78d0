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
  'digest-mismatch': {
    status: 400,
    title: 'What arrived is not what was sent',
    meaning:
      'The file’s SHA-256 is another one than “Repr-Digest” says. Nothing was inspected; send it again.',
  },
  'bad-field': {
    status: 400,
    title: 'A field has a value that cannot be used',
    meaning: 'The member “errors” names each field and says what is expected there.',
  },
  'key-required': {
    status: 401,
    title: 'This server asks for a key',
    meaning:
      'Send an API key as “Authorization: Bearer assay_…”, or sign in with one in the browser. The operator makes keys with `assay keys create`.',
  },
  'key-invalid': {
    status: 401,
    title: 'This key does not hold',
    meaning: 'The key is unknown, was revoked, or has run out. Ask whoever runs this server for another one.',
  },
  'scope-missing': {
    status: 403,
    title: 'This key may not do that',
    meaning: 'The key holds, and lacks a scope that this address asks for. Use a key that has it.',
  },
  'proxy-not-trusted': {
    status: 403,
    title: 'The request came through a proxy that is not trusted here',
    meaning:
      'Headers say that it was forwarded (X-Forwarded-For and the like), and the operator named no such proxy. ASSAY_TRUSTED_PROXIES names those that are trusted.',
  },
  'cross-origin': {
    status: 403,
    title: 'A page of somebody else asked for this',
    meaning:
      'The header “Origin” names a page that is not this server’s. Pages that may ask are named in ASSAY_CORS_ORIGINS.',
  },
  'form-expired': {
    status: 403,
    title: 'The page is out of date',
    meaning:
      'The request did not come from a page of this sign-in, or the sign-in has ended. Open the page again, and try once more.',
  },
  'reveal-not-allowed': {
    status: 403,
    title: 'Personal data is not revealed here',
    meaning:
      'This server masks location, serial numbers and names in every report. A key with the scope “reveal” may ask; where there are no keys, the operator can allow it (ASSAY_ALLOW_REVEAL=1). The command line takes --reveal.',
  },
  'not-found': {
    status: 404,
    title: 'There is nothing at this address',
    meaning: 'The address is none of this server’s. Its addresses are listed in /docs.',
  },
  'inspection-not-found': {
    status: 404,
    title: 'There is no such report',
    meaning: 'The report was deleted, or its time was up, or it never existed. Inspect the file again.',
  },
  'picture-not-found': {
    status: 404,
    title: 'There is no such picture',
    meaning:
      'No picture of that name was made of the file: it holds none, it could not be decoded, or this server makes none. GET /v1/inspections/<id>/pictures says which there are, and why others are not.',
  },
  'crjson-not-found': {
    status: 404,
    title: 'There is no crJSON of this file',
    meaning:
      'The member “detail” says why. crJSON is made at the inspection, of Content Credentials inside the file.',
  },
  'evidence-not-found': {
    status: 404,
    title: 'There is no field-by-field evidence of this file',
    meaning:
      'It is kept beside the Report at the inspection. The file could not be read, or an older version of Assay inspected it.',
  },
  'rulebook-not-found': {
    status: 404,
    title: 'There is no such rulebook',
    meaning: 'The id is none of those that GET /v1/rulebooks lists.',
  },
  'webhook-not-found': {
    status: 404,
    title: 'There is no such webhook',
    meaning: 'It was deleted, or it never existed. GET /v1/webhooks lists those there are.',
  },
  'share-not-found': {
    status: 404,
    title: 'This link leads to no report',
    meaning: 'The link is unknown here, was revoked, or its time is up. Ask whoever sent it for another one.',
  },
  'method-not-allowed': {
    status: 405,
    title: 'This address does not take that method',
    meaning: 'The header “Allow” lists the methods that this address takes.',
  },
  'key-not-found': {
    status: 404,
    title: 'There is no such key',
    meaning: 'The id is none of those that GET /v1/keys lists.',
  },
  'request-timeout': {
    status: 408,
    title: 'The request took too long to arrive',
    meaning: 'The request did not come in whole within the time this server waits. Send it again.',
  },
  'too-many-webhooks': {
    status: 409,
    title: 'There are as many webhooks as there may be',
    meaning: 'Delete one that is no longer needed, or change its address.',
  },
  'too-many-shares': {
    status: 409,
    title: 'There are as many links as there may be',
    meaning: 'Revoke a link to this report that is no longer needed.',
  },
  'webhook-disabled': {
    status: 409,
    title: 'The webhook is disabled',
    meaning: 'Nothing is sent to it. Enable it first: PATCH with “enabled”: true.',
  },
  'secret-not-opened': {
    status: 409,
    title: 'The webhook’s secret cannot be opened',
    meaning:
      'It was encrypted under a key that this server does not have. POST /v1/webhooks/{id}/secret makes a new one.',
  },
  'length-required': {
    status: 411,
    title: 'The length of the body is not known',
    meaning: 'This key may send so many bytes a day, so each upload says its “Content-Length”.',
  },
  'too-large': {
    status: 413,
    title: 'The file is too large',
    meaning:
      'The upload is larger than this server takes. The command line (assay inspect) reads larger files.',
  },
  'unsupported-media-type': {
    status: 415,
    title: 'This kind of body is not taken here',
    meaning:
      'Files come as a form sends them: multipart/form-data with the file in the field “file”. Other bodies are application/json.',
  },
  'host-not-allowed': {
    status: 421,
    title: 'This server does not go by that name',
    meaning:
      'The header “Host” is none of the names this server answers to. ASSAY_ALLOWED_HOSTS and ASSAY_PUBLIC_URL name them.',
  },
  'too-many-requests': {
    status: 429,
    title: 'Too many requests',
    meaning:
      'This key, or this address without one, asked more often than it may in a minute. Try again after “Retry-After”.',
  },
  'too-many-uploads': {
    status: 429,
    title: 'Too many uploads of this key at once',
    meaning: 'As many uploads as one key may have are under way. Wait for one to end.',
  },
  'quota-used-up': {
    status: 429,
    title: 'This key has used up its day',
    meaning:
      'The key may send no more today (UTC): “RateLimit” says what is left of each amount, “Retry-After” when the day ends.',
  },
  'too-many-streams': {
    status: 503,
    title: 'Too many streams of events are open',
    meaning: 'Ask the inspection or batch itself, or try again after “Retry-After”.',
  },
  'too-many-attempts': {
    status: 429,
    title: 'Too many keys that do not hold',
    meaning:
      'Keys that do not hold were sent from this address, or with this key’s id, too often. A key that holds is let in all the same. Try again after “Retry-After”.',
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
  'pdf-failed': {
    status: 500,
    title: 'The PDF could not be made',
    meaning: 'Neither a browser nor the library set it. The same report is there as JSON and as a page.',
  },
  'pdf-busy': {
    status: 503,
    title: 'Too many PDFs are being made',
    meaning: 'They are made one after another. Ask again after “Retry-After”.',
  },
  unavailable: {
    status: 503,
    title: 'This server is busy',
    meaning:
      'All places for uploads are taken, or the server is shutting down. Try again after “Retry-After”.',
  },
  'not-finished': {
    status: 409,
    title: 'The inspection is not done',
    meaning: 'It waits, is under way, failed or was cancelled. What is asked for takes a Report.',
  },
  'precondition-failed': {
    status: 412,
    title: 'It was changed since it was read',
    meaning:
      'The header “If-Match” names a state that it is no longer in, so nothing was done. Read it again, and decide anew.',
  },
  'asset-gone': {
    status: 409,
    title: 'The file is no longer here',
    meaning:
      'What is asked for takes the file itself, and it is no longer kept. Send the file again, or have the operator keep uploads (ASSAY_KEEP_UPLOADS_HOURS; of inspections that failed, ASSAY_FAILED_UPLOAD_HOURS).',
  },
  'not-failed': {
    status: 409,
    title: 'The inspection has not failed',
    meaning:
      'It waits, is under way, is done or was cancelled. Only one that failed can be tried again; one that is done can be rechecked.',
  },
  'idempotency-key-bad': {
    status: 400,
    title: 'The header “Idempotency-Key” cannot be used',
    meaning:
      'It takes 1 to 255 printable ASCII characters, with or without quotation marks around them. A UUID serves well.',
  },
  'idempotency-in-progress': {
    status: 409,
    title: 'The first request with this key is under way',
    meaning:
      'A request with this “Idempotency-Key” came before and has no answer yet. Ask again after “Retry-After”.',
  },
  'idempotency-gone': {
    status: 410,
    title: 'What this key made is no longer here',
    meaning:
      'The first request with this “Idempotency-Key” was answered, and what it made was deleted since. To make it again, take another key.',
  },
  'idempotency-key-reused': {
    status: 422,
    title: 'This key stands for another request',
    meaning:
      'The “Idempotency-Key” was sent before with another address or body. Each request takes a key of its own.',
  },
  'batch-not-found': {
    status: 404,
    title: 'There is no such batch',
    meaning:
      'It was deleted, or its time was up, or it never existed. GET /v1/batches lists those there are.',
  },
  'upload-bad': {
    status: 400,
    title: 'The request breaks the rules of tus',
    meaning:
      'A header that tus 1.0 asks for is missing or has a value that cannot be used. https://tus.io/protocols/resumable-upload says them.',
  },
  'upload-not-found': {
    status: 404,
    title: 'There is no such upload',
    meaning:
      'It was made an inspection, or deleted, or its time was up, or it never existed. Begin another with POST /v1/uploads.',
  },
  'upload-offset-conflict': {
    status: 409,
    title: 'The upload does not stand there',
    meaning:
      '“Upload-Offset” is not how many bytes have arrived. Ask with HEAD, and go on from what it says.',
  },
  'upload-unfinished': {
    status: 409,
    title: 'The upload is not whole yet',
    meaning: 'Bytes of it are missing, or its length was not said. Send the rest first.',
  },
  'upload-taken': {
    status: 409,
    title: 'The upload is being made an inspection',
    meaning: 'Another request took it. Each upload makes one inspection.',
  },
  'tus-version': {
    status: 412,
    title: 'This version of tus is not spoken here',
    meaning: 'Requests for uploads say “Tus-Resumable: 1.0.0”.',
  },
  'too-many-open-uploads': {
    status: 429,
    title: 'There are as many uploads as there may be',
    meaning:
      'Those that no inspection has taken yet are bounded in number (ASSAY_INCOMING_UPLOADS) and bytes (ASSAY_INCOMING_BYTES). Use or delete some, or let their time run out.',
  },
  'storage-full': {
    status: 507,
    title: 'There is no room to store the upload',
    meaning: 'The disk of this server is full. Its operator has to make room.',
  },
  'storage-unavailable': {
    status: 503,
    title: 'This server cannot reach what it keeps',
    meaning:
      'Its database does not answer, or its disk takes nothing. What it accepted before is kept. Try again after “Retry-After”.',
  },
  'quota-full': {
    status: 507,
    title: 'This server keeps no more',
    meaning:
      'What its operator lets it keep (ASSAY_DATA_QUOTA) is used up. Older reports make room when their time is up or somebody deletes them.',
  },
} as const satisfies Record<string, ProblemRow>;

export type ProblemCode = keyof typeof PROBLEMS;
export const PROBLEM_CODES = Object.keys(PROBLEMS) as ProblemCode[];

export function isProblemCode(code: string): code is ProblemCode {
  return Object.hasOwn(PROBLEMS, code);
}
