// Made from openapi.yaml by scripts/generate.js; not to be edited.

export interface Operations {
  /**
   * Send what follows of an upload
   */
  appendToUpload: {
    path: {
      id: string;
    };
    headers: {
      'Tus-Resumable': '1.0.0';
      /**
       * Where these bytes begin: what `HEAD` said last.
       */
      'Upload-Offset': number;
      /**
       * Where it was not said yet.
       */
      'Upload-Length'?: number;
      /**
       * The client’s own id of the request: the answer, the problem, the audit log and the server’s log bear it. One that is longer or has other characters is left aside, and the server makes one.
       */
      'X-Request-Id'?: string;
    };
    body: Blob;
    answers: {
      '204': {};
    };
  };
  /**
   * Cancel what is left of a batch
   */
  cancelBatch: {
    path: {
      id: string;
    };
    headers?: {
      /**
       * The client’s own id of the request: the answer, the problem, the audit log and the server’s log bear it. One that is longer or has other characters is left aside, and the server makes one.
       */
      'X-Request-Id'?: string;
    };
    answers: {
      '200': {
        'application/json': Batch;
      };
    };
  };
  /**
   * Inspect many files
   */
  createBatch: {
    query?: {
      /**
       * Kinds of personal data to show, separated by commas: location, serial, names. Left out: all are masked. Only with a key that has the scope “reveal”; without keys where the operator allows it.
       */
      reveal?: string;
      /**
       * The day the rules are asked about, as YYYY-MM-DD; here or in the body, not in both.
       */
      asOf?: string;
      /**
       * Rulebook ids, separated by commas; those that the body names are added.
       */
      rulebooks?: string;
      /**
       * Only rulebooks of these, separated by commas; `US` takes in its states. Those that the body names are added.
       */
      jurisdiction?: string;
      /**
       * Only clauses that bind one of these, separated by commas; those that the body names are added.
       */
      role?: string;
      /**
       * `true`: look at the decoded pixels too; here or in the body, not in both.
       */
      deep?: string;
    };
    headers?: {
      /**
       * A word of the client’s own for this request, as a UUID: 1 to 255 printable ASCII characters, known for a day to this key of the API. Sent again, the request has no second effect, and is answered with what the first one made (`Idempotency-Replayed`). Errors are not kept: after one the same key begins anew.
       */
      'Idempotency-Key'?: string;
      /**
       * The client’s own id of the request: the answer, the problem, the audit log and the server’s log bear it. One that is longer or has other characters is left aside, and the server makes one.
       */
      'X-Request-Id'?: string;
    };
    body: {
      /**
       * The day the rules are asked about, as YYYY-MM-DD. Left out: today, UTC.
       */
      asOf?: string;
      /**
       * Rulebook ids. Left out: all. A list, or one text with commas.
       */
      rulebooks?: string | string[];
      /**
       * Only rulebooks of these; `US` takes in its states. Left out: all. A list, or one text with commas.
       */
      jurisdiction?: string | string[];
      /**
       * Only clauses that bind one of these. Left out: all. A list, or one text with commas.
       */
      role?: string | string[];
      /**
       * Look at the decoded pixels too. Left out: false.
       */
      deep?: boolean;
      /**
       * The desk’s own word for the story.
       */
      caseRef?: string;
      /**
       * Words to find it by. A list, or one text with commas.
       */
      tags?: string | string[];
      /**
       * The files; all are asked the same.
       *
       * @minItems 1
       * @maxItems 1000
       */
      items: (
        | {
            /**
             * Id of an upload that is whole. It is used up.
             */
            upload: string;
            /**
             * Id of an upload with its C2PA manifest store.
             */
            sidecar?: string;
          }
        | {
            /**
             * Whole path of a file on the server, under a folder that its operator named (ASSAY_ALLOWED_PATHS). It stays as it is and where it is.
             */
            path: string;
          }
      )[];
    };
    answers: {
      '202': {
        'application/json': Batch;
      };
    };
  };
  /**
   * Inspect a file
   */
  createInspection: {
    query?: {
      /**
       * Kinds of personal data to show, separated by commas: location, serial, names. Left out: all are masked. Only with a key that has the scope “reveal”; without keys where the operator allows it.
       */
      reveal?: string;
      /**
       * The day the rules are asked about, as YYYY-MM-DD; here or in the body, not in both.
       */
      asOf?: string;
      /**
       * Rulebook ids, separated by commas; those that the body names are added.
       */
      rulebooks?: string;
      /**
       * Only rulebooks of these, separated by commas; `US` takes in its states. Those that the body names are added.
       */
      jurisdiction?: string;
      /**
       * Only clauses that bind one of these, separated by commas; those that the body names are added.
       */
      role?: string;
      /**
       * `true`: look at the decoded pixels too; here or in the body, not in both.
       */
      deep?: string;
      /**
       * Language of the sentences and statements: en, zh-Hans. Left out: English.
       */
      lang?: string;
    };
    headers?: {
      /**
       * A word of the client’s own for this request, as a UUID: 1 to 255 printable ASCII characters, known for a day to this key of the API. Sent again, the request has no second effect, and is answered with what the first one made (`Idempotency-Replayed`). Errors are not kept: after one the same key begins anew.
       */
      'Idempotency-Key'?: string;
      /**
       * The client’s own id of the request: the answer, the problem, the audit log and the server’s log bear it. One that is longer or has other characters is left aside, and the server makes one.
       */
      'X-Request-Id'?: string;
    };
    body:
      | {
          /**
           * Exactly one photo, video or sound file.
           */
          file: Blob;
          /**
           * A C2PA manifest store (.c2pa) that is kept elsewhere; the file is validated against it. File and sidecar together may be as large as one file.
           */
          sidecar?: Blob;
          /**
           * The day the rules are asked about. Left out: today, UTC.
           */
          asOf?: string;
          /**
           * Rulebook ids, separated by commas. Left out: all.
           */
          rulebooks?: string;
          /**
           * Only rulebooks of these, separated by commas; `US` takes in its states. Left out: all.
           */
          jurisdiction?: string;
          /**
           * Only clauses that bind one of these, separated by commas: provider, deployer, platform, user, device-maker. Left out: all.
           */
          role?: string;
          /**
           * Look at the decoded pixels too: hidden text, watermarks, the stored thumbnail. Left out: false.
           */
          deep?: 'true' | 'false';
          /**
           * The desk’s own word for the story.
           */
          caseRef?: string;
          /**
           * Words to find it by, separated by commas.
           */
          tags?: string;
        }
      | {
          /**
           * The day the rules are asked about, as YYYY-MM-DD. Left out: today, UTC.
           */
          asOf?: string;
          /**
           * Rulebook ids. Left out: all. A list, or one text with commas.
           */
          rulebooks?: string | string[];
          /**
           * Only rulebooks of these; `US` takes in its states. Left out: all. A list, or one text with commas.
           */
          jurisdiction?: string | string[];
          /**
           * Only clauses that bind one of these. Left out: all. A list, or one text with commas.
           */
          role?: string | string[];
          /**
           * Look at the decoded pixels too. Left out: false.
           */
          deep?: boolean;
          /**
           * The desk’s own word for the story.
           */
          caseRef?: string;
          /**
           * Words to find it by. A list, or one text with commas.
           */
          tags?: string | string[];
          /**
           * Id of an upload that is whole. It is used up.
           */
          upload: string;
          /**
           * Id of an upload that holds its C2PA manifest store (.c2pa).
           */
          sidecar?: string;
        };
    answers: {
      '201': {
        'application/json': Report;
      };
      '202': {
        'application/json': Inspection;
      };
    };
  };
  /**
   * Make a key
   */
  createKey: {
    headers?: {
      /**
       * The client’s own id of the request: the answer, the problem, the audit log and the server’s log bear it. One that is longer or has other characters is left aside, and the server makes one.
       */
      'X-Request-Id'?: string;
    };
    body: {
      name: string;
      /**
       * `inspect`: send files, and delete or change what was made of them; `read`: read reports and lists of them; `reveal`: ask for personal data that is masked otherwise, and read what was revealed; `admin`: keys, webhooks and the audit log of its tenant, and figures of the whole service; `metrics`: figures of the whole service (/metrics) and nothing else, for what collects them
       *
       * @minItems 1
       * @maxItems 5
       */
      scopes: ('inspect' | 'read' | 'reveal' | 'admin' | 'metrics')[];
      /**
       * RFC 3339, UTC.
       */
      expiresAt?: string;
      /**
       * What is asked where the client names nothing.
       */
      defaults?: {
        /**
         * @minItems 1
         * @maxItems 50
         */
        jurisdictions?: string[];
        /**
         * @minItems 1
         * @maxItems 5
         */
        roles?: ('provider' | 'deployer' | 'platform' | 'user' | 'device-maker')[];
        /**
         * @minItems 1
         * @maxItems 50
         */
        rulebooks?: string[];
      };
      /**
       * Left out: the service’s own.
       */
      limits?: {
        requestsPerMinute?: number;
        dailyInspections?: number;
        dailyBytes?: number;
      };
    };
    answers: {
      '201': {
        'application/json': {
          /**
           * The key itself. It is shown this once; only a digest is kept.
           */
          key: string;
          id: string;
          name: string;
          /**
           * `inspect`: send files, and delete or change what was made of them; `read`: read reports and lists of them; `reveal`: ask for personal data that is masked otherwise, and read what was revealed; `admin`: keys, webhooks and the audit log of its tenant, and figures of the whole service; `metrics`: figures of the whole service (/metrics) and nothing else, for what collects them
           *
           * @minItems 1
           * @maxItems 5
           */
          scopes: ('inspect' | 'read' | 'reveal' | 'admin' | 'metrics')[];
          /**
           * What is asked where the client names nothing.
           */
          defaults: {
            /**
             * @minItems 1
             * @maxItems 50
             */
            jurisdictions?: string[];
            /**
             * @minItems 1
             * @maxItems 5
             */
            roles?: ('provider' | 'deployer' | 'platform' | 'user' | 'device-maker')[];
            /**
             * @minItems 1
             * @maxItems 50
             */
            rulebooks?: string[];
          };
          /**
           * Left out: the service’s own.
           */
          limits: {
            requestsPerMinute?: number;
            dailyInspections?: number;
            dailyBytes?: number;
          };
          /**
           * RFC 3339, UTC.
           */
          createdAt: string;
          /**
           * Name of the key that made it.
           */
          createdBy?: string;
          /**
           * RFC 3339, UTC.
           */
          expiresAt?: string;
          /**
           * RFC 3339, UTC.
           */
          revokedAt?: string;
          /**
           * To the minute.
           */
          lastUsedAt?: string;
          [k: string]: unknown;
        };
      };
    };
  };
  /**
   * Make a link to a report
   */
  createShare: {
    path: {
      /**
       * As in the `Location` of the upload’s answer.
       */
      id: string;
    };
    headers?: {
      /**
       * The client’s own id of the request: the answer, the problem, the audit log and the server’s log bear it. One that is longer or has other characters is left aside, and the server makes one.
       */
      'X-Request-Id'?: string;
    };
    body: {
      /**
       * Left out: 7.
       */
      expiresInDays?: number;
      /**
       * Show the notes that stand there now as well. Left out: false.
       */
      notes?: boolean;
      /**
       * Show the small pictures that are kept with the report as well. Left out: false.
       */
      pictures?: boolean;
      /**
       * The link opens in it. Left out: in the language that its reader’s browser asks for.
       */
      lang?: 'en' | 'zh-Hans';
    };
    answers: {
      '201': {
        'application/json': {
          /**
           * The link. It is shown this once; only a digest is kept.
           */
          url: string;
          id: string;
          /**
           * RFC 3339, UTC.
           */
          createdAt: string;
          /**
           * Name of the key that made it.
           */
          createdBy: string;
          /**
           * RFC 3339, UTC. Never later than the report itself.
           */
          expiresAt: string;
          /**
           * Whether notes that stood there when it was made are shown.
           */
          notes: boolean;
          /**
           * Whether the small pictures kept with the report are shown.
           */
          pictures: boolean;
          [k: string]: unknown;
        };
      };
    };
  };
  /**
   * Begin an upload that can be resumed
   */
  createUpload: {
    headers: {
      'Tus-Resumable': '1.0.0';
      /**
       * Bytes of the whole file.
       */
      'Upload-Length'?: number;
      /**
       * In place of `Upload-Length`: it will be said later.
       */
      'Upload-Defer-Length'?: '1';
      /**
       * Pairs of a name and a value in Base64, separated by commas.
       */
      'Upload-Metadata'?: string;
      /**
       * A word of the client’s own for this request, as a UUID: 1 to 255 printable ASCII characters, known for a day to this key of the API. Sent again, the request has no second effect, and is answered with what the first one made (`Idempotency-Replayed`). Errors are not kept: after one the same key begins anew.
       */
      'Idempotency-Key'?: string;
      /**
       * The client’s own id of the request: the answer, the problem, the audit log and the server’s log bear it. One that is longer or has other characters is left aside, and the server makes one.
       */
      'X-Request-Id'?: string;
    };
    body: Blob;
    answers: {
      '201': {};
    };
  };
  /**
   * Be told when something is done
   */
  createWebhook: {
    headers?: {
      /**
       * A word of the client’s own for this request, as a UUID: 1 to 255 printable ASCII characters, known for a day to this key of the API. Sent again, the request has no second effect, and is answered with what the first one made (`Idempotency-Replayed`). Errors are not kept: after one the same key begins anew.
       */
      'Idempotency-Key'?: string;
      /**
       * The client’s own id of the request: the answer, the problem, the audit log and the server’s log bear it. One that is longer or has other characters is left aside, and the server makes one.
       */
      'X-Request-Id'?: string;
    };
    body: {
      /**
       * https, and a public address; the operator can allow others (ASSAY_WEBHOOK_ALLOWED_HOSTS).
       */
      url: string;
      /**
       * What to be told of. Empty or left out: everything.
       *
       * @maxItems 4
       */
      events?: ('inspection.done' | 'inspection.failed' | 'inspection.superseded' | 'batch.done')[];
      /**
       * For people.
       */
      description?: string;
    };
    answers: {
      '201': {
        'application/json': {
          id: string;
          /**
           * https, and a public address; the operator can allow others (ASSAY_WEBHOOK_ALLOWED_HOSTS).
           */
          url: string;
          /**
           * What to be told of. Empty or left out: everything.
           *
           * @maxItems 4
           */
          events: ('inspection.done' | 'inspection.failed' | 'inspection.superseded' | 'batch.done')[];
          /**
           * For people.
           */
          description?: string;
          /**
           * RFC 3339, UTC.
           */
          createdAt: string;
          enabled: boolean;
          disabled?: {
            /**
             * RFC 3339, UTC.
             */
            at: string;
            /**
             * `gone`: it answered 410. `asked`: by PATCH.
             */
            because: 'gone' | 'asked';
            [k: string]: unknown;
          };
          /**
           * Only where no key of this server opens its secret: nothing can be signed, and messages wait. `POST /v1/webhooks/{id}/secret` makes a new one, and they are sent.
           */
          secretFault?: 'secret.notOpened';
          /**
           * Shown this once. Begins with `whsec_`.
           */
          secret: string;
          [k: string]: unknown;
        };
      };
    };
  };
  /**
   * Delete a batch with all of its inspections
   */
  deleteBatch: {
    path: {
      id: string;
    };
    headers?: {
      /**
       * An `ETag` that a read of it gave, in whichever form, or several. Where it was changed meanwhile, nothing is done and the answer is 412.
       */
      'If-Match'?: string;
      /**
       * The client’s own id of the request: the answer, the problem, the audit log and the server’s log bear it. One that is longer or has other characters is left aside, and the server makes one.
       */
      'X-Request-Id'?: string;
    };
    answers: {
      '204': {};
    };
  };
  /**
   * Delete an inspection
   */
  deleteInspection: {
    path: {
      /**
       * As in the `Location` of the upload’s answer.
       */
      id: string;
    };
    headers?: {
      /**
       * An `ETag` that a read of it gave, in whichever form, or several. Where it was changed meanwhile, nothing is done and the answer is 412.
       */
      'If-Match'?: string;
      /**
       * The client’s own id of the request: the answer, the problem, the audit log and the server’s log bear it. One that is longer or has other characters is left aside, and the server makes one.
       */
      'X-Request-Id'?: string;
    };
    answers: {
      '204': {};
    };
  };
  /**
   * Give an upload up
   */
  deleteUpload: {
    path: {
      id: string;
    };
    headers: {
      'Tus-Resumable': '1.0.0';
      /**
       * The client’s own id of the request: the answer, the problem, the audit log and the server’s log bear it. One that is longer or has other characters is left aside, and the server makes one.
       */
      'X-Request-Id'?: string;
    };
    answers: {
      '204': {};
    };
  };
  /**
   * Delete a webhook and its deliveries
   */
  deleteWebhook: {
    path: {
      id: string;
    };
    headers?: {
      /**
       * An `ETag` that a read of it gave, in whichever form, or several. Where it was changed meanwhile, nothing is done and the answer is 412.
       */
      'If-Match'?: string;
      /**
       * The client’s own id of the request: the answer, the problem, the audit log and the server’s log bear it. One that is longer or has other characters is left aside, and the server makes one.
       */
      'X-Request-Id'?: string;
    };
    answers: {
      '204': {};
    };
  };
  /**
   * What of tus is spoken here
   */
  describeUploads: {
    headers?: {
      /**
       * The client’s own id of the request: the answer, the problem, the audit log and the server’s log bear it. One that is longer or has other characters is left aside, and the server makes one.
       */
      'X-Request-Id'?: string;
    };
    answers: {
      '204': {};
    };
  };
  /**
   * Read where a batch stands
   */
  getBatch: {
    path: {
      id: string;
    };
    headers?: {
      /**
       * The client’s own id of the request: the answer, the problem, the audit log and the server’s log bear it. One that is longer or has other characters is left aside, and the server makes one.
       */
      'X-Request-Id'?: string;
    };
    answers: {
      '200': {
        'application/json': Batch;
      };
    };
  };
  /**
   * Read what came of each file of a batch
   */
  getBatchResults: {
    path: {
      id: string;
    };
    query?: {
      /**
       * `batchItem` of the last line that arrived. Left out: from the first.
       */
      after?: number;
    };
    headers?: {
      /**
       * The client’s own id of the request: the answer, the problem, the audit log and the server’s log bear it. One that is longer or has other characters is left aside, and the server makes one.
       */
      'X-Request-Id'?: string;
    };
    answers: {
      '200': {
        'application/x-ndjson': string;
      };
    };
  };
  /**
   * Formats, limits, engines, and what this host lacks
   */
  getCapabilities: {
    headers?: {
      /**
       * The client’s own id of the request: the answer, the problem, the audit log and the server’s log bear it. One that is longer or has other characters is left aside, and the server makes one.
       */
      'X-Request-Id'?: string;
    };
    answers: {
      '200': {
        'application/json': {
          version: string;
          /**
           * The Report’s schema.
           */
          report: string;
          /**
           * Told by the bytes, never by the name. Other files are hashed and reported as unrecognised.
           */
          formats: {
            mediaType: string;
            format: string;
            kind: 'image' | 'video' | 'audio' | 'document' | 'other';
            endings: string[];
            /**
             * False where the format is known by name and nothing of such a file is looked into.
             */
            read: boolean;
            /**
             * Whether an official C2PA SDK reads manifests in it.
             */
            contentCredentials: boolean;
            [k: string]: unknown;
          }[];
          limits: {
            uploadBytes: number;
            sidecarBytes: number;
            uploadsAtOnce: number;
            filesReadAtOnce: number;
            [k: string]: unknown;
          };
          engines: {
            name: 'native' | 'wasm';
            version: string;
            sdk: string;
            /**
             * Its binary for this machine is there.
             */
            present: boolean;
            /**
             * What the operator’s choice of engine makes of it.
             */
            used: 'first' | 'on-fault' | 'beside' | 'no';
            [k: string]: unknown;
          }[];
          /**
           * Whether links to reports can be made here.
           */
          shares: boolean;
          rulebooks: (
            | 'cn-av-provisions-2019'
            | 'cn-deep-synthesis-2022'
            | 'cn-labelling-measures-2025'
            | 'cn-gb45438-2025'
            | 'eu-ai-act-art-50'
            | 'eu-code-of-practice-2026'
            | 'us-ca-ai-transparency-act'
            | 'us-wa-hb-1170'
            | 'us-ct-pa-26-15'
            | 'us-ut-13-72c'
            | 'kr-ai-framework-act'
            | 'in-it-rules-2026'
            | 'vn-ai-law-2026'
            | 'iptc-c2pa-practice'
          )[];
          missing: {
            part: string;
            /**
             * What this host cannot do.
             */
            lost: string;
            [k: string]: unknown;
          }[];
          [k: string]: unknown;
        };
      };
    };
  };
  /**
   * Read a kept Report, or where its inspection stands
   */
  getInspection: {
    path: {
      /**
       * As in the `Location` of the upload’s answer.
       */
      id: string;
    };
    query?: {
      /**
       * Language of the sentences and statements: en, zh-Hans. Left out: English.
       */
      lang?: string;
      /**
       * The Report within what the door knows about it.
       */
      envelope?: 'true' | 'false';
    };
    headers?: {
      /**
       * The client’s own id of the request: the answer, the problem, the audit log and the server’s log bear it. One that is longer or has other characters is left aside, and the server makes one.
       */
      'X-Request-Id'?: string;
    };
    answers: {
      '200': {
        'application/json': Report | Inspection;
        'text/html': string;
        'text/csv': string;
        'application/pdf': Blob;
      };
      '202': {
        'application/json': Inspection;
      };
    };
  };
  /**
   * The manifest store in crJSON
   */
  getInspectionCrJson: {
    path: {
      /**
       * As in the `Location` of the upload’s answer.
       */
      id: string;
    };
    headers?: {
      /**
       * The client’s own id of the request: the answer, the problem, the audit log and the server’s log bear it. One that is longer or has other characters is left aside, and the server makes one.
       */
      'X-Request-Id'?: string;
    };
    answers: {
      '200': {
        'application/json': {
          [k: string]: unknown;
        };
      };
    };
  };
  /**
   * The file’s metadata, field by field
   */
  getInspectionEvidence: {
    path: {
      /**
       * As in the `Location` of the upload’s answer.
       */
      id: string;
    };
    headers?: {
      /**
       * The client’s own id of the request: the answer, the problem, the audit log and the server’s log bear it. One that is longer or has other characters is left aside, and the server makes one.
       */
      'X-Request-Id'?: string;
    };
    answers: {
      '200': {
        'application/json': Evidence;
      };
    };
  };
  /**
   * A kept Report as a page in one file
   */
  getInspectionHtml: {
    path: {
      /**
       * As in the `Location` of the upload’s answer.
       */
      id: string;
    };
    query?: {
      /**
       * Language of the sentences and statements: en, zh-Hans. Left out: English.
       */
      lang?: string;
    };
    headers?: {
      /**
       * The client’s own id of the request: the answer, the problem, the audit log and the server’s log bear it. One that is longer or has other characters is left aside, and the server makes one.
       */
      'X-Request-Id'?: string;
    };
    answers: {
      '200': {
        'text/html': string;
      };
    };
  };
  /**
   * A kept Report as a file
   */
  getInspectionJson: {
    path: {
      /**
       * As in the `Location` of the upload’s answer.
       */
      id: string;
    };
    query?: {
      /**
       * Language of the sentences and statements: en, zh-Hans. Left out: English.
       */
      lang?: string;
    };
    headers?: {
      /**
       * The client’s own id of the request: the answer, the problem, the audit log and the server’s log bear it. One that is longer or has other characters is left aside, and the server makes one.
       */
      'X-Request-Id'?: string;
    };
    answers: {
      '200': {
        /**
         * What one file declares about its origin (assay.report/1).
         */
        'application/json': {
          schema: 'assay.report/1';
          asset: {
            /**
             * Base name; never a path.
             */
            name: string;
            bytes: number;
            sha256: string;
            /**
             * From the bytes, never from the name. `application/octet-stream` where unknown.
             */
            mediaType: string;
            /**
             * The format’s usual name, as `JPEG` or `Canon CR3`.
             */
            format: string;
            kind: 'image' | 'video' | 'audio' | 'document' | 'other';
            /**
             * What the client or the name’s ending said.
             */
            declaredMediaType?: string;
            /**
             * Facts of the picture or of the sound and video streams, where they were read.
             */
            streams?: {
              /**
               * As the container names itself.
               */
              container?: string;
              durationSeconds?: number;
              tracks: {
                kind: 'image' | 'video' | 'audio' | 'subtitle' | 'other';
                /**
                 * As the file names it.
                 */
                codec?: string;
                /**
                 * Pixels.
                 */
                width?: number;
                /**
                 * Pixels.
                 */
                height?: number;
                sampleRateHertz?: number;
                channels?: number;
              }[];
            };
            /**
             * Dates the file gives itself, outside the Content Credentials. Nothing proves them, and no rule is asked about them.
             */
            claimedDates?: {
              /**
               * What the field is called.
               */
              name: string;
              /**
               * As written; most carry no time zone.
               */
              value: string;
              carrier:
                | 'c2pa'
                | 'xmp'
                | 'exif'
                | 'iptcIim'
                | 'pngText'
                | 'comment'
                | 'privateChunk'
                | 'seft'
                | 'id3'
                | 'apeTags'
                | 'vorbisComment'
                | 'riffInfo'
                | 'broadcastWave'
                | 'bmffMeta'
                | 'matroskaTags'
                | 'flvMeta'
                | 'sei'
                | 'jpegCoding'
                | 'streams'
                | 'parts'
                | 'stealthText'
                | 'pixelProof'
                | 'pixelWatermark'
                | 'thumbnail'
                | 'file';
              /**
               * Where it stands.
               */
              place: string;
              /**
               * Bytes from the start of the file.
               */
              offset?: number;
            }[];
            /**
             * Only where the file holds more than one asset.
             */
            parts?: {
              kind:
                | 'primary'
                | 'mpf-image'
                | 'gain-map'
                | 'motion-video'
                | 'trailing-data'
                | 'attachment'
                | 'cover-picture'
                | 'embedded-picture';
              /**
               * Decided from the part’s bytes.
               */
              mediaType?: string;
              /**
               * Bytes from the start of the file.
               */
              offset: number;
              bytes: number;
              /**
               * What names this part in the file.
               */
              place: string;
              /**
               * Whether the active manifest’s hard binding covers this part and matches.
               */
              signed: 'covered' | 'not-covered' | 'unknown' | 'no-signature';
            }[];
          };
          summary: {
            /**
             * What the file declares; not what it is. `none`: looked everywhere, and nothing decides. `unknown`: nothing was found, and a part was not looked into.
             */
            origin:
              'ai-generated' | 'ai-edited' | 'captured' | 'other' | 'contradictory' | 'none' | 'unknown';
            backing?: 'trusted' | 'valid' | 'unsigned' | 'inferred' | 'invalid';
            /**
             * What the Content Credentials declare, followed through their ingredients: a fact of `sentence`.
             */
            declared?: {
              origin: 'ai-generated' | 'ai-edited' | 'captured' | 'other';
              backing: 'trusted' | 'valid' | 'unsigned' | 'inferred' | 'invalid';
              /**
               * The digital source type that decided it.
               */
              term?: string;
              /**
               * Where in the history it is said: of this file, of an earlier version, of a part.
               */
              where: 'this' | 'ancestor' | 'component';
              /**
               * A capture that was edited afterwards is `other`.
               */
              editedAfterCapture: boolean;
              /**
               * The signer’s own words, where no digital source type says it.
               */
              said?: string;
              /**
               * Claim generator or software agent of the manifest that says it.
               */
              agent?: string;
              /**
               * The software agent that the statement’s own action names.
               */
              tool?: string;
              /**
               * Label of the manifest that says it; left out where it is the active one.
               */
              manifest?: string;
              /**
               * Whether who signed the active manifest signed that one too: by certificates, never by a name alone. Left out where it is the active one.
               */
              signedBy?: 'same' | 'another';
              /**
               * Of an `ancestor`: whether an action that changes what is perceived was recorded after it. Where none was, the statement holds of this file.
               */
              edited?: boolean;
              /**
               * Of an `ancestor`: the actions recorded after it, each kind once, in order, at most 16. `c2pa.edited (visible watermark)` where the signer’s own words say that the edit was that alone; it does not count as `edited`.
               */
              followedBy?: string[];
            };
            /**
             * One to three short sentences built from facts.
             */
            sentence: string;
            /**
             * What the texts beside it say, as ids of the catalogues and what goes into their places: the same in every language.
             */
            said?: {
              /**
               * @maxItems 64
               */
              sentence: Said[];
            };
            /**
             * How far the file was looked into. What is only looked at when asked (`--deep`) does not count.
             */
            coverage: {
              /**
               * `complete`: every carrier that can hold a label in this format was read to its end. `nothing`: none of them was read.
               */
              state: 'complete' | 'partial' | 'nothing';
              /**
               * Carriers in which a label would have been missed, in part or whole.
               */
              unread: {
                carrier:
                  | 'c2pa'
                  | 'xmp'
                  | 'exif'
                  | 'iptcIim'
                  | 'pngText'
                  | 'comment'
                  | 'privateChunk'
                  | 'seft'
                  | 'id3'
                  | 'apeTags'
                  | 'vorbisComment'
                  | 'riffInfo'
                  | 'broadcastWave'
                  | 'bmffMeta'
                  | 'matroskaTags'
                  | 'flvMeta'
                  | 'sei'
                  | 'jpegCoding'
                  | 'streams'
                  | 'parts'
                  | 'stealthText'
                  | 'pixelProof'
                  | 'pixelWatermark'
                  | 'thumbnail';
                /**
                 * As in `reads`.
                 */
                code?: string;
                /**
                 * What goes into the places: each a text, a number, something said within it, or a list of these.
                 */
                params?: {
                  [k: string]: unknown;
                };
                /**
                 * As in `reads`.
                 */
                reason?: string;
              }[];
            };
          };
          contentCredentials: {
            presence: 'present' | 'absent' | 'unreadable' | 'remote' | 'unsupported';
            /**
             * Of the active manifest alone. Left out when absent.
             */
            integrity?: 'intact' | 'altered' | 'undetermined';
            /**
             * Status codes, or a word where no code speaks, that decided it.
             */
            integrityCauses?: string[];
            ingredientIntegrity?: 'intact' | 'altered' | 'undetermined';
            /**
             * Of `intact`: status codes of faults of form, as `claim.malformed` for a label, beside a signature, hashes and a binding that hold.
             */
            formFaults?: string[];
            /**
             * Inert text; never fetched.
             */
            remoteUrl?: string;
            /**
             * Why certificates, claims or timestamps could not be read from the file’s own bytes.
             */
            bytesFault?: string;
            /**
             * What `bytesFault` leaves open; all else is known. `signer`: on which list the signer stands; `time`: when it was signed; `binding`: what the hash leaves out; `claims`: what the C2PA rubric reads; `statements`: what the active manifest states; `backing`: whether signers are vouched for.
             */
            bytesFaultMissing?: ('signer' | 'time' | 'binding' | 'claims' | 'statements' | 'backing')[];
            engine?: {
              name: 'native' | 'wasm';
              version: string;
              sdk: string;
            };
            /**
             * Label.
             */
            activeManifest?: string;
            /**
             * The manifest store came from a file of its own.
             */
            sidecar?: boolean;
            secondOpinion?: {
              engine: {
                name: 'native' | 'wasm';
                version: string;
                sdk: string;
              };
              agrees: boolean;
              /**
               * `-` only the first engine gave it, `+` only the second.
               */
              differences: string[];
              /**
               * What the codes of the second engine alone come to.
               */
              integrity?: 'intact' | 'altered' | 'undetermined';
            };
            /**
             * Of `altered`: why the engine that says it is the only one that does. Left out where the other was asked and answered.
             */
            saidAlone?: string;
            /**
             * What the texts beside it say, as ids of the catalogues and what goes into their places: the same in every language.
             */
            said?: {
              bytesFault?: Said;
              saidAlone?: Said;
            };
            signer?: {
              /**
               * Organisation in the certificate’s subject, else its common name.
               */
              name?: string;
              /**
               * Common name in the certificate’s subject.
               */
              commonName?: string;
              /**
               * The certification authority, where the certificate itself was read.
               */
              issuer?: string;
              /**
               * Of its certificate. `[serial number: masked]` unless revealed.
               */
              serial?: string;
              /**
               * `not-checked`: no list is installed, or the chain could not be checked.
               */
              trust: 'official' | 'interim' | 'private' | 'unlisted' | 'not-checked';
              /**
               * Why it is unlisted or was not checked.
               */
              trustReason?: string;
              /**
               * The list that `trust` speaks of.
               */
              list?: string;
              /**
               * What the texts beside it say, as ids of the catalogues and what goes into their places: the same in every language.
               */
              said?: {
                trustReason?: Said;
                list?: Said;
              };
              /**
               * The product that the signer’s certificate name stands for, where that list is installed.
               */
              conformance?: {
                /**
                 * Name of the record in the conforming products list.
                 */
                product: string;
                /**
                 * As the record gives it.
                 */
                assuranceLevel?: string;
                /**
                 * As the record gives it.
                 */
                status?: string;
                /**
                 * Signals that this manifest raises although the record disallows them.
                 */
                disallowed: string[];
              };
              /**
               * An issuer is on the list, or the certificate itself.
               */
              through?: 'anchor' | 'allowed';
              /**
               * Issue date of the list that `trust` speaks of.
               */
              listDate?: string;
              /**
               * The signer’s own first, each issued by the next; up to the anchor where a list has one.
               */
              certificates?: {
                /**
                 * Common name, else organisation, of whom it is for.
                 */
                subject?: string;
                /**
                 * The same of who issued it.
                 */
                issuer?: string;
                /**
                 * Decimal digits. Of the signer’s own: `[serial number: masked]` unless revealed.
                 */
                serial: string;
                /**
                 * RFC 3339.
                 */
                from: string;
                /**
                 * RFC 3339.
                 */
                until: string;
                /**
                 * Of its DER, lower-case hexadecimal. Of the signer’s own: masked as its serial number.
                 */
                sha256: string;
                /**
                 * Where it stands: in the signature, or on the list alone.
                 */
                source: 'file' | 'list';
              }[];
            };
            time?: {
              /**
               * Time in the attached timestamp, RFC 3339.
               */
              timestamp?: string;
              /**
               * Why an attached timestamp gives no time: it does not fit the signature, or could not be read or checked.
               */
              timestampReason?: string;
              /**
               * Name in the timestamp authority’s certificate.
               */
              authority?: string;
              /**
               * Against lists of timestamp authorities only.
               */
              authorityTrust: 'official' | 'interim' | 'private' | 'unlisted' | 'not-checked';
              /**
               * The list that `authorityTrust` speaks of, with its date.
               */
              authorityList?: string;
              /**
               * What the texts beside it say, as ids of the catalogues and what goes into their places: the same in every language.
               */
              said?: {
                timestampReason?: Said;
                authorityList?: Said;
              };
              /**
               * The same time where the authority is on a list: then it is proven.
               */
              proven?: string;
              /**
               * Label of the manifest that keeps the timestamp (`c2pa.time-stamp`): the signature was there by then, and may be older. Left out where the signature itself bears it.
               */
              timestampIn?: string;
              /**
               * RFC 3339.
               */
              certificateFrom?: string;
              /**
               * RFC 3339.
               */
              certificateUntil?: string;
              /**
               * The signer’s certificate against the time of use.
               */
              validity: 'inside' | 'expired-without-timestamp' | 'not-yet-valid' | 'outside' | 'unknown';
              revocation: 'not-checked' | 'not-revoked' | 'revoked';
            };
            codes?: {
              active: {
                /**
                 * C2PA or CAWG validation status code, verbatim.
                 */
                code: string;
                kind: 'success' | 'informational' | 'failure';
                /**
                 * JUMBF URI the code speaks of.
                 */
                url?: string;
                /**
                 * The engine’s words.
                 */
                explanation?: string;
              }[];
              ingredients: {
                /**
                 * C2PA or CAWG validation status code, verbatim.
                 */
                code: string;
                kind: 'success' | 'informational' | 'failure';
                /**
                 * JUMBF URI the code speaks of.
                 */
                url?: string;
                /**
                 * The engine’s words.
                 */
                explanation?: string;
              }[];
              cawg: {
                /**
                 * C2PA or CAWG validation status code, verbatim.
                 */
                code: string;
                kind: 'success' | 'informational' | 'failure';
                /**
                 * JUMBF URI the code speaks of.
                 */
                url?: string;
                /**
                 * The engine’s words.
                 */
                explanation?: string;
              }[];
            };
            manifests?: {
              /**
               * JUMBF label.
               */
              label: string;
              active: boolean;
              /**
               * Steps from the active manifest; left out where unreachable.
               */
              depth?: number;
              integrity: 'intact' | 'altered' | 'undetermined';
              /**
               * As written.
               */
              claimGenerator?: string;
              claimVersion?: number;
              /**
               * The file’s words.
               */
              title?: string;
              /**
               * Organisation or common name in its certificate.
               */
              signer?: string;
              trust?: 'official' | 'interim' | 'private' | 'unlisted' | 'not-checked';
              /**
               * Its signer’s certificate against the time of use, where the certificate was read.
               */
              validity?: 'inside' | 'expired-without-timestamp' | 'not-yet-valid' | 'outside' | 'unknown';
              /**
               * An answer says that its certificate was revoked.
               */
              revoked?: boolean;
              /**
               * Time of its timestamp, RFC 3339.
               */
              time?: string;
              /**
               * The same where the timestamp’s authority is on a list.
               */
              proven?: string;
              /**
               * Label of the manifest that keeps that timestamp (`c2pa.time-stamp`): the signature was there by then, and may be older. Left out where the signature itself bears it.
               */
              provenIn?: string;
              /**
               * C2PA version that the claim names.
               */
              specVersion?: string;
              /**
               * An update manifest: it changes no content.
               */
              update?: boolean;
              /**
               * JUMBF URIs that the signer removed.
               */
              redacted?: string[];
              /**
               * What its hard binding leaves out: byte ranges or boxes.
               */
              uncovered?: string[];
              hasThumbnail?: boolean;
              actions: {
                /**
                 * C2PA action, verbatim.
                 */
                action: string;
                /**
                 * As written.
                 */
                digitalSourceType?: string;
                /**
                 * Name and version.
                 */
                softwareAgent?: string;
                /**
                 * The file’s words.
                 */
                description?: string;
                /**
                 * As claimed by the signer; not proven.
                 */
                when?: string;
              }[];
              ingredients: {
                /**
                 * `parentOf`, `componentOf` or `inputTo`, as written.
                 */
                relationship: string;
                /**
                 * The file’s words.
                 */
                title?: string;
                /**
                 * Media type as written.
                 */
                format?: string;
                /**
                 * Label of its manifest in this store; left out where it has none.
                 */
                manifest?: string;
              }[];
            }[];
          };
          signals: {
            /**
             * One of the closed list in docs/signals.md.
             */
            id:
              | 'c2pa.present'
              | 'c2pa.remote'
              | 'c2pa.unreadable'
              | 'c2pa.integrity.intact'
              | 'c2pa.binding.leavesOutMore'
              | 'c2pa.integrity.altered'
              | 'c2pa.integrity.undetermined'
              | 'c2pa.ingredient.altered'
              | 'c2pa.engines.disagree'
              | 'c2pa.signer.named'
              | 'c2pa.signer.official'
              | 'c2pa.signer.interim'
              | 'c2pa.signer.private'
              | 'c2pa.signer.unlisted'
              | 'c2pa.signer.revoked'
              | 'c2pa.conformance.disallowedSignal'
              | 'c2pa.time.proven'
              | 'c2pa.time.stamped'
              | 'c2pa.time.expiredWithoutTimestamp'
              | 'c2pa.inception.blankCanvas'
              | 'c2pa.inception.capturedMedia'
              | 'c2pa.inception.capturedMediaStitched'
              | 'c2pa.inception.compositionMayContainGenAI'
              | 'c2pa.inception.fullyGenAIMedia'
              | 'c2pa.inception.mediaUnknownProvenance'
              | 'c2pa.inception.nonGenAIDigitalCreation'
              | 'c2pa.inception.partlyGenAICreation'
              | 'c2pa.inception.screenCaptureMayContainGenAI'
              | 'c2pa.transformation.ambiguousActions'
              | 'c2pa.transformation.nonEditorial'
              | 'c2pa.transformation.perceptibleGenAI'
              | 'c2pa.transformation.perceptibleNonGenAI'
              | 'c2pa.transformation.perceptiblePossiblyGenAI'
              | 'c2pa.digitalSourceType.trainedAlgorithmicMedia'
              | 'c2pa.digitalSourceType.compositeWithTrainedAlgorithmicMedia'
              | 'c2pa.digitalSourceType.compositeSynthetic'
              | 'c2pa.digitalSourceType.trainedAlgorithmicData'
              | 'c2pa.digitalSourceType.virtualRecording'
              | 'c2pa.digitalSourceType.composite'
              | 'c2pa.digitalSourceType.digitalArt'
              | 'c2pa.digitalSourceType.algorithmicMedia'
              | 'c2pa.digitalSourceType.algorithmicallyEnhanced'
              | 'c2pa.digitalSourceType.dataDrivenMedia'
              | 'c2pa.digitalSourceType.digitalCreation'
              | 'c2pa.digitalSourceType.humanEdits'
              | 'c2pa.digitalSourceType.minorHumanEdits'
              | 'c2pa.digitalSourceType.softwareImage'
              | 'c2pa.digitalSourceType.digitalCapture'
              | 'c2pa.digitalSourceType.computationalCapture'
              | 'c2pa.digitalSourceType.compositeCapture'
              | 'c2pa.digitalSourceType.screenCapture'
              | 'c2pa.digitalSourceType.negativeFilm'
              | 'c2pa.digitalSourceType.positiveFilm'
              | 'c2pa.digitalSourceType.print'
              | 'c2pa.digitalSourceType.empty'
              | 'c2pa.digitalSourceType.unrecognised'
              | 'iptc.digitalSourceType.trainedAlgorithmicMedia'
              | 'iptc.digitalSourceType.compositeWithTrainedAlgorithmicMedia'
              | 'iptc.digitalSourceType.compositeSynthetic'
              | 'iptc.digitalSourceType.trainedAlgorithmicData'
              | 'iptc.digitalSourceType.virtualRecording'
              | 'iptc.digitalSourceType.composite'
              | 'iptc.digitalSourceType.digitalArt'
              | 'iptc.digitalSourceType.algorithmicMedia'
              | 'iptc.digitalSourceType.algorithmicallyEnhanced'
              | 'iptc.digitalSourceType.dataDrivenMedia'
              | 'iptc.digitalSourceType.digitalCreation'
              | 'iptc.digitalSourceType.humanEdits'
              | 'iptc.digitalSourceType.minorHumanEdits'
              | 'iptc.digitalSourceType.softwareImage'
              | 'iptc.digitalSourceType.digitalCapture'
              | 'iptc.digitalSourceType.computationalCapture'
              | 'iptc.digitalSourceType.compositeCapture'
              | 'iptc.digitalSourceType.screenCapture'
              | 'iptc.digitalSourceType.negativeFilm'
              | 'iptc.digitalSourceType.positiveFilm'
              | 'iptc.digitalSourceType.print'
              | 'iptc.digitalSourceType.empty'
              | 'iptc.digitalSourceType.unrecognised'
              | 'c2pa.declaration.microsoftAiImage'
              | 'c2pa.declaration.blackForestLabs'
              | 'c2pa.declaration.adobeFirefly'
              | 'c2pa.declaration.aiDisclosure'
              | 'c2pa.declaration.suno'
              | 'c2pa.declaration.dreamina'
              | 'c2pa.trainingMining'
              | 'c2pa.softBinding.fingerprint'
              | 'c2pa.softBinding.unrecognised'
              | 'watermark.declared'
              | 'watermark.action'
              | 'cawg.identity.present'
              | 'cawg.identity.wellFormed'
              | 'cawg.identity.notCheckable'
              | 'cawg.identity.malformed'
              | 'cawg.identity.outsideValidity'
              | 'cawg.identity.invalid'
              | 'gb45438.label.present'
              | 'gb45438.label.generated'
              | 'gb45438.label.possible'
              | 'gb45438.label.suspected'
              | 'gb45438.label.unrecognised'
              | 'gb45438.label.shell'
              | 'gb45438.element.label'
              | 'gb45438.element.contentProducer'
              | 'gb45438.element.produceId'
              | 'gb45438.element.contentPropagator'
              | 'gb45438.element.propagateId'
              | 'gb45438.element.absent'
              | 'gb45438.form.wrapped'
              | 'gb45438.form.bare'
              | 'gb45438.value.notString'
              | 'gb45438.value.labelNotString'
              | 'gb45438.key.withoutAigc'
              | 'gb45438.keys.duplicate'
              | 'gb45438.charset.outside'
              | 'gb45438.propagation.sameAsProduction'
              | 'gb45438.propagation.differs'
              | 'gb45438.copies.several'
              | 'gb45438.copies.disagree'
              | 'gb45438.provider.code'
              | 'gb45438.provider.codeMalformed'
              | 'gb45438.provider.listed'
              | 'gb45438.security.present'
              | 'gb45438.security.signatureHolds'
              | 'gb45438.security.signatureBroken'
              | 'gb45438.security.notCheckable'
              | 'generator.a1111'
              | 'generator.comfyui'
              | 'generator.comfyui.sampler'
              | 'generator.comfyui.service'
              | 'generator.comfyui.edit'
              | 'generator.comfyui.noStep'
              | 'generator.comfyui.unknownNode'
              | 'generator.comfyui.elsewhere'
              | 'generator.comfyui.notFollowed'
              | 'generator.comfyui.workflow'
              | 'generator.invokeai'
              | 'generator.invokeai.graph'
              | 'generator.novelai'
              | 'generator.fooocus'
              | 'generator.ruinedFooocus'
              | 'generator.swarmui'
              | 'generator.easyDiffusion'
              | 'generator.drawThings'
              | 'generator.stabilityMatrix'
              | 'generator.tensorArt'
              | 'generator.hfSpace'
              | 'generator.civitai'
              | 'generator.civitai.request'
              | 'generator.midjourney'
              | 'generator.grok'
              | 'generator.flux'
              | 'generator.ideogram'
              | 'generator.luma'
              | 'generator.reve'
              | 'generator.aphrodite'
              | 'generator.dreamina'
              | 'generator.byteDanceProduct'
              | 'generator.tencentService'
              | 'generator.samsungGalaxyAi'
              | 'generator.hostingJob'
              | 'generator.sourcePicture'
              | 'generator.upscaled'
              | 'generator.kling'
              | 'generator.suno'
              | 'generator.suno.download'
              | 'platform.tiktok.aiLabel.creator'
              | 'platform.tiktok.aiLabel.platform'
              | 'camera.exif'
              | 'camera.makerNoteMismatch'
              | 'camera.location'
              | 'camera.serials'
              | 'camera.names'
              | 'camera.googleFields'
              | 'camera.androidVideo'
              | 'camera.appleVideo'
              | 'camera.scanner'
              | 'camera.hint.scanner'
              | 'camera.hint.screenshot'
              | 'recorder.voiceMemo'
              | 'recorder.broadcastWave'
              | 'iptc.ai.systemUsed'
              | 'iptc.ai.systemVersionUsed'
              | 'iptc.ai.promptInformation'
              | 'iptc.ai.promptWriterName'
              | 'iptc.credit.googleMade'
              | 'iptc.credit.googleEdited'
              | 'iptc.credit.appleCleanUp'
              | 'iptc.credit.appleImagePlayground'
              | 'iptc.dataMining'
              | 'editor.photoshop'
              | 'editor.cameraRaw'
              | 'editor.gimp'
              | 'editor.software'
              | 'editor.hint.software'
              | 'editor.history'
              | 'editor.documentAncestors'
              | 'editor.derivedFrom'
              | 'editor.premiere'
              | 'editor.capcut'
              | 'editor.ffmpeg'
              | 'editor.x264'
              | 'platform.tiktok'
              | 'platform.bytedance'
              | 'platform.youtube'
              | 'platform.x'
              | 'platform.facebook'
              | 'platform.hint.facebook'
              | 'platform.hint.whatsapp'
              | 'platform.hint.telegram'
              | 'platform.hint.x'
              | 'platform.hint.wechat'
              | 'platform.hint.snapchat'
              | 'watermark.stealthText'
              | 'generator.novelai.proof.holds'
              | 'generator.novelai.proof.broken'
              | 'watermark.pixels.sd1'
              | 'watermark.pixels.sd2'
              | 'watermark.pixels.sdxl'
              | 'watermark.pixels.flux'
              | 'file.thumbnailDiffers'
              | 'c2pa.ai.created'
              | 'c2pa.ai.altered'
              | 'c2pa.ai.systemNamed'
              | 'c2pa.ai.systemVersion'
              | 'c2pa.ai.when'
              | 'c2pa.ai.inIngredient'
              | 'c2pa.identifier'
              | 'c2pa.capture.stated'
              | 'c2pa.capture.deviceNamed'
              | 'c2pa.capture.when'
              | 'file.aiMark.signed'
              | 'file.aiMark.unsigned'
              | 'file.aiMark.possible'
              | 'file.aiTrace'
              | 'file.mediaTypeMismatch'
              | 'file.dates.outOfOrder'
              | 'file.dates.unsetClock'
              | 'file.dates.impossible'
              | 'file.sizesDiffer'
              | 'file.jpeg.tables'
              | 'file.jpeg.progressive'
              | 'file.severalAssets'
              | 'file.livePhotoPart'
              | 'file.trailingData';
            /**
             * `trusted`: A signature holds, and its signer was on an installed list at the proven time. `valid`: A signature holds; the signer is unlisted, expired or was not checked against a list. `unsigned`: A standard label that anyone can write or remove. `inferred`: A trace that a generator, editor or platform usually leaves; it can be copied into any file. `invalid`: Signed once, but the signature or a hash no longer matches this file.
             */
            backing: 'trusted' | 'valid' | 'unsigned' | 'inferred' | 'invalid';
            /**
             * The file’s own words, cut where long.
             */
            value?: string;
            /**
             * `V`: Verified byte for byte in a real file. `S`: Read in the writer’s own source code. `D`: From the vendor’s documentation or a standard. `O`: Observed by others in dated samples, not reproduced by us. `C`: Only claimed: a hint that never decides an origin.
             */
            grade?: 'V' | 'S' | 'D' | 'O' | 'C';
            /**
             * What was parsed there, each in the file’s own words.
             */
            facts?: {
              /**
               * What it is: `model`, `prompt`, `seed`, `provider`, …
               */
              name: string;
              /**
               * The file’s own words, cut where long. Left out where masked.
               */
              value?: string;
              /**
               * Kind of personal data. Its value is left out unless that kind is revealed.
               */
              personal?: 'location' | 'serial' | 'names';
            }[];
            /**
             * @minItems 1
             */
            basis: {
              /**
               * Where in the file’s structure.
               */
              carrier:
                | 'c2pa'
                | 'xmp'
                | 'exif'
                | 'iptcIim'
                | 'pngText'
                | 'comment'
                | 'privateChunk'
                | 'seft'
                | 'id3'
                | 'apeTags'
                | 'vorbisComment'
                | 'riffInfo'
                | 'broadcastWave'
                | 'bmffMeta'
                | 'matroskaTags'
                | 'flvMeta'
                | 'sei'
                | 'jpegCoding'
                | 'streams'
                | 'parts'
                | 'stealthText'
                | 'pixelProof'
                | 'pixelWatermark'
                | 'thumbnail'
                | 'file';
              /**
               * JUMBF URI, XMP path, box path, chunk, or tag name.
               */
              place: string;
              /**
               * Bytes from the start of the file.
               */
              offset?: number;
              /**
               * Row of docs/signatures.md that matched here.
               */
              row?: string;
            }[];
          }[];
          contradictions: {
            /**
             * @minItems 2
             */
            between: never[];
            /**
             * What does not go together.
             */
            statement: string;
            /**
             * What the texts beside it say, as ids of the catalogues and what goes into their places: the same in every language.
             */
            said?: {
              statement?: Said;
            };
          }[];
          findings: {
            /**
             * Rulebook id.
             */
            rulebook: string;
            /**
             * Rule id, unique in its rulebook.
             */
            rule: string;
            /**
             * Article, section or annex that holds the clause.
             */
            provision: string;
            /**
             * Clause as the instrument numbers it.
             */
            clause: string;
            /**
             * What the clause asks for, in the language of `tool.language`.
             */
            title: string;
            /**
             * What the file’s signals say to the clause. Never whether a law was kept.
             */
            outcome:
              | 'answered'
              | 'partly-answered'
              | 'no-signal-found'
              | 'indeterminate'
              | 'not-assessable'
              | 'not-applicable'
              | 'not-in-force'
              | 'superseded';
            /**
             * Signals that decided it.
             */
            because: (
              | 'c2pa.present'
              | 'c2pa.remote'
              | 'c2pa.unreadable'
              | 'c2pa.integrity.intact'
              | 'c2pa.binding.leavesOutMore'
              | 'c2pa.integrity.altered'
              | 'c2pa.integrity.undetermined'
              | 'c2pa.ingredient.altered'
              | 'c2pa.engines.disagree'
              | 'c2pa.signer.named'
              | 'c2pa.signer.official'
              | 'c2pa.signer.interim'
              | 'c2pa.signer.private'
              | 'c2pa.signer.unlisted'
              | 'c2pa.signer.revoked'
              | 'c2pa.conformance.disallowedSignal'
              | 'c2pa.time.proven'
              | 'c2pa.time.stamped'
              | 'c2pa.time.expiredWithoutTimestamp'
              | 'c2pa.inception.blankCanvas'
              | 'c2pa.inception.capturedMedia'
              | 'c2pa.inception.capturedMediaStitched'
              | 'c2pa.inception.compositionMayContainGenAI'
              | 'c2pa.inception.fullyGenAIMedia'
              | 'c2pa.inception.mediaUnknownProvenance'
              | 'c2pa.inception.nonGenAIDigitalCreation'
              | 'c2pa.inception.partlyGenAICreation'
              | 'c2pa.inception.screenCaptureMayContainGenAI'
              | 'c2pa.transformation.ambiguousActions'
              | 'c2pa.transformation.nonEditorial'
              | 'c2pa.transformation.perceptibleGenAI'
              | 'c2pa.transformation.perceptibleNonGenAI'
              | 'c2pa.transformation.perceptiblePossiblyGenAI'
              | 'c2pa.digitalSourceType.trainedAlgorithmicMedia'
              | 'c2pa.digitalSourceType.compositeWithTrainedAlgorithmicMedia'
              | 'c2pa.digitalSourceType.compositeSynthetic'
              | 'c2pa.digitalSourceType.trainedAlgorithmicData'
              | 'c2pa.digitalSourceType.virtualRecording'
              | 'c2pa.digitalSourceType.composite'
              | 'c2pa.digitalSourceType.digitalArt'
              | 'c2pa.digitalSourceType.algorithmicMedia'
              | 'c2pa.digitalSourceType.algorithmicallyEnhanced'
              | 'c2pa.digitalSourceType.dataDrivenMedia'
              | 'c2pa.digitalSourceType.digitalCreation'
              | 'c2pa.digitalSourceType.humanEdits'
              | 'c2pa.digitalSourceType.minorHumanEdits'
              | 'c2pa.digitalSourceType.softwareImage'
              | 'c2pa.digitalSourceType.digitalCapture'
              | 'c2pa.digitalSourceType.computationalCapture'
              | 'c2pa.digitalSourceType.compositeCapture'
              | 'c2pa.digitalSourceType.screenCapture'
              | 'c2pa.digitalSourceType.negativeFilm'
              | 'c2pa.digitalSourceType.positiveFilm'
              | 'c2pa.digitalSourceType.print'
              | 'c2pa.digitalSourceType.empty'
              | 'c2pa.digitalSourceType.unrecognised'
              | 'iptc.digitalSourceType.trainedAlgorithmicMedia'
              | 'iptc.digitalSourceType.compositeWithTrainedAlgorithmicMedia'
              | 'iptc.digitalSourceType.compositeSynthetic'
              | 'iptc.digitalSourceType.trainedAlgorithmicData'
              | 'iptc.digitalSourceType.virtualRecording'
              | 'iptc.digitalSourceType.composite'
              | 'iptc.digitalSourceType.digitalArt'
              | 'iptc.digitalSourceType.algorithmicMedia'
              | 'iptc.digitalSourceType.algorithmicallyEnhanced'
              | 'iptc.digitalSourceType.dataDrivenMedia'
              | 'iptc.digitalSourceType.digitalCreation'
              | 'iptc.digitalSourceType.humanEdits'
              | 'iptc.digitalSourceType.minorHumanEdits'
              | 'iptc.digitalSourceType.softwareImage'
              | 'iptc.digitalSourceType.digitalCapture'
              | 'iptc.digitalSourceType.computationalCapture'
              | 'iptc.digitalSourceType.compositeCapture'
              | 'iptc.digitalSourceType.screenCapture'
              | 'iptc.digitalSourceType.negativeFilm'
              | 'iptc.digitalSourceType.positiveFilm'
              | 'iptc.digitalSourceType.print'
              | 'iptc.digitalSourceType.empty'
              | 'iptc.digitalSourceType.unrecognised'
              | 'c2pa.declaration.microsoftAiImage'
              | 'c2pa.declaration.blackForestLabs'
              | 'c2pa.declaration.adobeFirefly'
              | 'c2pa.declaration.aiDisclosure'
              | 'c2pa.declaration.suno'
              | 'c2pa.declaration.dreamina'
              | 'c2pa.trainingMining'
              | 'c2pa.softBinding.fingerprint'
              | 'c2pa.softBinding.unrecognised'
              | 'watermark.declared'
              | 'watermark.action'
              | 'cawg.identity.present'
              | 'cawg.identity.wellFormed'
              | 'cawg.identity.notCheckable'
              | 'cawg.identity.malformed'
              | 'cawg.identity.outsideValidity'
              | 'cawg.identity.invalid'
              | 'gb45438.label.present'
              | 'gb45438.label.generated'
              | 'gb45438.label.possible'
              | 'gb45438.label.suspected'
              | 'gb45438.label.unrecognised'
              | 'gb45438.label.shell'
              | 'gb45438.element.label'
              | 'gb45438.element.contentProducer'
              | 'gb45438.element.produceId'
              | 'gb45438.element.contentPropagator'
              | 'gb45438.element.propagateId'
              | 'gb45438.element.absent'
              | 'gb45438.form.wrapped'
              | 'gb45438.form.bare'
              | 'gb45438.value.notString'
              | 'gb45438.value.labelNotString'
              | 'gb45438.key.withoutAigc'
              | 'gb45438.keys.duplicate'
              | 'gb45438.charset.outside'
              | 'gb45438.propagation.sameAsProduction'
              | 'gb45438.propagation.differs'
              | 'gb45438.copies.several'
              | 'gb45438.copies.disagree'
              | 'gb45438.provider.code'
              | 'gb45438.provider.codeMalformed'
              | 'gb45438.provider.listed'
              | 'gb45438.security.present'
              | 'gb45438.security.signatureHolds'
              | 'gb45438.security.signatureBroken'
              | 'gb45438.security.notCheckable'
              | 'generator.a1111'
              | 'generator.comfyui'
              | 'generator.comfyui.sampler'
              | 'generator.comfyui.service'
              | 'generator.comfyui.edit'
              | 'generator.comfyui.noStep'
              | 'generator.comfyui.unknownNode'
              | 'generator.comfyui.elsewhere'
              | 'generator.comfyui.notFollowed'
              | 'generator.comfyui.workflow'
              | 'generator.invokeai'
              | 'generator.invokeai.graph'
              | 'generator.novelai'
              | 'generator.fooocus'
              | 'generator.ruinedFooocus'
              | 'generator.swarmui'
              | 'generator.easyDiffusion'
              | 'generator.drawThings'
              | 'generator.stabilityMatrix'
              | 'generator.tensorArt'
              | 'generator.hfSpace'
              | 'generator.civitai'
              | 'generator.civitai.request'
              | 'generator.midjourney'
              | 'generator.grok'
              | 'generator.flux'
              | 'generator.ideogram'
              | 'generator.luma'
              | 'generator.reve'
              | 'generator.aphrodite'
              | 'generator.dreamina'
              | 'generator.byteDanceProduct'
              | 'generator.tencentService'
              | 'generator.samsungGalaxyAi'
              | 'generator.hostingJob'
              | 'generator.sourcePicture'
              | 'generator.upscaled'
              | 'generator.kling'
              | 'generator.suno'
              | 'generator.suno.download'
              | 'platform.tiktok.aiLabel.creator'
              | 'platform.tiktok.aiLabel.platform'
              | 'camera.exif'
              | 'camera.makerNoteMismatch'
              | 'camera.location'
              | 'camera.serials'
              | 'camera.names'
              | 'camera.googleFields'
              | 'camera.androidVideo'
              | 'camera.appleVideo'
              | 'camera.scanner'
              | 'camera.hint.scanner'
              | 'camera.hint.screenshot'
              | 'recorder.voiceMemo'
              | 'recorder.broadcastWave'
              | 'iptc.ai.systemUsed'
              | 'iptc.ai.systemVersionUsed'
              | 'iptc.ai.promptInformation'
              | 'iptc.ai.promptWriterName'
              | 'iptc.credit.googleMade'
              | 'iptc.credit.googleEdited'
              | 'iptc.credit.appleCleanUp'
              | 'iptc.credit.appleImagePlayground'
              | 'iptc.dataMining'
              | 'editor.photoshop'
              | 'editor.cameraRaw'
              | 'editor.gimp'
              | 'editor.software'
              | 'editor.hint.software'
              | 'editor.history'
              | 'editor.documentAncestors'
              | 'editor.derivedFrom'
              | 'editor.premiere'
              | 'editor.capcut'
              | 'editor.ffmpeg'
              | 'editor.x264'
              | 'platform.tiktok'
              | 'platform.bytedance'
              | 'platform.youtube'
              | 'platform.x'
              | 'platform.facebook'
              | 'platform.hint.facebook'
              | 'platform.hint.whatsapp'
              | 'platform.hint.telegram'
              | 'platform.hint.x'
              | 'platform.hint.wechat'
              | 'platform.hint.snapchat'
              | 'watermark.stealthText'
              | 'generator.novelai.proof.holds'
              | 'generator.novelai.proof.broken'
              | 'watermark.pixels.sd1'
              | 'watermark.pixels.sd2'
              | 'watermark.pixels.sdxl'
              | 'watermark.pixels.flux'
              | 'file.thumbnailDiffers'
              | 'c2pa.ai.created'
              | 'c2pa.ai.altered'
              | 'c2pa.ai.systemNamed'
              | 'c2pa.ai.systemVersion'
              | 'c2pa.ai.when'
              | 'c2pa.ai.inIngredient'
              | 'c2pa.identifier'
              | 'c2pa.capture.stated'
              | 'c2pa.capture.deviceNamed'
              | 'c2pa.capture.when'
              | 'file.aiMark.signed'
              | 'file.aiMark.unsigned'
              | 'file.aiMark.possible'
              | 'file.aiTrace'
              | 'file.mediaTypeMismatch'
              | 'file.dates.outOfOrder'
              | 'file.dates.unsetClock'
              | 'file.dates.impossible'
              | 'file.sizesDiffer'
              | 'file.jpeg.tables'
              | 'file.jpeg.progressive'
              | 'file.severalAssets'
              | 'file.livePhotoPart'
              | 'file.trailingData'
            )[];
            /**
             * In the language of `tool.language`: made of the rulebook’s words, the outcome and the signals that decided it.
             */
            statement: string;
            /**
             * Of title and statement, where it is another than `tool.language`: the law has no words in that one.
             */
            language?: 'en' | 'zh-Hans';
            /**
             * What to do next.
             */
            next:
              | 'ask-original'
              | 'contact-signer'
              | 'ask-who-wrote-it'
              | 'vendor-checker'
              | 'look-at-visible-label'
              | 'listen-for-label'
              | 'another-copy'
              | 'ask-a-lawyer'
              | 'see-later-wording'
              | 'see-date'
              | 'nothing';
            binds: ('provider' | 'deployer' | 'platform' | 'user' | 'device-maker')[];
            /**
             * Of the rule on the day asked about; `voluntary` binds nobody who has not signed it.
             */
            status: 'in-force' | 'pending' | 'voluntary' | 'superseded';
            /**
             * Dates, the first inclusive, the second exclusive.
             */
            inForce: {
              from: string;
              until?: string;
            };
            reference: {
              title: string;
              address: string;
            };
            /**
             * False: from secondary sources, to be rechecked against the official text.
             */
            verified: boolean;
          }[];
          /**
           * Per carrier, how reading ended. `absent` is said only where Assay looked.
           */
          reads: {
            c2pa: {
              status: 'found' | 'absent' | 'unsupported' | 'malformed' | 'failed';
              /**
               * Stable code of why it was not looked at or what went wrong. Beside `found`: not all of it was read.
               */
              code?: string;
              /**
               * What goes into the places: each a text, a number, something said within it, or a list of these.
               */
              params?: {
                [k: string]: unknown;
              };
              /**
               * The same for people.
               */
              reason?: string;
              /**
               * What a reader should know of how it was read.
               */
              note?: string;
              /**
               * What the texts beside it say, as ids of the catalogues and what goes into their places: the same in every language.
               */
              said?: {
                /**
                 * @maxItems 64
                 */
                note: Said[];
              };
            };
            xmp: {
              status: 'found' | 'absent' | 'unsupported' | 'malformed' | 'failed';
              /**
               * Stable code of why it was not looked at or what went wrong. Beside `found`: not all of it was read.
               */
              code?: string;
              /**
               * What goes into the places: each a text, a number, something said within it, or a list of these.
               */
              params?: {
                [k: string]: unknown;
              };
              /**
               * The same for people.
               */
              reason?: string;
              /**
               * What a reader should know of how it was read.
               */
              note?: string;
              /**
               * What the texts beside it say, as ids of the catalogues and what goes into their places: the same in every language.
               */
              said?: {
                /**
                 * @maxItems 64
                 */
                note: Said[];
              };
            };
            exif: {
              status: 'found' | 'absent' | 'unsupported' | 'malformed' | 'failed';
              /**
               * Stable code of why it was not looked at or what went wrong. Beside `found`: not all of it was read.
               */
              code?: string;
              /**
               * What goes into the places: each a text, a number, something said within it, or a list of these.
               */
              params?: {
                [k: string]: unknown;
              };
              /**
               * The same for people.
               */
              reason?: string;
              /**
               * What a reader should know of how it was read.
               */
              note?: string;
              /**
               * What the texts beside it say, as ids of the catalogues and what goes into their places: the same in every language.
               */
              said?: {
                /**
                 * @maxItems 64
                 */
                note: Said[];
              };
            };
            iptcIim: {
              status: 'found' | 'absent' | 'unsupported' | 'malformed' | 'failed';
              /**
               * Stable code of why it was not looked at or what went wrong. Beside `found`: not all of it was read.
               */
              code?: string;
              /**
               * What goes into the places: each a text, a number, something said within it, or a list of these.
               */
              params?: {
                [k: string]: unknown;
              };
              /**
               * The same for people.
               */
              reason?: string;
              /**
               * What a reader should know of how it was read.
               */
              note?: string;
              /**
               * What the texts beside it say, as ids of the catalogues and what goes into their places: the same in every language.
               */
              said?: {
                /**
                 * @maxItems 64
                 */
                note: Said[];
              };
            };
            pngText: {
              status: 'found' | 'absent' | 'unsupported' | 'malformed' | 'failed';
              /**
               * Stable code of why it was not looked at or what went wrong. Beside `found`: not all of it was read.
               */
              code?: string;
              /**
               * What goes into the places: each a text, a number, something said within it, or a list of these.
               */
              params?: {
                [k: string]: unknown;
              };
              /**
               * The same for people.
               */
              reason?: string;
              /**
               * What a reader should know of how it was read.
               */
              note?: string;
              /**
               * What the texts beside it say, as ids of the catalogues and what goes into their places: the same in every language.
               */
              said?: {
                /**
                 * @maxItems 64
                 */
                note: Said[];
              };
            };
            comment: {
              status: 'found' | 'absent' | 'unsupported' | 'malformed' | 'failed';
              /**
               * Stable code of why it was not looked at or what went wrong. Beside `found`: not all of it was read.
               */
              code?: string;
              /**
               * What goes into the places: each a text, a number, something said within it, or a list of these.
               */
              params?: {
                [k: string]: unknown;
              };
              /**
               * The same for people.
               */
              reason?: string;
              /**
               * What a reader should know of how it was read.
               */
              note?: string;
              /**
               * What the texts beside it say, as ids of the catalogues and what goes into their places: the same in every language.
               */
              said?: {
                /**
                 * @maxItems 64
                 */
                note: Said[];
              };
            };
            privateChunk: {
              status: 'found' | 'absent' | 'unsupported' | 'malformed' | 'failed';
              /**
               * Stable code of why it was not looked at or what went wrong. Beside `found`: not all of it was read.
               */
              code?: string;
              /**
               * What goes into the places: each a text, a number, something said within it, or a list of these.
               */
              params?: {
                [k: string]: unknown;
              };
              /**
               * The same for people.
               */
              reason?: string;
              /**
               * What a reader should know of how it was read.
               */
              note?: string;
              /**
               * What the texts beside it say, as ids of the catalogues and what goes into their places: the same in every language.
               */
              said?: {
                /**
                 * @maxItems 64
                 */
                note: Said[];
              };
            };
            seft: {
              status: 'found' | 'absent' | 'unsupported' | 'malformed' | 'failed';
              /**
               * Stable code of why it was not looked at or what went wrong. Beside `found`: not all of it was read.
               */
              code?: string;
              /**
               * What goes into the places: each a text, a number, something said within it, or a list of these.
               */
              params?: {
                [k: string]: unknown;
              };
              /**
               * The same for people.
               */
              reason?: string;
              /**
               * What a reader should know of how it was read.
               */
              note?: string;
              /**
               * What the texts beside it say, as ids of the catalogues and what goes into their places: the same in every language.
               */
              said?: {
                /**
                 * @maxItems 64
                 */
                note: Said[];
              };
            };
            id3: {
              status: 'found' | 'absent' | 'unsupported' | 'malformed' | 'failed';
              /**
               * Stable code of why it was not looked at or what went wrong. Beside `found`: not all of it was read.
               */
              code?: string;
              /**
               * What goes into the places: each a text, a number, something said within it, or a list of these.
               */
              params?: {
                [k: string]: unknown;
              };
              /**
               * The same for people.
               */
              reason?: string;
              /**
               * What a reader should know of how it was read.
               */
              note?: string;
              /**
               * What the texts beside it say, as ids of the catalogues and what goes into their places: the same in every language.
               */
              said?: {
                /**
                 * @maxItems 64
                 */
                note: Said[];
              };
            };
            apeTags: {
              status: 'found' | 'absent' | 'unsupported' | 'malformed' | 'failed';
              /**
               * Stable code of why it was not looked at or what went wrong. Beside `found`: not all of it was read.
               */
              code?: string;
              /**
               * What goes into the places: each a text, a number, something said within it, or a list of these.
               */
              params?: {
                [k: string]: unknown;
              };
              /**
               * The same for people.
               */
              reason?: string;
              /**
               * What a reader should know of how it was read.
               */
              note?: string;
              /**
               * What the texts beside it say, as ids of the catalogues and what goes into their places: the same in every language.
               */
              said?: {
                /**
                 * @maxItems 64
                 */
                note: Said[];
              };
            };
            vorbisComment: {
              status: 'found' | 'absent' | 'unsupported' | 'malformed' | 'failed';
              /**
               * Stable code of why it was not looked at or what went wrong. Beside `found`: not all of it was read.
               */
              code?: string;
              /**
               * What goes into the places: each a text, a number, something said within it, or a list of these.
               */
              params?: {
                [k: string]: unknown;
              };
              /**
               * The same for people.
               */
              reason?: string;
              /**
               * What a reader should know of how it was read.
               */
              note?: string;
              /**
               * What the texts beside it say, as ids of the catalogues and what goes into their places: the same in every language.
               */
              said?: {
                /**
                 * @maxItems 64
                 */
                note: Said[];
              };
            };
            riffInfo: {
              status: 'found' | 'absent' | 'unsupported' | 'malformed' | 'failed';
              /**
               * Stable code of why it was not looked at or what went wrong. Beside `found`: not all of it was read.
               */
              code?: string;
              /**
               * What goes into the places: each a text, a number, something said within it, or a list of these.
               */
              params?: {
                [k: string]: unknown;
              };
              /**
               * The same for people.
               */
              reason?: string;
              /**
               * What a reader should know of how it was read.
               */
              note?: string;
              /**
               * What the texts beside it say, as ids of the catalogues and what goes into their places: the same in every language.
               */
              said?: {
                /**
                 * @maxItems 64
                 */
                note: Said[];
              };
            };
            broadcastWave: {
              status: 'found' | 'absent' | 'unsupported' | 'malformed' | 'failed';
              /**
               * Stable code of why it was not looked at or what went wrong. Beside `found`: not all of it was read.
               */
              code?: string;
              /**
               * What goes into the places: each a text, a number, something said within it, or a list of these.
               */
              params?: {
                [k: string]: unknown;
              };
              /**
               * The same for people.
               */
              reason?: string;
              /**
               * What a reader should know of how it was read.
               */
              note?: string;
              /**
               * What the texts beside it say, as ids of the catalogues and what goes into their places: the same in every language.
               */
              said?: {
                /**
                 * @maxItems 64
                 */
                note: Said[];
              };
            };
            bmffMeta: {
              status: 'found' | 'absent' | 'unsupported' | 'malformed' | 'failed';
              /**
               * Stable code of why it was not looked at or what went wrong. Beside `found`: not all of it was read.
               */
              code?: string;
              /**
               * What goes into the places: each a text, a number, something said within it, or a list of these.
               */
              params?: {
                [k: string]: unknown;
              };
              /**
               * The same for people.
               */
              reason?: string;
              /**
               * What a reader should know of how it was read.
               */
              note?: string;
              /**
               * What the texts beside it say, as ids of the catalogues and what goes into their places: the same in every language.
               */
              said?: {
                /**
                 * @maxItems 64
                 */
                note: Said[];
              };
            };
            matroskaTags: {
              status: 'found' | 'absent' | 'unsupported' | 'malformed' | 'failed';
              /**
               * Stable code of why it was not looked at or what went wrong. Beside `found`: not all of it was read.
               */
              code?: string;
              /**
               * What goes into the places: each a text, a number, something said within it, or a list of these.
               */
              params?: {
                [k: string]: unknown;
              };
              /**
               * The same for people.
               */
              reason?: string;
              /**
               * What a reader should know of how it was read.
               */
              note?: string;
              /**
               * What the texts beside it say, as ids of the catalogues and what goes into their places: the same in every language.
               */
              said?: {
                /**
                 * @maxItems 64
                 */
                note: Said[];
              };
            };
            flvMeta: {
              status: 'found' | 'absent' | 'unsupported' | 'malformed' | 'failed';
              /**
               * Stable code of why it was not looked at or what went wrong. Beside `found`: not all of it was read.
               */
              code?: string;
              /**
               * What goes into the places: each a text, a number, something said within it, or a list of these.
               */
              params?: {
                [k: string]: unknown;
              };
              /**
               * The same for people.
               */
              reason?: string;
              /**
               * What a reader should know of how it was read.
               */
              note?: string;
              /**
               * What the texts beside it say, as ids of the catalogues and what goes into their places: the same in every language.
               */
              said?: {
                /**
                 * @maxItems 64
                 */
                note: Said[];
              };
            };
            sei: {
              status: 'found' | 'absent' | 'unsupported' | 'malformed' | 'failed';
              /**
               * Stable code of why it was not looked at or what went wrong. Beside `found`: not all of it was read.
               */
              code?: string;
              /**
               * What goes into the places: each a text, a number, something said within it, or a list of these.
               */
              params?: {
                [k: string]: unknown;
              };
              /**
               * The same for people.
               */
              reason?: string;
              /**
               * What a reader should know of how it was read.
               */
              note?: string;
              /**
               * What the texts beside it say, as ids of the catalogues and what goes into their places: the same in every language.
               */
              said?: {
                /**
                 * @maxItems 64
                 */
                note: Said[];
              };
            };
            jpegCoding: {
              status: 'found' | 'absent' | 'unsupported' | 'malformed' | 'failed';
              /**
               * Stable code of why it was not looked at or what went wrong. Beside `found`: not all of it was read.
               */
              code?: string;
              /**
               * What goes into the places: each a text, a number, something said within it, or a list of these.
               */
              params?: {
                [k: string]: unknown;
              };
              /**
               * The same for people.
               */
              reason?: string;
              /**
               * What a reader should know of how it was read.
               */
              note?: string;
              /**
               * What the texts beside it say, as ids of the catalogues and what goes into their places: the same in every language.
               */
              said?: {
                /**
                 * @maxItems 64
                 */
                note: Said[];
              };
            };
            streams: {
              status: 'found' | 'absent' | 'unsupported' | 'malformed' | 'failed';
              /**
               * Stable code of why it was not looked at or what went wrong. Beside `found`: not all of it was read.
               */
              code?: string;
              /**
               * What goes into the places: each a text, a number, something said within it, or a list of these.
               */
              params?: {
                [k: string]: unknown;
              };
              /**
               * The same for people.
               */
              reason?: string;
              /**
               * What a reader should know of how it was read.
               */
              note?: string;
              /**
               * What the texts beside it say, as ids of the catalogues and what goes into their places: the same in every language.
               */
              said?: {
                /**
                 * @maxItems 64
                 */
                note: Said[];
              };
            };
            parts: {
              status: 'found' | 'absent' | 'unsupported' | 'malformed' | 'failed';
              /**
               * Stable code of why it was not looked at or what went wrong. Beside `found`: not all of it was read.
               */
              code?: string;
              /**
               * What goes into the places: each a text, a number, something said within it, or a list of these.
               */
              params?: {
                [k: string]: unknown;
              };
              /**
               * The same for people.
               */
              reason?: string;
              /**
               * What a reader should know of how it was read.
               */
              note?: string;
              /**
               * What the texts beside it say, as ids of the catalogues and what goes into their places: the same in every language.
               */
              said?: {
                /**
                 * @maxItems 64
                 */
                note: Said[];
              };
            };
            stealthText: {
              status: 'found' | 'absent' | 'unsupported' | 'malformed' | 'failed';
              /**
               * Stable code of why it was not looked at or what went wrong. Beside `found`: not all of it was read.
               */
              code?: string;
              /**
               * What goes into the places: each a text, a number, something said within it, or a list of these.
               */
              params?: {
                [k: string]: unknown;
              };
              /**
               * The same for people.
               */
              reason?: string;
              /**
               * What a reader should know of how it was read.
               */
              note?: string;
              /**
               * What the texts beside it say, as ids of the catalogues and what goes into their places: the same in every language.
               */
              said?: {
                /**
                 * @maxItems 64
                 */
                note: Said[];
              };
            };
            pixelProof: {
              status: 'found' | 'absent' | 'unsupported' | 'malformed' | 'failed';
              /**
               * Stable code of why it was not looked at or what went wrong. Beside `found`: not all of it was read.
               */
              code?: string;
              /**
               * What goes into the places: each a text, a number, something said within it, or a list of these.
               */
              params?: {
                [k: string]: unknown;
              };
              /**
               * The same for people.
               */
              reason?: string;
              /**
               * What a reader should know of how it was read.
               */
              note?: string;
              /**
               * What the texts beside it say, as ids of the catalogues and what goes into their places: the same in every language.
               */
              said?: {
                /**
                 * @maxItems 64
                 */
                note: Said[];
              };
            };
            pixelWatermark: {
              status: 'found' | 'absent' | 'unsupported' | 'malformed' | 'failed';
              /**
               * Stable code of why it was not looked at or what went wrong. Beside `found`: not all of it was read.
               */
              code?: string;
              /**
               * What goes into the places: each a text, a number, something said within it, or a list of these.
               */
              params?: {
                [k: string]: unknown;
              };
              /**
               * The same for people.
               */
              reason?: string;
              /**
               * What a reader should know of how it was read.
               */
              note?: string;
              /**
               * What the texts beside it say, as ids of the catalogues and what goes into their places: the same in every language.
               */
              said?: {
                /**
                 * @maxItems 64
                 */
                note: Said[];
              };
            };
            thumbnail: {
              status: 'found' | 'absent' | 'unsupported' | 'malformed' | 'failed';
              /**
               * Stable code of why it was not looked at or what went wrong. Beside `found`: not all of it was read.
               */
              code?: string;
              /**
               * What goes into the places: each a text, a number, something said within it, or a list of these.
               */
              params?: {
                [k: string]: unknown;
              };
              /**
               * The same for people.
               */
              reason?: string;
              /**
               * What a reader should know of how it was read.
               */
              note?: string;
              /**
               * What the texts beside it say, as ids of the catalogues and what goes into their places: the same in every language.
               */
              said?: {
                /**
                 * @maxItems 64
                 */
                note: Said[];
              };
            };
          };
          /**
           * Only where all was looked into, no label, credential or generator trace was found, and a platform’s or encoder’s trace was.
           */
          whyMissing?: {
            /**
             * Ids of the signals that show the path.
             *
             * @minItems 1
             */
            because: (
              | 'c2pa.present'
              | 'c2pa.remote'
              | 'c2pa.unreadable'
              | 'c2pa.integrity.intact'
              | 'c2pa.binding.leavesOutMore'
              | 'c2pa.integrity.altered'
              | 'c2pa.integrity.undetermined'
              | 'c2pa.ingredient.altered'
              | 'c2pa.engines.disagree'
              | 'c2pa.signer.named'
              | 'c2pa.signer.official'
              | 'c2pa.signer.interim'
              | 'c2pa.signer.private'
              | 'c2pa.signer.unlisted'
              | 'c2pa.signer.revoked'
              | 'c2pa.conformance.disallowedSignal'
              | 'c2pa.time.proven'
              | 'c2pa.time.stamped'
              | 'c2pa.time.expiredWithoutTimestamp'
              | 'c2pa.inception.blankCanvas'
              | 'c2pa.inception.capturedMedia'
              | 'c2pa.inception.capturedMediaStitched'
              | 'c2pa.inception.compositionMayContainGenAI'
              | 'c2pa.inception.fullyGenAIMedia'
              | 'c2pa.inception.mediaUnknownProvenance'
              | 'c2pa.inception.nonGenAIDigitalCreation'
              | 'c2pa.inception.partlyGenAICreation'
              | 'c2pa.inception.screenCaptureMayContainGenAI'
              | 'c2pa.transformation.ambiguousActions'
              | 'c2pa.transformation.nonEditorial'
              | 'c2pa.transformation.perceptibleGenAI'
              | 'c2pa.transformation.perceptibleNonGenAI'
              | 'c2pa.transformation.perceptiblePossiblyGenAI'
              | 'c2pa.digitalSourceType.trainedAlgorithmicMedia'
              | 'c2pa.digitalSourceType.compositeWithTrainedAlgorithmicMedia'
              | 'c2pa.digitalSourceType.compositeSynthetic'
              | 'c2pa.digitalSourceType.trainedAlgorithmicData'
              | 'c2pa.digitalSourceType.virtualRecording'
              | 'c2pa.digitalSourceType.composite'
              | 'c2pa.digitalSourceType.digitalArt'
              | 'c2pa.digitalSourceType.algorithmicMedia'
              | 'c2pa.digitalSourceType.algorithmicallyEnhanced'
              | 'c2pa.digitalSourceType.dataDrivenMedia'
              | 'c2pa.digitalSourceType.digitalCreation'
              | 'c2pa.digitalSourceType.humanEdits'
              | 'c2pa.digitalSourceType.minorHumanEdits'
              | 'c2pa.digitalSourceType.softwareImage'
              | 'c2pa.digitalSourceType.digitalCapture'
              | 'c2pa.digitalSourceType.computationalCapture'
              | 'c2pa.digitalSourceType.compositeCapture'
              | 'c2pa.digitalSourceType.screenCapture'
              | 'c2pa.digitalSourceType.negativeFilm'
              | 'c2pa.digitalSourceType.positiveFilm'
              | 'c2pa.digitalSourceType.print'
              | 'c2pa.digitalSourceType.empty'
              | 'c2pa.digitalSourceType.unrecognised'
              | 'iptc.digitalSourceType.trainedAlgorithmicMedia'
              | 'iptc.digitalSourceType.compositeWithTrainedAlgorithmicMedia'
              | 'iptc.digitalSourceType.compositeSynthetic'
              | 'iptc.digitalSourceType.trainedAlgorithmicData'
              | 'iptc.digitalSourceType.virtualRecording'
              | 'iptc.digitalSourceType.composite'
              | 'iptc.digitalSourceType.digitalArt'
              | 'iptc.digitalSourceType.algorithmicMedia'
              | 'iptc.digitalSourceType.algorithmicallyEnhanced'
              | 'iptc.digitalSourceType.dataDrivenMedia'
              | 'iptc.digitalSourceType.digitalCreation'
              | 'iptc.digitalSourceType.humanEdits'
              | 'iptc.digitalSourceType.minorHumanEdits'
              | 'iptc.digitalSourceType.softwareImage'
              | 'iptc.digitalSourceType.digitalCapture'
              | 'iptc.digitalSourceType.computationalCapture'
              | 'iptc.digitalSourceType.compositeCapture'
              | 'iptc.digitalSourceType.screenCapture'
              | 'iptc.digitalSourceType.negativeFilm'
              | 'iptc.digitalSourceType.positiveFilm'
              | 'iptc.digitalSourceType.print'
              | 'iptc.digitalSourceType.empty'
              | 'iptc.digitalSourceType.unrecognised'
              | 'c2pa.declaration.microsoftAiImage'
              | 'c2pa.declaration.blackForestLabs'
              | 'c2pa.declaration.adobeFirefly'
              | 'c2pa.declaration.aiDisclosure'
              | 'c2pa.declaration.suno'
              | 'c2pa.declaration.dreamina'
              | 'c2pa.trainingMining'
              | 'c2pa.softBinding.fingerprint'
              | 'c2pa.softBinding.unrecognised'
              | 'watermark.declared'
              | 'watermark.action'
              | 'cawg.identity.present'
              | 'cawg.identity.wellFormed'
              | 'cawg.identity.notCheckable'
              | 'cawg.identity.malformed'
              | 'cawg.identity.outsideValidity'
              | 'cawg.identity.invalid'
              | 'gb45438.label.present'
              | 'gb45438.label.generated'
              | 'gb45438.label.possible'
              | 'gb45438.label.suspected'
              | 'gb45438.label.unrecognised'
              | 'gb45438.label.shell'
              | 'gb45438.element.label'
              | 'gb45438.element.contentProducer'
              | 'gb45438.element.produceId'
              | 'gb45438.element.contentPropagator'
              | 'gb45438.element.propagateId'
              | 'gb45438.element.absent'
              | 'gb45438.form.wrapped'
              | 'gb45438.form.bare'
              | 'gb45438.value.notString'
              | 'gb45438.value.labelNotString'
              | 'gb45438.key.withoutAigc'
              | 'gb45438.keys.duplicate'
              | 'gb45438.charset.outside'
              | 'gb45438.propagation.sameAsProduction'
              | 'gb45438.propagation.differs'
              | 'gb45438.copies.several'
              | 'gb45438.copies.disagree'
              | 'gb45438.provider.code'
              | 'gb45438.provider.codeMalformed'
              | 'gb45438.provider.listed'
              | 'gb45438.security.present'
              | 'gb45438.security.signatureHolds'
              | 'gb45438.security.signatureBroken'
              | 'gb45438.security.notCheckable'
              | 'generator.a1111'
              | 'generator.comfyui'
              | 'generator.comfyui.sampler'
              | 'generator.comfyui.service'
              | 'generator.comfyui.edit'
              | 'generator.comfyui.noStep'
              | 'generator.comfyui.unknownNode'
              | 'generator.comfyui.elsewhere'
              | 'generator.comfyui.notFollowed'
              | 'generator.comfyui.workflow'
              | 'generator.invokeai'
              | 'generator.invokeai.graph'
              | 'generator.novelai'
              | 'generator.fooocus'
              | 'generator.ruinedFooocus'
              | 'generator.swarmui'
              | 'generator.easyDiffusion'
              | 'generator.drawThings'
              | 'generator.stabilityMatrix'
              | 'generator.tensorArt'
              | 'generator.hfSpace'
              | 'generator.civitai'
              | 'generator.civitai.request'
              | 'generator.midjourney'
              | 'generator.grok'
              | 'generator.flux'
              | 'generator.ideogram'
              | 'generator.luma'
              | 'generator.reve'
              | 'generator.aphrodite'
              | 'generator.dreamina'
              | 'generator.byteDanceProduct'
              | 'generator.tencentService'
              | 'generator.samsungGalaxyAi'
              | 'generator.hostingJob'
              | 'generator.sourcePicture'
              | 'generator.upscaled'
              | 'generator.kling'
              | 'generator.suno'
              | 'generator.suno.download'
              | 'platform.tiktok.aiLabel.creator'
              | 'platform.tiktok.aiLabel.platform'
              | 'camera.exif'
              | 'camera.makerNoteMismatch'
              | 'camera.location'
              | 'camera.serials'
              | 'camera.names'
              | 'camera.googleFields'
              | 'camera.androidVideo'
              | 'camera.appleVideo'
              | 'camera.scanner'
              | 'camera.hint.scanner'
              | 'camera.hint.screenshot'
              | 'recorder.voiceMemo'
              | 'recorder.broadcastWave'
              | 'iptc.ai.systemUsed'
              | 'iptc.ai.systemVersionUsed'
              | 'iptc.ai.promptInformation'
              | 'iptc.ai.promptWriterName'
              | 'iptc.credit.googleMade'
              | 'iptc.credit.googleEdited'
              | 'iptc.credit.appleCleanUp'
              | 'iptc.credit.appleImagePlayground'
              | 'iptc.dataMining'
              | 'editor.photoshop'
              | 'editor.cameraRaw'
              | 'editor.gimp'
              | 'editor.software'
              | 'editor.hint.software'
              | 'editor.history'
              | 'editor.documentAncestors'
              | 'editor.derivedFrom'
              | 'editor.premiere'
              | 'editor.capcut'
              | 'editor.ffmpeg'
              | 'editor.x264'
              | 'platform.tiktok'
              | 'platform.bytedance'
              | 'platform.youtube'
              | 'platform.x'
              | 'platform.facebook'
              | 'platform.hint.facebook'
              | 'platform.hint.whatsapp'
              | 'platform.hint.telegram'
              | 'platform.hint.x'
              | 'platform.hint.wechat'
              | 'platform.hint.snapchat'
              | 'watermark.stealthText'
              | 'generator.novelai.proof.holds'
              | 'generator.novelai.proof.broken'
              | 'watermark.pixels.sd1'
              | 'watermark.pixels.sd2'
              | 'watermark.pixels.sdxl'
              | 'watermark.pixels.flux'
              | 'file.thumbnailDiffers'
              | 'c2pa.ai.created'
              | 'c2pa.ai.altered'
              | 'c2pa.ai.systemNamed'
              | 'c2pa.ai.systemVersion'
              | 'c2pa.ai.when'
              | 'c2pa.ai.inIngredient'
              | 'c2pa.identifier'
              | 'c2pa.capture.stated'
              | 'c2pa.capture.deviceNamed'
              | 'c2pa.capture.when'
              | 'file.aiMark.signed'
              | 'file.aiMark.unsigned'
              | 'file.aiMark.possible'
              | 'file.aiTrace'
              | 'file.mediaTypeMismatch'
              | 'file.dates.outOfOrder'
              | 'file.dates.unsetClock'
              | 'file.dates.impossible'
              | 'file.sizesDiffer'
              | 'file.jpeg.tables'
              | 'file.jpeg.progressive'
              | 'file.severalAssets'
              | 'file.livePhotoPart'
              | 'file.trailingData'
            )[];
            /**
             * What that path usually removes. A habit, never a verdict.
             */
            says: string;
            /**
             * Who says so, and when.
             */
            source: string;
            /**
             * What the texts beside it say, as ids of the catalogues and what goes into their places: the same in every language.
             */
            said?: {
              says?: Said;
              source?: Said;
            };
          }[];
          notChecked: {
            /**
             * What this report cannot tell.
             */
            what: string;
            /**
             * Why it cannot.
             */
            why: string;
            /**
             * Who could tell.
             */
            ask?: string;
            /**
             * What the texts beside it say, as ids of the catalogues and what goes into their places: the same in every language.
             */
            said?: {
              what?: Said;
              why?: Said;
              ask?: Said;
            };
            /**
             * The vendor’s own page. Assay never calls it.
             */
            link?: string;
          }[];
          tool: {
            name: 'assay';
            version: string;
            c2paEngines: {
              name: 'native' | 'wasm';
              version: string;
              sdk: string;
            }[];
            lists: {
              /**
               * What it is called.
               */
              name: string;
              /**
               * What the texts beside it say, as ids of the catalogues and what goes into their places: the same in every language.
               */
              said?: {
                name?: Said;
              };
              date?: string;
            }[];
            rulebooks: {
              id: string;
              /**
               * Date of our text.
               */
              edition: string;
              /**
               * ISO 3166 code, `EU` or `INT`.
               */
              jurisdiction: string;
              /**
               * In the language of `tool.language`.
               */
              title: string;
            }[];
            /**
             * Language of the sentences and statements in this document; left out: English.
             */
            language?: 'en' | 'zh-Hans';
            /**
             * Of a Report that a version before 0.2 kept: its sentences and statements are the English words of that day.
             */
            words?: 'as-kept';
            /**
             * The day the rules were asked about.
             */
            asOf: string;
            /**
             * Why that day: somebody asked for it, or it was the day of the inspection (UTC).
             */
            asOfBecause: 'asked' | 'today';
            /**
             * Kinds of personal data that were asked for; all others are masked.
             */
            revealed?: ('location' | 'serial' | 'names')[];
            /**
             * `sandbox`: the file was read where nothing else is to be seen: no other file, no network. `process`: in a process of its own only, as this machine has no sandbox or was told to do without.
             */
            isolation?: 'sandbox' | 'process';
            /**
             * Why not in a sandbox, where it was in none. `switched-off`: whoever runs this chose so. `not-installed`: the machine has none. `refused`: it has one, which did not work. `too-slow`: nothing had started in it in time.
             */
            isolationBecause?: 'switched-off' | 'not-installed' | 'refused' | 'too-slow';
          };
        };
      };
    };
  };
  /**
   * Print a kept Report
   */
  getInspectionPdf: {
    path: {
      /**
       * As in the `Location` of the upload’s answer.
       */
      id: string;
    };
    query?: {
      /**
       * Language of the sentences and statements: en, zh-Hans. Left out: English.
       */
      lang?: string;
      /**
       * Left out: a4.
       */
      paper?: 'a4' | 'letter';
    };
    headers?: {
      /**
       * The client’s own id of the request: the answer, the problem, the audit log and the server’s log bear it. One that is longer or has other characters is left aside, and the server makes one.
       */
      'X-Request-Id'?: string;
    };
    answers: {
      '200': {
        'application/pdf': Blob;
      };
    };
  };
  /**
   * One of the pictures
   */
  getInspectionPicture: {
    path: {
      /**
       * As in the `Location` of the upload’s answer.
       */
      id: string;
      /**
       * As the list gives it.
       */
      name: string;
    };
    headers?: {
      /**
       * The client’s own id of the request: the answer, the problem, the audit log and the server’s log bear it. One that is longer or has other characters is left aside, and the server makes one.
       */
      'X-Request-Id'?: string;
    };
    answers: {
      '200': {
        'image/webp': Blob;
      };
    };
  };
  /**
   * A small picture of the file; of a video, one of its key frames
   */
  getInspectionPreview: {
    path: {
      /**
       * As in the `Location` of the upload’s answer.
       */
      id: string;
    };
    headers?: {
      /**
       * The client’s own id of the request: the answer, the problem, the audit log and the server’s log bear it. One that is longer or has other characters is left aside, and the server makes one.
       */
      'X-Request-Id'?: string;
    };
    answers: {
      '200': {
        'image/webp': Blob;
      };
    };
  };
  /**
   * The picture that the active manifest keeps of its content
   */
  getInspectionThumbnail: {
    path: {
      /**
       * As in the `Location` of the upload’s answer.
       */
      id: string;
    };
    headers?: {
      /**
       * The client’s own id of the request: the answer, the problem, the audit log and the server’s log bear it. One that is longer or has other characters is left aside, and the server makes one.
       */
      'X-Request-Id'?: string;
    };
    answers: {
      '200': {
        'image/webp': Blob;
      };
    };
  };
  /**
   * Read what a key may do
   */
  getKey: {
    path: {
      /**
       * As in the list of keys.
       */
      id: string;
    };
    headers?: {
      /**
       * The client’s own id of the request: the answer, the problem, the audit log and the server’s log bear it. One that is longer or has other characters is left aside, and the server makes one.
       */
      'X-Request-Id'?: string;
    };
    answers: {
      '200': {
        'application/json': {
          id: string;
          name: string;
          /**
           * `inspect`: send files, and delete or change what was made of them; `read`: read reports and lists of them; `reveal`: ask for personal data that is masked otherwise, and read what was revealed; `admin`: keys, webhooks and the audit log of its tenant, and figures of the whole service; `metrics`: figures of the whole service (/metrics) and nothing else, for what collects them
           *
           * @minItems 1
           * @maxItems 5
           */
          scopes: ('inspect' | 'read' | 'reveal' | 'admin' | 'metrics')[];
          /**
           * What is asked where the client names nothing.
           */
          defaults: {
            /**
             * @minItems 1
             * @maxItems 50
             */
            jurisdictions?: string[];
            /**
             * @minItems 1
             * @maxItems 5
             */
            roles?: ('provider' | 'deployer' | 'platform' | 'user' | 'device-maker')[];
            /**
             * @minItems 1
             * @maxItems 50
             */
            rulebooks?: string[];
          };
          /**
           * Left out: the service’s own.
           */
          limits: {
            requestsPerMinute?: number;
            dailyInspections?: number;
            dailyBytes?: number;
          };
          /**
           * RFC 3339, UTC.
           */
          createdAt: string;
          /**
           * Name of the key that made it.
           */
          createdBy?: string;
          /**
           * RFC 3339, UTC.
           */
          expiresAt?: string;
          /**
           * RFC 3339, UTC.
           */
          revokedAt?: string;
          /**
           * To the minute.
           */
          lastUsedAt?: string;
          [k: string]: unknown;
        };
      };
    };
  };
  /**
   * Is the process alive?
   */
  getLiveness: {
    headers?: {
      /**
       * The client’s own id of the request: the answer, the problem, the audit log and the server’s log bear it. One that is longer or has other characters is left aside, and the server makes one.
       */
      'X-Request-Id'?: string;
    };
    answers: {
      '200': {
        'application/json': {
          status: 'live';
          [k: string]: unknown;
        };
      };
    };
  };
  /**
   * Can it take an upload now?
   */
  getReadiness: {
    headers?: {
      /**
       * The client’s own id of the request: the answer, the problem, the audit log and the server’s log bear it. One that is longer or has other characters is left aside, and the server makes one.
       */
      'X-Request-Id'?: string;
    };
    answers: {
      '200': {
        'application/json': Readiness;
      };
    };
  };
  /**
   * Read one rulebook, clause by clause
   */
  getRulebook: {
    path: {
      /**
       * As in a finding.
       */
      id: string;
    };
    headers?: {
      /**
       * The client’s own id of the request: the answer, the problem, the audit log and the server’s log bear it. One that is longer or has other characters is left aside, and the server makes one.
       */
      'X-Request-Id'?: string;
    };
    answers: {
      '200': {
        'application/json': Rulebook;
      };
    };
  };
  /**
   * Read where an upload stands
   */
  getUpload: {
    path: {
      id: string;
    };
    headers?: {
      /**
       * The client’s own id of the request: the answer, the problem, the audit log and the server’s log bear it. One that is longer or has other characters is left aside, and the server makes one.
       */
      'X-Request-Id'?: string;
    };
    answers: {
      '200': {
        'application/json': {
          id: string;
          /**
           * RFC 3339, UTC.
           */
          createdAt: string;
          /**
           * Then it goes, finished or not.
           */
          expiresAt: string;
          /**
           * How many bytes have arrived.
           */
          offset: number;
          /**
           * Of the whole file; left out: not said yet.
           */
          bytes?: number;
          finished: boolean;
        };
      };
    };
  };
  /**
   * How much of an upload has arrived
   */
  getUploadOffset: {
    path: {
      id: string;
    };
    headers: {
      'Tus-Resumable': '1.0.0';
      /**
       * The client’s own id of the request: the answer, the problem, the audit log and the server’s log bear it. One that is longer or has other characters is left aside, and the server makes one.
       */
      'X-Request-Id'?: string;
    };
    answers: {
      '200': {};
    };
  };
  /**
   * Read one webhook
   */
  getWebhook: {
    path: {
      id: string;
    };
    headers?: {
      /**
       * The client’s own id of the request: the answer, the problem, the audit log and the server’s log bear it. One that is longer or has other characters is left aside, and the server makes one.
       */
      'X-Request-Id'?: string;
    };
    answers: {
      '200': {
        'application/json': {
          id: string;
          /**
           * https, and a public address; the operator can allow others (ASSAY_WEBHOOK_ALLOWED_HOSTS).
           */
          url: string;
          /**
           * What to be told of. Empty or left out: everything.
           *
           * @maxItems 4
           */
          events: ('inspection.done' | 'inspection.failed' | 'inspection.superseded' | 'batch.done')[];
          /**
           * For people.
           */
          description?: string;
          /**
           * RFC 3339, UTC.
           */
          createdAt: string;
          enabled: boolean;
          disabled?: {
            /**
             * RFC 3339, UTC.
             */
            at: string;
            /**
             * `gone`: it answered 410. `asked`: by PATCH.
             */
            because: 'gone' | 'asked';
            [k: string]: unknown;
          };
          /**
           * Only where no key of this server opens its secret: nothing can be signed, and messages wait. `POST /v1/webhooks/{id}/secret` makes a new one, and they are sent.
           */
          secretFault?: 'secret.notOpened';
          [k: string]: unknown;
        };
      };
    };
  };
  /**
   * Who asked for what
   */
  listAudit: {
    query?: {
      /**
       * Only lower numbers: the last of the page before.
       */
      before?: number;
      limit?: number;
    };
    headers?: {
      /**
       * The client’s own id of the request: the answer, the problem, the audit log and the server’s log bear it. One that is longer or has other characters is left aside, and the server makes one.
       */
      'X-Request-Id'?: string;
    };
    answers: {
      '200': {
        'application/json': {
          entries: {
            /**
             * Ascending in the order of writing.
             */
            number: number;
            at: string;
            keyId?: string;
            /**
             * Name of the key.
             */
            who: string;
            action: string;
            /**
             * The id in the address.
             */
            subject?: string;
            /**
             * Of the answer.
             */
            status: number;
            /**
             * As in `X-Request-Id`.
             */
            requestId: string;
            [k: string]: unknown;
          }[];
          [k: string]: unknown;
        };
      };
    };
  };
  /**
   * List batches
   */
  listBatches: {
    query?: {
      /**
       * Left out: 50.
       */
      limit?: number;
      /**
       * `next` of the page before.
       */
      cursor?: string;
    };
    headers?: {
      /**
       * The client’s own id of the request: the answer, the problem, the audit log and the server’s log bear it. One that is longer or has other characters is left aside, and the server makes one.
       */
      'X-Request-Id'?: string;
    };
    answers: {
      '200': {
        'application/json': {
          batches: Batch[];
          /**
           * `cursor` of the next page.
           */
          next?: string;
          [k: string]: unknown;
        };
      };
    };
  };
  /**
   * Which pictures were made of a file, and why others were not
   */
  listInspectionPictures: {
    path: {
      /**
       * As in the `Location` of the upload’s answer.
       */
      id: string;
    };
    headers?: {
      /**
       * The client’s own id of the request: the answer, the problem, the audit log and the server’s log bear it. One that is longer or has other characters is left aside, and the server makes one.
       */
      'X-Request-Id'?: string;
    };
    answers: {
      '200': {
        'application/json': {
          pictures: {
            /**
             * `preview` of the file, `thumbnail` of its active manifest, `stored` in EXIF, `frame-1` and on of a video; `manifest-2` of the Report’s `contentCredentials.manifests[2]`, `ingredient-2` of its one ingredient that brought no manifest.
             */
            name: string;
            /**
             * Pixels.
             */
            width: number;
            /**
             * Pixels.
             */
            height: number;
            /**
             * The file is damaged: this is what could be decoded of it.
             */
            damaged?: boolean;
            /**
             * Of a key frame: at or before this moment of the video.
             */
            seconds?: number;
            [k: string]: unknown;
          }[];
          missing: {
            kind: 'preview' | 'stored' | 'claim' | 'ingredient' | 'frame';
            /**
             * Stable; made for programs.
             */
            code: string;
            /**
             * Why there is no such picture.
             */
            reason: string;
            [k: string]: unknown;
          }[];
          /**
           * How far the picture stored in EXIF and the file’s own are apart.
           */
          stored?: {
            /**
             * Bits of a perceptual hash.
             */
            differing: number;
            of: number;
            [k: string]: unknown;
          };
          [k: string]: unknown;
        };
      };
    };
  };
  /**
   * List inspections
   */
  listInspections: {
    query?: {
      /**
       * Left out: 50.
       */
      limit?: number;
      /**
       * From `next` of the page before.
       */
      cursor?: string;
      sha256?: string;
      origin?: 'ai-generated' | 'ai-edited' | 'captured' | 'other' | 'contradictory' | 'none' | 'unknown';
      backing?: 'trusted' | 'valid' | 'unsigned' | 'inferred' | 'invalid';
      /**
       * A signal that was raised.
       */
      signal?:
        | 'c2pa.present'
        | 'c2pa.remote'
        | 'c2pa.unreadable'
        | 'c2pa.integrity.intact'
        | 'c2pa.binding.leavesOutMore'
        | 'c2pa.integrity.altered'
        | 'c2pa.integrity.undetermined'
        | 'c2pa.ingredient.altered'
        | 'c2pa.engines.disagree'
        | 'c2pa.signer.named'
        | 'c2pa.signer.official'
        | 'c2pa.signer.interim'
        | 'c2pa.signer.private'
        | 'c2pa.signer.unlisted'
        | 'c2pa.signer.revoked'
        | 'c2pa.conformance.disallowedSignal'
        | 'c2pa.time.proven'
        | 'c2pa.time.stamped'
        | 'c2pa.time.expiredWithoutTimestamp'
        | 'c2pa.inception.blankCanvas'
        | 'c2pa.inception.capturedMedia'
        | 'c2pa.inception.capturedMediaStitched'
        | 'c2pa.inception.compositionMayContainGenAI'
        | 'c2pa.inception.fullyGenAIMedia'
        | 'c2pa.inception.mediaUnknownProvenance'
        | 'c2pa.inception.nonGenAIDigitalCreation'
        | 'c2pa.inception.partlyGenAICreation'
        | 'c2pa.inception.screenCaptureMayContainGenAI'
        | 'c2pa.transformation.ambiguousActions'
        | 'c2pa.transformation.nonEditorial'
        | 'c2pa.transformation.perceptibleGenAI'
        | 'c2pa.transformation.perceptibleNonGenAI'
        | 'c2pa.transformation.perceptiblePossiblyGenAI'
        | 'c2pa.digitalSourceType.trainedAlgorithmicMedia'
        | 'c2pa.digitalSourceType.compositeWithTrainedAlgorithmicMedia'
        | 'c2pa.digitalSourceType.compositeSynthetic'
        | 'c2pa.digitalSourceType.trainedAlgorithmicData'
        | 'c2pa.digitalSourceType.virtualRecording'
        | 'c2pa.digitalSourceType.composite'
        | 'c2pa.digitalSourceType.digitalArt'
        | 'c2pa.digitalSourceType.algorithmicMedia'
        | 'c2pa.digitalSourceType.algorithmicallyEnhanced'
        | 'c2pa.digitalSourceType.dataDrivenMedia'
        | 'c2pa.digitalSourceType.digitalCreation'
        | 'c2pa.digitalSourceType.humanEdits'
        | 'c2pa.digitalSourceType.minorHumanEdits'
        | 'c2pa.digitalSourceType.softwareImage'
        | 'c2pa.digitalSourceType.digitalCapture'
        | 'c2pa.digitalSourceType.computationalCapture'
        | 'c2pa.digitalSourceType.compositeCapture'
        | 'c2pa.digitalSourceType.screenCapture'
        | 'c2pa.digitalSourceType.negativeFilm'
        | 'c2pa.digitalSourceType.positiveFilm'
        | 'c2pa.digitalSourceType.print'
        | 'c2pa.digitalSourceType.empty'
        | 'c2pa.digitalSourceType.unrecognised'
        | 'iptc.digitalSourceType.trainedAlgorithmicMedia'
        | 'iptc.digitalSourceType.compositeWithTrainedAlgorithmicMedia'
        | 'iptc.digitalSourceType.compositeSynthetic'
        | 'iptc.digitalSourceType.trainedAlgorithmicData'
        | 'iptc.digitalSourceType.virtualRecording'
        | 'iptc.digitalSourceType.composite'
        | 'iptc.digitalSourceType.digitalArt'
        | 'iptc.digitalSourceType.algorithmicMedia'
        | 'iptc.digitalSourceType.algorithmicallyEnhanced'
        | 'iptc.digitalSourceType.dataDrivenMedia'
        | 'iptc.digitalSourceType.digitalCreation'
        | 'iptc.digitalSourceType.humanEdits'
        | 'iptc.digitalSourceType.minorHumanEdits'
        | 'iptc.digitalSourceType.softwareImage'
        | 'iptc.digitalSourceType.digitalCapture'
        | 'iptc.digitalSourceType.computationalCapture'
        | 'iptc.digitalSourceType.compositeCapture'
        | 'iptc.digitalSourceType.screenCapture'
        | 'iptc.digitalSourceType.negativeFilm'
        | 'iptc.digitalSourceType.positiveFilm'
        | 'iptc.digitalSourceType.print'
        | 'iptc.digitalSourceType.empty'
        | 'iptc.digitalSourceType.unrecognised'
        | 'c2pa.declaration.microsoftAiImage'
        | 'c2pa.declaration.blackForestLabs'
        | 'c2pa.declaration.adobeFirefly'
        | 'c2pa.declaration.aiDisclosure'
        | 'c2pa.declaration.suno'
        | 'c2pa.declaration.dreamina'
        | 'c2pa.trainingMining'
        | 'c2pa.softBinding.fingerprint'
        | 'c2pa.softBinding.unrecognised'
        | 'watermark.declared'
        | 'watermark.action'
        | 'cawg.identity.present'
        | 'cawg.identity.wellFormed'
        | 'cawg.identity.notCheckable'
        | 'cawg.identity.malformed'
        | 'cawg.identity.outsideValidity'
        | 'cawg.identity.invalid'
        | 'gb45438.label.present'
        | 'gb45438.label.generated'
        | 'gb45438.label.possible'
        | 'gb45438.label.suspected'
        | 'gb45438.label.unrecognised'
        | 'gb45438.label.shell'
        | 'gb45438.element.label'
        | 'gb45438.element.contentProducer'
        | 'gb45438.element.produceId'
        | 'gb45438.element.contentPropagator'
        | 'gb45438.element.propagateId'
        | 'gb45438.element.absent'
        | 'gb45438.form.wrapped'
        | 'gb45438.form.bare'
        | 'gb45438.value.notString'
        | 'gb45438.value.labelNotString'
        | 'gb45438.key.withoutAigc'
        | 'gb45438.keys.duplicate'
        | 'gb45438.charset.outside'
        | 'gb45438.propagation.sameAsProduction'
        | 'gb45438.propagation.differs'
        | 'gb45438.copies.several'
        | 'gb45438.copies.disagree'
        | 'gb45438.provider.code'
        | 'gb45438.provider.codeMalformed'
        | 'gb45438.provider.listed'
        | 'gb45438.security.present'
        | 'gb45438.security.signatureHolds'
        | 'gb45438.security.signatureBroken'
        | 'gb45438.security.notCheckable'
        | 'generator.a1111'
        | 'generator.comfyui'
        | 'generator.comfyui.sampler'
        | 'generator.comfyui.service'
        | 'generator.comfyui.edit'
        | 'generator.comfyui.noStep'
        | 'generator.comfyui.unknownNode'
        | 'generator.comfyui.elsewhere'
        | 'generator.comfyui.notFollowed'
        | 'generator.comfyui.workflow'
        | 'generator.invokeai'
        | 'generator.invokeai.graph'
        | 'generator.novelai'
        | 'generator.fooocus'
        | 'generator.ruinedFooocus'
        | 'generator.swarmui'
        | 'generator.easyDiffusion'
        | 'generator.drawThings'
        | 'generator.stabilityMatrix'
        | 'generator.tensorArt'
        | 'generator.hfSpace'
        | 'generator.civitai'
        | 'generator.civitai.request'
        | 'generator.midjourney'
        | 'generator.grok'
        | 'generator.flux'
        | 'generator.ideogram'
        | 'generator.luma'
        | 'generator.reve'
        | 'generator.aphrodite'
        | 'generator.dreamina'
        | 'generator.byteDanceProduct'
        | 'generator.tencentService'
        | 'generator.samsungGalaxyAi'
        | 'generator.hostingJob'
        | 'generator.sourcePicture'
        | 'generator.upscaled'
        | 'generator.kling'
        | 'generator.suno'
        | 'generator.suno.download'
        | 'platform.tiktok.aiLabel.creator'
        | 'platform.tiktok.aiLabel.platform'
        | 'camera.exif'
        | 'camera.makerNoteMismatch'
        | 'camera.location'
        | 'camera.serials'
        | 'camera.names'
        | 'camera.googleFields'
        | 'camera.androidVideo'
        | 'camera.appleVideo'
        | 'camera.scanner'
        | 'camera.hint.scanner'
        | 'camera.hint.screenshot'
        | 'recorder.voiceMemo'
        | 'recorder.broadcastWave'
        | 'iptc.ai.systemUsed'
        | 'iptc.ai.systemVersionUsed'
        | 'iptc.ai.promptInformation'
        | 'iptc.ai.promptWriterName'
        | 'iptc.credit.googleMade'
        | 'iptc.credit.googleEdited'
        | 'iptc.credit.appleCleanUp'
        | 'iptc.credit.appleImagePlayground'
        | 'iptc.dataMining'
        | 'editor.photoshop'
        | 'editor.cameraRaw'
        | 'editor.gimp'
        | 'editor.software'
        | 'editor.hint.software'
        | 'editor.history'
        | 'editor.documentAncestors'
        | 'editor.derivedFrom'
        | 'editor.premiere'
        | 'editor.capcut'
        | 'editor.ffmpeg'
        | 'editor.x264'
        | 'platform.tiktok'
        | 'platform.bytedance'
        | 'platform.youtube'
        | 'platform.x'
        | 'platform.facebook'
        | 'platform.hint.facebook'
        | 'platform.hint.whatsapp'
        | 'platform.hint.telegram'
        | 'platform.hint.x'
        | 'platform.hint.wechat'
        | 'platform.hint.snapchat'
        | 'watermark.stealthText'
        | 'generator.novelai.proof.holds'
        | 'generator.novelai.proof.broken'
        | 'watermark.pixels.sd1'
        | 'watermark.pixels.sd2'
        | 'watermark.pixels.sdxl'
        | 'watermark.pixels.flux'
        | 'file.thumbnailDiffers'
        | 'c2pa.ai.created'
        | 'c2pa.ai.altered'
        | 'c2pa.ai.systemNamed'
        | 'c2pa.ai.systemVersion'
        | 'c2pa.ai.when'
        | 'c2pa.ai.inIngredient'
        | 'c2pa.identifier'
        | 'c2pa.capture.stated'
        | 'c2pa.capture.deviceNamed'
        | 'c2pa.capture.when'
        | 'file.aiMark.signed'
        | 'file.aiMark.unsigned'
        | 'file.aiMark.possible'
        | 'file.aiTrace'
        | 'file.mediaTypeMismatch'
        | 'file.dates.outOfOrder'
        | 'file.dates.unsetClock'
        | 'file.dates.impossible'
        | 'file.sizesDiffer'
        | 'file.jpeg.tables'
        | 'file.jpeg.progressive'
        | 'file.severalAssets'
        | 'file.livePhotoPart'
        | 'file.trailingData';
      /**
       * A family of signals: what stands before the dot.
       */
      label?:
        | 'c2pa'
        | 'iptc'
        | 'watermark'
        | 'cawg'
        | 'gb45438'
        | 'generator'
        | 'platform'
        | 'camera'
        | 'recorder'
        | 'editor'
        | 'file';
      /**
       * Of a clause; with `rulebook`, of one of its clauses.
       */
      outcome?:
        | 'answered'
        | 'partly-answered'
        | 'no-signal-found'
        | 'indeterminate'
        | 'not-assessable'
        | 'not-applicable'
        | 'not-in-force'
        | 'superseded';
      rulebook?:
        | 'cn-av-provisions-2019'
        | 'cn-deep-synthesis-2022'
        | 'cn-labelling-measures-2025'
        | 'cn-gb45438-2025'
        | 'eu-ai-act-art-50'
        | 'eu-code-of-practice-2026'
        | 'us-ca-ai-transparency-act'
        | 'us-wa-hb-1170'
        | 'us-ct-pa-26-15'
        | 'us-ut-13-72c'
        | 'kr-ai-framework-act'
        | 'in-it-rules-2026'
        | 'vn-ai-law-2026'
        | 'iptc-c2pa-practice';
      /**
       * Name of the active manifest’s signer, whole.
       */
      signer?: string;
      /**
       * Made then or later: a day or a time, RFC 3339.
       */
      from?: string;
      /**
       * Made before then.
       */
      to?: string;
      kind?: 'image' | 'video' | 'audio' | 'document' | 'other';
      status?: 'queued' | 'running' | 'done' | 'failed' | 'cancelled';
      caseRef?: string;
      tag?: string;
      batch?: string;
    };
    headers?: {
      /**
       * The client’s own id of the request: the answer, the problem, the audit log and the server’s log bear it. One that is longer or has other characters is left aside, and the server makes one.
       */
      'X-Request-Id'?: string;
    };
    answers: {
      '200': {
        'application/json': {
          inspections: Inspection[];
          /**
           * `cursor` of the next page.
           */
          next?: string;
          [k: string]: unknown;
        };
      };
    };
  };
  /**
   * List keys
   */
  listKeys: {
    headers?: {
      /**
       * The client’s own id of the request: the answer, the problem, the audit log and the server’s log bear it. One that is longer or has other characters is left aside, and the server makes one.
       */
      'X-Request-Id'?: string;
    };
    answers: {
      '200': {
        'application/json': {
          keys: {
            id: string;
            name: string;
            /**
             * `inspect`: send files, and delete or change what was made of them; `read`: read reports and lists of them; `reveal`: ask for personal data that is masked otherwise, and read what was revealed; `admin`: keys, webhooks and the audit log of its tenant, and figures of the whole service; `metrics`: figures of the whole service (/metrics) and nothing else, for what collects them
             *
             * @minItems 1
             * @maxItems 5
             */
            scopes: ('inspect' | 'read' | 'reveal' | 'admin' | 'metrics')[];
            /**
             * What is asked where the client names nothing.
             */
            defaults: {
              /**
               * @minItems 1
               * @maxItems 50
               */
              jurisdictions?: string[];
              /**
               * @minItems 1
               * @maxItems 5
               */
              roles?: ('provider' | 'deployer' | 'platform' | 'user' | 'device-maker')[];
              /**
               * @minItems 1
               * @maxItems 50
               */
              rulebooks?: string[];
            };
            /**
             * Left out: the service’s own.
             */
            limits: {
              requestsPerMinute?: number;
              dailyInspections?: number;
              dailyBytes?: number;
            };
            /**
             * RFC 3339, UTC.
             */
            createdAt: string;
            /**
             * Name of the key that made it.
             */
            createdBy?: string;
            /**
             * RFC 3339, UTC.
             */
            expiresAt?: string;
            /**
             * RFC 3339, UTC.
             */
            revokedAt?: string;
            /**
             * To the minute.
             */
            lastUsedAt?: string;
            [k: string]: unknown;
          }[];
          [k: string]: unknown;
        };
      };
    };
  };
  /**
   * List the laws and standards that are looked at
   */
  listRulebooks: {
    headers?: {
      /**
       * The client’s own id of the request: the answer, the problem, the audit log and the server’s log bear it. One that is longer or has other characters is left aside, and the server makes one.
       */
      'X-Request-Id'?: string;
    };
    answers: {
      '200': {
        'application/json': {
          rulebooks: {
            id: string;
            jurisdiction: string;
            title: {
              en: string;
              zh: string;
              [k: string]: unknown;
            };
            instrument: {
              title: string;
              originalTitle?: string;
              language?: string;
              number?: string;
              address: string;
              [k: string]: unknown;
            };
            about: {
              en: string;
              zh: string;
              [k: string]: unknown;
            };
            /**
             * Date of this text of ours.
             */
            edition: string;
            clauses: number;
            /**
             * Clauses read in secondary sources and not yet compared with the official text.
             */
            notYetCompared: number;
            /**
             * Days on which a clause begins or ends, in order.
             */
            dates: string[];
            [k: string]: unknown;
          }[];
          [k: string]: unknown;
        };
      };
    };
  };
  /**
   * List the links to a report that hold
   */
  listShares: {
    path: {
      /**
       * As in the `Location` of the upload’s answer.
       */
      id: string;
    };
    headers?: {
      /**
       * The client’s own id of the request: the answer, the problem, the audit log and the server’s log bear it. One that is longer or has other characters is left aside, and the server makes one.
       */
      'X-Request-Id'?: string;
    };
    answers: {
      '200': {
        'application/json': {
          shares: {
            id: string;
            /**
             * RFC 3339, UTC.
             */
            createdAt: string;
            /**
             * Name of the key that made it.
             */
            createdBy: string;
            /**
             * RFC 3339, UTC. Never later than the report itself.
             */
            expiresAt: string;
            /**
             * Whether notes that stood there when it was made are shown.
             */
            notes: boolean;
            /**
             * Whether the small pictures kept with the report are shown.
             */
            pictures: boolean;
            [k: string]: unknown;
          }[];
          [k: string]: unknown;
        };
      };
    };
  };
  /**
   * List every signal a Report can hold
   */
  listSignals: {
    query?: {
      /**
       * Language of the sentences and statements: en, zh-Hans. Left out: English.
       */
      lang?: string;
    };
    headers?: {
      /**
       * The client’s own id of the request: the answer, the problem, the audit log and the server’s log bear it. One that is longer or has other characters is left aside, and the server makes one.
       */
      'X-Request-Id'?: string;
    };
    answers: {
      '200': {
        'application/json': {
          signals: {
            id: string;
            meaning: string;
            /**
             * Carriers it may stand in; empty where the file as a whole is looked at.
             */
            reads: (
              | 'c2pa'
              | 'xmp'
              | 'exif'
              | 'iptcIim'
              | 'pngText'
              | 'comment'
              | 'privateChunk'
              | 'seft'
              | 'id3'
              | 'apeTags'
              | 'vorbisComment'
              | 'riffInfo'
              | 'broadcastWave'
              | 'bmffMeta'
              | 'matroskaTags'
              | 'flvMeta'
              | 'sei'
              | 'jpegCoding'
              | 'streams'
              | 'parts'
              | 'stealthText'
              | 'pixelProof'
              | 'pixelWatermark'
              | 'thumbnail'
            )[];
            [k: string]: unknown;
          }[];
          /**
           * Strongest first, except `invalid`.
           */
          backings: {
            id: 'trusted' | 'valid' | 'unsigned' | 'inferred' | 'invalid';
            meaning: string;
            [k: string]: unknown;
          }[];
          grades: {
            id: 'V' | 'S' | 'D' | 'O' | 'C';
            meaning: string;
            [k: string]: unknown;
          }[];
          /**
           * Kinds of personal data that are masked.
           */
          personal: ('location' | 'serial' | 'names')[];
          [k: string]: unknown;
        };
      };
    };
  };
  /**
   * List the trust lists that are installed
   */
  listTrustLists: {
    headers?: {
      /**
       * The client’s own id of the request: the answer, the problem, the audit log and the server’s log bear it. One that is longer or has other characters is left aside, and the server makes one.
       */
      'X-Request-Id'?: string;
    };
    answers: {
      '200': {
        'application/json': {
          trustLists: {
            /**
             * Name within the trust folder.
             */
            file: string;
            title: string;
            installed: boolean;
            sha256?: string;
            /**
             * The publisher’s date, `YYYY-MM-DD`.
             */
            issueDate?: string;
            /**
             * When it was fetched or imported.
             */
            fetchedAt?: string;
            ageDays?: number;
            /**
             * Where it was fetched from.
             */
            url?: string;
            /**
             * The day since which its publisher lets it be.
             */
            frozen?: string;
            /**
             * By what they are there for; left out where the file could not be used.
             */
            certificates?: {
              signers: number;
              authorities: number;
              allowed: number;
              [k: string]: unknown;
            };
            expired?: number;
            products?: number;
            /**
             * What keeps it from being used.
             */
            faults: {
              code: string;
              /**
               * The same for people.
               */
              words: string;
              [k: string]: unknown;
            }[];
            /**
             * It is used, and should be looked after.
             */
            warnings: {
              code: string;
              /**
               * The same for people.
               */
              words: string;
              [k: string]: unknown;
            }[];
            [k: string]: unknown;
          }[];
          /**
           * Of the folder, and of files that are none of these.
           */
          faults: {
            code: string;
            /**
             * The same for people.
             */
            words: string;
            [k: string]: unknown;
          }[];
          [k: string]: unknown;
        };
      };
    };
  };
  /**
   * List deliveries; dead letters with `status=dead`
   */
  listWebhookDeliveries: {
    path: {
      id: string;
    };
    query?: {
      status?: 'pending' | 'delivered' | 'dead';
      limit?: number;
      cursor?: string;
    };
    headers?: {
      /**
       * The client’s own id of the request: the answer, the problem, the audit log and the server’s log bear it. One that is longer or has other characters is left aside, and the server makes one.
       */
      'X-Request-Id'?: string;
    };
    answers: {
      '200': {
        'application/json': {
          deliveries: {
            id: string;
            /**
             * `webhook-id` of every attempt.
             */
            messageId: string;
            type: 'inspection.done' | 'inspection.failed' | 'inspection.superseded' | 'batch.done';
            /**
             * RFC 3339, UTC.
             */
            createdAt: string;
            /**
             * `dead`: given up; it can be replayed.
             */
            status: 'pending' | 'delivered' | 'dead';
            attempts: number;
            /**
             * RFC 3339, UTC.
             */
            nextAt?: string;
            /**
             * The last attempt.
             */
            last?: {
              /**
               * RFC 3339, UTC.
               */
              at: string;
              /**
               * What the endpoint answered.
               */
              status?: number;
              /**
               * Why it did not, as `ECONNREFUSED`, `timeout`, `target.private` or `secret.notOpened`.
               */
              code?: string;
              [k: string]: unknown;
            };
            /**
             * What is sent, as it is signed.
             */
            body: string;
            [k: string]: unknown;
          }[];
          /**
           * The `cursor` of what follows.
           */
          next?: string;
          [k: string]: unknown;
        };
      };
    };
  };
  /**
   * List webhooks
   */
  listWebhooks: {
    headers?: {
      /**
       * The client’s own id of the request: the answer, the problem, the audit log and the server’s log bear it. One that is longer or has other characters is left aside, and the server makes one.
       */
      'X-Request-Id'?: string;
    };
    answers: {
      '200': {
        'application/json': {
          webhooks: {
            id: string;
            /**
             * https, and a public address; the operator can allow others (ASSAY_WEBHOOK_ALLOWED_HOSTS).
             */
            url: string;
            /**
             * What to be told of. Empty or left out: everything.
             *
             * @maxItems 4
             */
            events: ('inspection.done' | 'inspection.failed' | 'inspection.superseded' | 'batch.done')[];
            /**
             * For people.
             */
            description?: string;
            /**
             * RFC 3339, UTC.
             */
            createdAt: string;
            enabled: boolean;
            disabled?: {
              /**
               * RFC 3339, UTC.
               */
              at: string;
              /**
               * `gone`: it answered 410. `asked`: by PATCH.
               */
              because: 'gone' | 'asked';
              [k: string]: unknown;
            };
            /**
             * Only where no key of this server opens its secret: nothing can be signed, and messages wait. `POST /v1/webhooks/{id}/secret` makes a new one, and they are sent.
             */
            secretFault?: 'secret.notOpened';
            [k: string]: unknown;
          }[];
          [k: string]: unknown;
        };
      };
    };
  };
  /**
   * Ask the same again
   */
  recheckInspection: {
    path: {
      /**
       * As in the `Location` of the upload’s answer.
       */
      id: string;
    };
    headers?: {
      /**
       * A word of the client’s own for this request, as a UUID: 1 to 255 printable ASCII characters, known for a day to this key of the API. Sent again, the request has no second effect, and is answered with what the first one made (`Idempotency-Replayed`). Errors are not kept: after one the same key begins anew.
       */
      'Idempotency-Key'?: string;
      /**
       * The client’s own id of the request: the answer, the problem, the audit log and the server’s log bear it. One that is longer or has other characters is left aside, and the server makes one.
       */
      'X-Request-Id'?: string;
    };
    answers: {
      '201': {
        'application/json': Inspection;
      };
      '202': {
        'application/json': Inspection;
      };
    };
  };
  /**
   * Send dead letters again
   */
  replayWebhookDeliveries: {
    path: {
      id: string;
    };
    headers?: {
      /**
       * The client’s own id of the request: the answer, the problem, the audit log and the server’s log bear it. One that is longer or has other characters is left aside, and the server makes one.
       */
      'X-Request-Id'?: string;
    };
    body: {
      /**
       * Of dead letters. Left out: all of this webhook.
       *
       * @maxItems 200
       */
      ids?: string[];
    };
    answers: {
      '202': {
        'application/json': {
          replayed: number;
          [k: string]: unknown;
        };
      };
    };
  };
  /**
   * Try a failed inspection again
   */
  retryInspection: {
    path: {
      /**
       * As in the `Location` of the upload’s answer.
       */
      id: string;
    };
    headers?: {
      /**
       * A word of the client’s own for this request, as a UUID: 1 to 255 printable ASCII characters, known for a day to this key of the API. Sent again, the request has no second effect, and is answered with what the first one made (`Idempotency-Replayed`). Errors are not kept: after one the same key begins anew.
       */
      'Idempotency-Key'?: string;
      /**
       * The client’s own id of the request: the answer, the problem, the audit log and the server’s log bear it. One that is longer or has other characters is left aside, and the server makes one.
       */
      'X-Request-Id'?: string;
    };
    answers: {
      '202': {
        'application/json': Inspection;
      };
    };
  };
  /**
   * Revoke a key
   */
  revokeKey: {
    path: {
      /**
       * As in the list of keys.
       */
      id: string;
    };
    headers?: {
      /**
       * An `ETag` that a read of it gave, in whichever form, or several. Where it was changed meanwhile, nothing is done and the answer is 412.
       */
      'If-Match'?: string;
      /**
       * The client’s own id of the request: the answer, the problem, the audit log and the server’s log bear it. One that is longer or has other characters is left aside, and the server makes one.
       */
      'X-Request-Id'?: string;
    };
    answers: {
      '204': {};
    };
  };
  /**
   * Revoke a link
   */
  revokeShare: {
    path: {
      /**
       * As in the `Location` of the upload’s answer.
       */
      id: string;
      shareId: string;
    };
    headers?: {
      /**
       * The client’s own id of the request: the answer, the problem, the audit log and the server’s log bear it. One that is longer or has other characters is left aside, and the server makes one.
       */
      'X-Request-Id'?: string;
    };
    answers: {
      '204': {};
    };
  };
  /**
   * Make a new secret
   */
  rotateWebhookSecret: {
    path: {
      id: string;
    };
    headers?: {
      /**
       * The client’s own id of the request: the answer, the problem, the audit log and the server’s log bear it. One that is longer or has other characters is left aside, and the server makes one.
       */
      'X-Request-Id'?: string;
    };
    answers: {
      '200': {
        'application/json': {
          /**
           * Shown this once. Begins with `whsec_`.
           */
          secret: string;
          /**
           * Until then the old one signs as well.
           */
          oldSecretUntil: string;
          [k: string]: unknown;
        };
      };
    };
  };
  /**
   * Send one test message now
   */
  testWebhook: {
    path: {
      id: string;
    };
    headers?: {
      /**
       * The client’s own id of the request: the answer, the problem, the audit log and the server’s log bear it. One that is longer or has other characters is left aside, and the server makes one.
       */
      'X-Request-Id'?: string;
    };
    answers: {
      '200': {
        'application/json': {
          delivered: boolean;
          /**
           * What the endpoint answered.
           */
          status?: number;
          /**
           * Why it did not, as `ECONNREFUSED`, `timeout`, `target.private` or `secret.notOpened`.
           */
          code?: string;
          [k: string]: unknown;
        };
      };
    };
  };
  /**
   * Set the case and tags of an inspection, add a note
   */
  updateInspection: {
    path: {
      /**
       * As in the `Location` of the upload’s answer.
       */
      id: string;
    };
    headers?: {
      /**
       * An `ETag` that a read of it gave, in whichever form, or several. Where it was changed meanwhile, nothing is done and the answer is 412.
       */
      'If-Match'?: string;
      /**
       * The client’s own id of the request: the answer, the problem, the audit log and the server’s log bear it. One that is longer or has other characters is left aside, and the server makes one.
       */
      'X-Request-Id'?: string;
    };
    body: {
      /**
       * The desk’s own word for the story; null takes it away.
       */
      caseRef?: string | null;
      /**
       * In place of those there are.
       *
       * @maxItems 50
       */
      tags?: string[];
      /**
       * Added to those there are.
       */
      note?: string;
    };
    answers: {
      '200': {
        'application/json': Inspection;
      };
    };
  };
  /**
   * Change, disable or enable a webhook
   */
  updateWebhook: {
    path: {
      id: string;
    };
    headers?: {
      /**
       * An `ETag` that a read of it gave, in whichever form, or several. Where it was changed meanwhile, nothing is done and the answer is 412.
       */
      'If-Match'?: string;
      /**
       * The client’s own id of the request: the answer, the problem, the audit log and the server’s log bear it. One that is longer or has other characters is left aside, and the server makes one.
       */
      'X-Request-Id'?: string;
    };
    body: {
      /**
       * https, and a public address; the operator can allow others (ASSAY_WEBHOOK_ALLOWED_HOSTS).
       */
      url?: string;
      /**
       * What to be told of. Empty or left out: everything.
       *
       * @maxItems 4
       */
      events?: ('inspection.done' | 'inspection.failed' | 'inspection.superseded' | 'batch.done')[];
      /**
       * For people; null takes it away.
       */
      description?: null | string;
      enabled?: boolean;
    };
    answers: {
      '200': {
        'application/json': {
          id: string;
          /**
           * https, and a public address; the operator can allow others (ASSAY_WEBHOOK_ALLOWED_HOSTS).
           */
          url: string;
          /**
           * What to be told of. Empty or left out: everything.
           *
           * @maxItems 4
           */
          events: ('inspection.done' | 'inspection.failed' | 'inspection.superseded' | 'batch.done')[];
          /**
           * For people.
           */
          description?: string;
          /**
           * RFC 3339, UTC.
           */
          createdAt: string;
          enabled: boolean;
          disabled?: {
            /**
             * RFC 3339, UTC.
             */
            at: string;
            /**
             * `gone`: it answered 410. `asked`: by PATCH.
             */
            because: 'gone' | 'asked';
            [k: string]: unknown;
          };
          /**
           * Only where no key of this server opens its secret: nothing can be signed, and messages wait. `POST /v1/webhooks/{id}/secret` makes a new one, and they are sent.
           */
          secretFault?: 'secret.notOpened';
          [k: string]: unknown;
        };
      };
    };
  };
}
/**
 * Many files asked about at once.
 *
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "Batch".
 */
export interface Batch {
  schema: 'assay.batch/1';
  id: string;
  /**
   * `done`: nothing of it waits or runs any more.
   */
  status: 'running' | 'done' | 'cancelled';
  /**
   * RFC 3339, UTC.
   */
  createdAt: string;
  finishedAt?: string;
  cancelledAt?: string;
  /**
   * Left out: kept until somebody deletes it.
   */
  expiresAt?: string;
  /**
   * How many files it began with.
   */
  total: number;
  /**
   * Inspections by where they stand; those that were deleted are in none.
   */
  counts: {
    queued: number;
    running: number;
    done: number;
    failed: number;
    cancelled: number;
  };
  /**
   * Reports by what their files declare; only what there is.
   */
  origins: {
    'ai-generated'?: number;
    'ai-edited'?: number;
    captured?: number;
    other?: number;
    contradictory?: number;
    none?: number;
    unknown?: number;
  };
  caseRef?: string;
  tags: string[];
  links: {
    self: string;
    results: string;
    inspections: string;
    page: string;
  };
}
/**
 * What one file declares about its origin (assay.report/1).
 *
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "Report".
 */
export interface Report {
  schema: 'assay.report/1';
  asset: {
    /**
     * Base name; never a path.
     */
    name: string;
    bytes: number;
    sha256: string;
    /**
     * From the bytes, never from the name. `application/octet-stream` where unknown.
     */
    mediaType: string;
    /**
     * The format’s usual name, as `JPEG` or `Canon CR3`.
     */
    format: string;
    kind: 'image' | 'video' | 'audio' | 'document' | 'other';
    /**
     * What the client or the name’s ending said.
     */
    declaredMediaType?: string;
    /**
     * Facts of the picture or of the sound and video streams, where they were read.
     */
    streams?: {
      /**
       * As the container names itself.
       */
      container?: string;
      durationSeconds?: number;
      tracks: {
        kind: 'image' | 'video' | 'audio' | 'subtitle' | 'other';
        /**
         * As the file names it.
         */
        codec?: string;
        /**
         * Pixels.
         */
        width?: number;
        /**
         * Pixels.
         */
        height?: number;
        sampleRateHertz?: number;
        channels?: number;
      }[];
    };
    /**
     * Dates the file gives itself, outside the Content Credentials. Nothing proves them, and no rule is asked about them.
     */
    claimedDates?: {
      /**
       * What the field is called.
       */
      name: string;
      /**
       * As written; most carry no time zone.
       */
      value: string;
      carrier:
        | 'c2pa'
        | 'xmp'
        | 'exif'
        | 'iptcIim'
        | 'pngText'
        | 'comment'
        | 'privateChunk'
        | 'seft'
        | 'id3'
        | 'apeTags'
        | 'vorbisComment'
        | 'riffInfo'
        | 'broadcastWave'
        | 'bmffMeta'
        | 'matroskaTags'
        | 'flvMeta'
        | 'sei'
        | 'jpegCoding'
        | 'streams'
        | 'parts'
        | 'stealthText'
        | 'pixelProof'
        | 'pixelWatermark'
        | 'thumbnail'
        | 'file';
      /**
       * Where it stands.
       */
      place: string;
      /**
       * Bytes from the start of the file.
       */
      offset?: number;
    }[];
    /**
     * Only where the file holds more than one asset.
     */
    parts?: {
      kind:
        | 'primary'
        | 'mpf-image'
        | 'gain-map'
        | 'motion-video'
        | 'trailing-data'
        | 'attachment'
        | 'cover-picture'
        | 'embedded-picture';
      /**
       * Decided from the part’s bytes.
       */
      mediaType?: string;
      /**
       * Bytes from the start of the file.
       */
      offset: number;
      bytes: number;
      /**
       * What names this part in the file.
       */
      place: string;
      /**
       * Whether the active manifest’s hard binding covers this part and matches.
       */
      signed: 'covered' | 'not-covered' | 'unknown' | 'no-signature';
    }[];
  };
  summary: {
    /**
     * What the file declares; not what it is. `none`: looked everywhere, and nothing decides. `unknown`: nothing was found, and a part was not looked into.
     */
    origin: 'ai-generated' | 'ai-edited' | 'captured' | 'other' | 'contradictory' | 'none' | 'unknown';
    backing?: 'trusted' | 'valid' | 'unsigned' | 'inferred' | 'invalid';
    /**
     * What the Content Credentials declare, followed through their ingredients: a fact of `sentence`.
     */
    declared?: {
      origin: 'ai-generated' | 'ai-edited' | 'captured' | 'other';
      backing: 'trusted' | 'valid' | 'unsigned' | 'inferred' | 'invalid';
      /**
       * The digital source type that decided it.
       */
      term?: string;
      /**
       * Where in the history it is said: of this file, of an earlier version, of a part.
       */
      where: 'this' | 'ancestor' | 'component';
      /**
       * A capture that was edited afterwards is `other`.
       */
      editedAfterCapture: boolean;
      /**
       * The signer’s own words, where no digital source type says it.
       */
      said?: string;
      /**
       * Claim generator or software agent of the manifest that says it.
       */
      agent?: string;
      /**
       * The software agent that the statement’s own action names.
       */
      tool?: string;
      /**
       * Label of the manifest that says it; left out where it is the active one.
       */
      manifest?: string;
      /**
       * Whether who signed the active manifest signed that one too: by certificates, never by a name alone. Left out where it is the active one.
       */
      signedBy?: 'same' | 'another';
      /**
       * Of an `ancestor`: whether an action that changes what is perceived was recorded after it. Where none was, the statement holds of this file.
       */
      edited?: boolean;
      /**
       * Of an `ancestor`: the actions recorded after it, each kind once, in order, at most 16. `c2pa.edited (visible watermark)` where the signer’s own words say that the edit was that alone; it does not count as `edited`.
       */
      followedBy?: string[];
    };
    /**
     * One to three short sentences built from facts.
     */
    sentence: string;
    /**
     * What the texts beside it say, as ids of the catalogues and what goes into their places: the same in every language.
     */
    said?: {
      /**
       * @maxItems 64
       */
      sentence: Said[];
    };
    /**
     * How far the file was looked into. What is only looked at when asked (`--deep`) does not count.
     */
    coverage: {
      /**
       * `complete`: every carrier that can hold a label in this format was read to its end. `nothing`: none of them was read.
       */
      state: 'complete' | 'partial' | 'nothing';
      /**
       * Carriers in which a label would have been missed, in part or whole.
       */
      unread: {
        carrier:
          | 'c2pa'
          | 'xmp'
          | 'exif'
          | 'iptcIim'
          | 'pngText'
          | 'comment'
          | 'privateChunk'
          | 'seft'
          | 'id3'
          | 'apeTags'
          | 'vorbisComment'
          | 'riffInfo'
          | 'broadcastWave'
          | 'bmffMeta'
          | 'matroskaTags'
          | 'flvMeta'
          | 'sei'
          | 'jpegCoding'
          | 'streams'
          | 'parts'
          | 'stealthText'
          | 'pixelProof'
          | 'pixelWatermark'
          | 'thumbnail';
        /**
         * As in `reads`.
         */
        code?: string;
        /**
         * What goes into the places: each a text, a number, something said within it, or a list of these.
         */
        params?: {
          [k: string]: unknown;
        };
        /**
         * As in `reads`.
         */
        reason?: string;
      }[];
    };
  };
  contentCredentials: {
    presence: 'present' | 'absent' | 'unreadable' | 'remote' | 'unsupported';
    /**
     * Of the active manifest alone. Left out when absent.
     */
    integrity?: 'intact' | 'altered' | 'undetermined';
    /**
     * Status codes, or a word where no code speaks, that decided it.
     */
    integrityCauses?: string[];
    ingredientIntegrity?: 'intact' | 'altered' | 'undetermined';
    /**
     * Of `intact`: status codes of faults of form, as `claim.malformed` for a label, beside a signature, hashes and a binding that hold.
     */
    formFaults?: string[];
    /**
     * Inert text; never fetched.
     */
    remoteUrl?: string;
    /**
     * Why certificates, claims or timestamps could not be read from the file’s own bytes.
     */
    bytesFault?: string;
    /**
     * What `bytesFault` leaves open; all else is known. `signer`: on which list the signer stands; `time`: when it was signed; `binding`: what the hash leaves out; `claims`: what the C2PA rubric reads; `statements`: what the active manifest states; `backing`: whether signers are vouched for.
     */
    bytesFaultMissing?: ('signer' | 'time' | 'binding' | 'claims' | 'statements' | 'backing')[];
    engine?: {
      name: 'native' | 'wasm';
      version: string;
      sdk: string;
    };
    /**
     * Label.
     */
    activeManifest?: string;
    /**
     * The manifest store came from a file of its own.
     */
    sidecar?: boolean;
    secondOpinion?: {
      engine: {
        name: 'native' | 'wasm';
        version: string;
        sdk: string;
      };
      agrees: boolean;
      /**
       * `-` only the first engine gave it, `+` only the second.
       */
      differences: string[];
      /**
       * What the codes of the second engine alone come to.
       */
      integrity?: 'intact' | 'altered' | 'undetermined';
    };
    /**
     * Of `altered`: why the engine that says it is the only one that does. Left out where the other was asked and answered.
     */
    saidAlone?: string;
    /**
     * What the texts beside it say, as ids of the catalogues and what goes into their places: the same in every language.
     */
    said?: {
      bytesFault?: Said;
      saidAlone?: Said;
    };
    signer?: {
      /**
       * Organisation in the certificate’s subject, else its common name.
       */
      name?: string;
      /**
       * Common name in the certificate’s subject.
       */
      commonName?: string;
      /**
       * The certification authority, where the certificate itself was read.
       */
      issuer?: string;
      /**
       * Of its certificate. `[serial number: masked]` unless revealed.
       */
      serial?: string;
      /**
       * `not-checked`: no list is installed, or the chain could not be checked.
       */
      trust: 'official' | 'interim' | 'private' | 'unlisted' | 'not-checked';
      /**
       * Why it is unlisted or was not checked.
       */
      trustReason?: string;
      /**
       * The list that `trust` speaks of.
       */
      list?: string;
      /**
       * What the texts beside it say, as ids of the catalogues and what goes into their places: the same in every language.
       */
      said?: {
        trustReason?: Said;
        list?: Said;
      };
      /**
       * The product that the signer’s certificate name stands for, where that list is installed.
       */
      conformance?: {
        /**
         * Name of the record in the conforming products list.
         */
        product: string;
        /**
         * As the record gives it.
         */
        assuranceLevel?: string;
        /**
         * As the record gives it.
         */
        status?: string;
        /**
         * Signals that this manifest raises although the record disallows them.
         */
        disallowed: string[];
      };
      /**
       * An issuer is on the list, or the certificate itself.
       */
      through?: 'anchor' | 'allowed';
      /**
       * Issue date of the list that `trust` speaks of.
       */
      listDate?: string;
      /**
       * The signer’s own first, each issued by the next; up to the anchor where a list has one.
       */
      certificates?: {
        /**
         * Common name, else organisation, of whom it is for.
         */
        subject?: string;
        /**
         * The same of who issued it.
         */
        issuer?: string;
        /**
         * Decimal digits. Of the signer’s own: `[serial number: masked]` unless revealed.
         */
        serial: string;
        /**
         * RFC 3339.
         */
        from: string;
        /**
         * RFC 3339.
         */
        until: string;
        /**
         * Of its DER, lower-case hexadecimal. Of the signer’s own: masked as its serial number.
         */
        sha256: string;
        /**
         * Where it stands: in the signature, or on the list alone.
         */
        source: 'file' | 'list';
      }[];
    };
    time?: {
      /**
       * Time in the attached timestamp, RFC 3339.
       */
      timestamp?: string;
      /**
       * Why an attached timestamp gives no time: it does not fit the signature, or could not be read or checked.
       */
      timestampReason?: string;
      /**
       * Name in the timestamp authority’s certificate.
       */
      authority?: string;
      /**
       * Against lists of timestamp authorities only.
       */
      authorityTrust: 'official' | 'interim' | 'private' | 'unlisted' | 'not-checked';
      /**
       * The list that `authorityTrust` speaks of, with its date.
       */
      authorityList?: string;
      /**
       * What the texts beside it say, as ids of the catalogues and what goes into their places: the same in every language.
       */
      said?: {
        timestampReason?: Said;
        authorityList?: Said;
      };
      /**
       * The same time where the authority is on a list: then it is proven.
       */
      proven?: string;
      /**
       * Label of the manifest that keeps the timestamp (`c2pa.time-stamp`): the signature was there by then, and may be older. Left out where the signature itself bears it.
       */
      timestampIn?: string;
      /**
       * RFC 3339.
       */
      certificateFrom?: string;
      /**
       * RFC 3339.
       */
      certificateUntil?: string;
      /**
       * The signer’s certificate against the time of use.
       */
      validity: 'inside' | 'expired-without-timestamp' | 'not-yet-valid' | 'outside' | 'unknown';
      revocation: 'not-checked' | 'not-revoked' | 'revoked';
    };
    codes?: {
      active: {
        /**
         * C2PA or CAWG validation status code, verbatim.
         */
        code: string;
        kind: 'success' | 'informational' | 'failure';
        /**
         * JUMBF URI the code speaks of.
         */
        url?: string;
        /**
         * The engine’s words.
         */
        explanation?: string;
      }[];
      ingredients: {
        /**
         * C2PA or CAWG validation status code, verbatim.
         */
        code: string;
        kind: 'success' | 'informational' | 'failure';
        /**
         * JUMBF URI the code speaks of.
         */
        url?: string;
        /**
         * The engine’s words.
         */
        explanation?: string;
      }[];
      cawg: {
        /**
         * C2PA or CAWG validation status code, verbatim.
         */
        code: string;
        kind: 'success' | 'informational' | 'failure';
        /**
         * JUMBF URI the code speaks of.
         */
        url?: string;
        /**
         * The engine’s words.
         */
        explanation?: string;
      }[];
    };
    manifests?: {
      /**
       * JUMBF label.
       */
      label: string;
      active: boolean;
      /**
       * Steps from the active manifest; left out where unreachable.
       */
      depth?: number;
      integrity: 'intact' | 'altered' | 'undetermined';
      /**
       * As written.
       */
      claimGenerator?: string;
      claimVersion?: number;
      /**
       * The file’s words.
       */
      title?: string;
      /**
       * Organisation or common name in its certificate.
       */
      signer?: string;
      trust?: 'official' | 'interim' | 'private' | 'unlisted' | 'not-checked';
      /**
       * Its signer’s certificate against the time of use, where the certificate was read.
       */
      validity?: 'inside' | 'expired-without-timestamp' | 'not-yet-valid' | 'outside' | 'unknown';
      /**
       * An answer says that its certificate was revoked.
       */
      revoked?: boolean;
      /**
       * Time of its timestamp, RFC 3339.
       */
      time?: string;
      /**
       * The same where the timestamp’s authority is on a list.
       */
      proven?: string;
      /**
       * Label of the manifest that keeps that timestamp (`c2pa.time-stamp`): the signature was there by then, and may be older. Left out where the signature itself bears it.
       */
      provenIn?: string;
      /**
       * C2PA version that the claim names.
       */
      specVersion?: string;
      /**
       * An update manifest: it changes no content.
       */
      update?: boolean;
      /**
       * JUMBF URIs that the signer removed.
       */
      redacted?: string[];
      /**
       * What its hard binding leaves out: byte ranges or boxes.
       */
      uncovered?: string[];
      hasThumbnail?: boolean;
      actions: {
        /**
         * C2PA action, verbatim.
         */
        action: string;
        /**
         * As written.
         */
        digitalSourceType?: string;
        /**
         * Name and version.
         */
        softwareAgent?: string;
        /**
         * The file’s words.
         */
        description?: string;
        /**
         * As claimed by the signer; not proven.
         */
        when?: string;
      }[];
      ingredients: {
        /**
         * `parentOf`, `componentOf` or `inputTo`, as written.
         */
        relationship: string;
        /**
         * The file’s words.
         */
        title?: string;
        /**
         * Media type as written.
         */
        format?: string;
        /**
         * Label of its manifest in this store; left out where it has none.
         */
        manifest?: string;
      }[];
    }[];
  };
  signals: {
    /**
     * One of the closed list in docs/signals.md.
     */
    id:
      | 'c2pa.present'
      | 'c2pa.remote'
      | 'c2pa.unreadable'
      | 'c2pa.integrity.intact'
      | 'c2pa.binding.leavesOutMore'
      | 'c2pa.integrity.altered'
      | 'c2pa.integrity.undetermined'
      | 'c2pa.ingredient.altered'
      | 'c2pa.engines.disagree'
      | 'c2pa.signer.named'
      | 'c2pa.signer.official'
      | 'c2pa.signer.interim'
      | 'c2pa.signer.private'
      | 'c2pa.signer.unlisted'
      | 'c2pa.signer.revoked'
      | 'c2pa.conformance.disallowedSignal'
      | 'c2pa.time.proven'
      | 'c2pa.time.stamped'
      | 'c2pa.time.expiredWithoutTimestamp'
      | 'c2pa.inception.blankCanvas'
      | 'c2pa.inception.capturedMedia'
      | 'c2pa.inception.capturedMediaStitched'
      | 'c2pa.inception.compositionMayContainGenAI'
      | 'c2pa.inception.fullyGenAIMedia'
      | 'c2pa.inception.mediaUnknownProvenance'
      | 'c2pa.inception.nonGenAIDigitalCreation'
      | 'c2pa.inception.partlyGenAICreation'
      | 'c2pa.inception.screenCaptureMayContainGenAI'
      | 'c2pa.transformation.ambiguousActions'
      | 'c2pa.transformation.nonEditorial'
      | 'c2pa.transformation.perceptibleGenAI'
      | 'c2pa.transformation.perceptibleNonGenAI'
      | 'c2pa.transformation.perceptiblePossiblyGenAI'
      | 'c2pa.digitalSourceType.trainedAlgorithmicMedia'
      | 'c2pa.digitalSourceType.compositeWithTrainedAlgorithmicMedia'
      | 'c2pa.digitalSourceType.compositeSynthetic'
      | 'c2pa.digitalSourceType.trainedAlgorithmicData'
      | 'c2pa.digitalSourceType.virtualRecording'
      | 'c2pa.digitalSourceType.composite'
      | 'c2pa.digitalSourceType.digitalArt'
      | 'c2pa.digitalSourceType.algorithmicMedia'
      | 'c2pa.digitalSourceType.algorithmicallyEnhanced'
      | 'c2pa.digitalSourceType.dataDrivenMedia'
      | 'c2pa.digitalSourceType.digitalCreation'
      | 'c2pa.digitalSourceType.humanEdits'
      | 'c2pa.digitalSourceType.minorHumanEdits'
      | 'c2pa.digitalSourceType.softwareImage'
      | 'c2pa.digitalSourceType.digitalCapture'
      | 'c2pa.digitalSourceType.computationalCapture'
      | 'c2pa.digitalSourceType.compositeCapture'
      | 'c2pa.digitalSourceType.screenCapture'
      | 'c2pa.digitalSourceType.negativeFilm'
      | 'c2pa.digitalSourceType.positiveFilm'
      | 'c2pa.digitalSourceType.print'
      | 'c2pa.digitalSourceType.empty'
      | 'c2pa.digitalSourceType.unrecognised'
      | 'iptc.digitalSourceType.trainedAlgorithmicMedia'
      | 'iptc.digitalSourceType.compositeWithTrainedAlgorithmicMedia'
      | 'iptc.digitalSourceType.compositeSynthetic'
      | 'iptc.digitalSourceType.trainedAlgorithmicData'
      | 'iptc.digitalSourceType.virtualRecording'
      | 'iptc.digitalSourceType.composite'
      | 'iptc.digitalSourceType.digitalArt'
      | 'iptc.digitalSourceType.algorithmicMedia'
      | 'iptc.digitalSourceType.algorithmicallyEnhanced'
      | 'iptc.digitalSourceType.dataDrivenMedia'
      | 'iptc.digitalSourceType.digitalCreation'
      | 'iptc.digitalSourceType.humanEdits'
      | 'iptc.digitalSourceType.minorHumanEdits'
      | 'iptc.digitalSourceType.softwareImage'
      | 'iptc.digitalSourceType.digitalCapture'
      | 'iptc.digitalSourceType.computationalCapture'
      | 'iptc.digitalSourceType.compositeCapture'
      | 'iptc.digitalSourceType.screenCapture'
      | 'iptc.digitalSourceType.negativeFilm'
      | 'iptc.digitalSourceType.positiveFilm'
      | 'iptc.digitalSourceType.print'
      | 'iptc.digitalSourceType.empty'
      | 'iptc.digitalSourceType.unrecognised'
      | 'c2pa.declaration.microsoftAiImage'
      | 'c2pa.declaration.blackForestLabs'
      | 'c2pa.declaration.adobeFirefly'
      | 'c2pa.declaration.aiDisclosure'
      | 'c2pa.declaration.suno'
      | 'c2pa.declaration.dreamina'
      | 'c2pa.trainingMining'
      | 'c2pa.softBinding.fingerprint'
      | 'c2pa.softBinding.unrecognised'
      | 'watermark.declared'
      | 'watermark.action'
      | 'cawg.identity.present'
      | 'cawg.identity.wellFormed'
      | 'cawg.identity.notCheckable'
      | 'cawg.identity.malformed'
      | 'cawg.identity.outsideValidity'
      | 'cawg.identity.invalid'
      | 'gb45438.label.present'
      | 'gb45438.label.generated'
      | 'gb45438.label.possible'
      | 'gb45438.label.suspected'
      | 'gb45438.label.unrecognised'
      | 'gb45438.label.shell'
      | 'gb45438.element.label'
      | 'gb45438.element.contentProducer'
      | 'gb45438.element.produceId'
      | 'gb45438.element.contentPropagator'
      | 'gb45438.element.propagateId'
      | 'gb45438.element.absent'
      | 'gb45438.form.wrapped'
      | 'gb45438.form.bare'
      | 'gb45438.value.notString'
      | 'gb45438.value.labelNotString'
      | 'gb45438.key.withoutAigc'
      | 'gb45438.keys.duplicate'
      | 'gb45438.charset.outside'
      | 'gb45438.propagation.sameAsProduction'
      | 'gb45438.propagation.differs'
      | 'gb45438.copies.several'
      | 'gb45438.copies.disagree'
      | 'gb45438.provider.code'
      | 'gb45438.provider.codeMalformed'
      | 'gb45438.provider.listed'
      | 'gb45438.security.present'
      | 'gb45438.security.signatureHolds'
      | 'gb45438.security.signatureBroken'
      | 'gb45438.security.notCheckable'
      | 'generator.a1111'
      | 'generator.comfyui'
      | 'generator.comfyui.sampler'
      | 'generator.comfyui.service'
      | 'generator.comfyui.edit'
      | 'generator.comfyui.noStep'
      | 'generator.comfyui.unknownNode'
      | 'generator.comfyui.elsewhere'
      | 'generator.comfyui.notFollowed'
      | 'generator.comfyui.workflow'
      | 'generator.invokeai'
      | 'generator.invokeai.graph'
      | 'generator.novelai'
      | 'generator.fooocus'
      | 'generator.ruinedFooocus'
      | 'generator.swarmui'
      | 'generator.easyDiffusion'
      | 'generator.drawThings'
      | 'generator.stabilityMatrix'
      | 'generator.tensorArt'
      | 'generator.hfSpace'
      | 'generator.civitai'
      | 'generator.civitai.request'
      | 'generator.midjourney'
      | 'generator.grok'
      | 'generator.flux'
      | 'generator.ideogram'
      | 'generator.luma'
      | 'generator.reve'
      | 'generator.aphrodite'
      | 'generator.dreamina'
      | 'generator.byteDanceProduct'
      | 'generator.tencentService'
      | 'generator.samsungGalaxyAi'
      | 'generator.hostingJob'
      | 'generator.sourcePicture'
      | 'generator.upscaled'
      | 'generator.kling'
      | 'generator.suno'
      | 'generator.suno.download'
      | 'platform.tiktok.aiLabel.creator'
      | 'platform.tiktok.aiLabel.platform'
      | 'camera.exif'
      | 'camera.makerNoteMismatch'
      | 'camera.location'
      | 'camera.serials'
      | 'camera.names'
      | 'camera.googleFields'
      | 'camera.androidVideo'
      | 'camera.appleVideo'
      | 'camera.scanner'
      | 'camera.hint.scanner'
      | 'camera.hint.screenshot'
      | 'recorder.voiceMemo'
      | 'recorder.broadcastWave'
      | 'iptc.ai.systemUsed'
      | 'iptc.ai.systemVersionUsed'
      | 'iptc.ai.promptInformation'
      | 'iptc.ai.promptWriterName'
      | 'iptc.credit.googleMade'
      | 'iptc.credit.googleEdited'
      | 'iptc.credit.appleCleanUp'
      | 'iptc.credit.appleImagePlayground'
      | 'iptc.dataMining'
      | 'editor.photoshop'
      | 'editor.cameraRaw'
      | 'editor.gimp'
      | 'editor.software'
      | 'editor.hint.software'
      | 'editor.history'
      | 'editor.documentAncestors'
      | 'editor.derivedFrom'
      | 'editor.premiere'
      | 'editor.capcut'
      | 'editor.ffmpeg'
      | 'editor.x264'
      | 'platform.tiktok'
      | 'platform.bytedance'
      | 'platform.youtube'
      | 'platform.x'
      | 'platform.facebook'
      | 'platform.hint.facebook'
      | 'platform.hint.whatsapp'
      | 'platform.hint.telegram'
      | 'platform.hint.x'
      | 'platform.hint.wechat'
      | 'platform.hint.snapchat'
      | 'watermark.stealthText'
      | 'generator.novelai.proof.holds'
      | 'generator.novelai.proof.broken'
      | 'watermark.pixels.sd1'
      | 'watermark.pixels.sd2'
      | 'watermark.pixels.sdxl'
      | 'watermark.pixels.flux'
      | 'file.thumbnailDiffers'
      | 'c2pa.ai.created'
      | 'c2pa.ai.altered'
      | 'c2pa.ai.systemNamed'
      | 'c2pa.ai.systemVersion'
      | 'c2pa.ai.when'
      | 'c2pa.ai.inIngredient'
      | 'c2pa.identifier'
      | 'c2pa.capture.stated'
      | 'c2pa.capture.deviceNamed'
      | 'c2pa.capture.when'
      | 'file.aiMark.signed'
      | 'file.aiMark.unsigned'
      | 'file.aiMark.possible'
      | 'file.aiTrace'
      | 'file.mediaTypeMismatch'
      | 'file.dates.outOfOrder'
      | 'file.dates.unsetClock'
      | 'file.dates.impossible'
      | 'file.sizesDiffer'
      | 'file.jpeg.tables'
      | 'file.jpeg.progressive'
      | 'file.severalAssets'
      | 'file.livePhotoPart'
      | 'file.trailingData';
    /**
     * `trusted`: A signature holds, and its signer was on an installed list at the proven time. `valid`: A signature holds; the signer is unlisted, expired or was not checked against a list. `unsigned`: A standard label that anyone can write or remove. `inferred`: A trace that a generator, editor or platform usually leaves; it can be copied into any file. `invalid`: Signed once, but the signature or a hash no longer matches this file.
     */
    backing: 'trusted' | 'valid' | 'unsigned' | 'inferred' | 'invalid';
    /**
     * The file’s own words, cut where long.
     */
    value?: string;
    /**
     * `V`: Verified byte for byte in a real file. `S`: Read in the writer’s own source code. `D`: From the vendor’s documentation or a standard. `O`: Observed by others in dated samples, not reproduced by us. `C`: Only claimed: a hint that never decides an origin.
     */
    grade?: 'V' | 'S' | 'D' | 'O' | 'C';
    /**
     * What was parsed there, each in the file’s own words.
     */
    facts?: {
      /**
       * What it is: `model`, `prompt`, `seed`, `provider`, …
       */
      name: string;
      /**
       * The file’s own words, cut where long. Left out where masked.
       */
      value?: string;
      /**
       * Kind of personal data. Its value is left out unless that kind is revealed.
       */
      personal?: 'location' | 'serial' | 'names';
    }[];
    /**
     * @minItems 1
     */
    basis: {
      /**
       * Where in the file’s structure.
       */
      carrier:
        | 'c2pa'
        | 'xmp'
        | 'exif'
        | 'iptcIim'
        | 'pngText'
        | 'comment'
        | 'privateChunk'
        | 'seft'
        | 'id3'
        | 'apeTags'
        | 'vorbisComment'
        | 'riffInfo'
        | 'broadcastWave'
        | 'bmffMeta'
        | 'matroskaTags'
        | 'flvMeta'
        | 'sei'
        | 'jpegCoding'
        | 'streams'
        | 'parts'
        | 'stealthText'
        | 'pixelProof'
        | 'pixelWatermark'
        | 'thumbnail'
        | 'file';
      /**
       * JUMBF URI, XMP path, box path, chunk, or tag name.
       */
      place: string;
      /**
       * Bytes from the start of the file.
       */
      offset?: number;
      /**
       * Row of docs/signatures.md that matched here.
       */
      row?: string;
    }[];
  }[];
  contradictions: {
    /**
     * @minItems 2
     */
    between: never[];
    /**
     * What does not go together.
     */
    statement: string;
    /**
     * What the texts beside it say, as ids of the catalogues and what goes into their places: the same in every language.
     */
    said?: {
      statement?: Said;
    };
  }[];
  findings: {
    /**
     * Rulebook id.
     */
    rulebook: string;
    /**
     * Rule id, unique in its rulebook.
     */
    rule: string;
    /**
     * Article, section or annex that holds the clause.
     */
    provision: string;
    /**
     * Clause as the instrument numbers it.
     */
    clause: string;
    /**
     * What the clause asks for, in the language of `tool.language`.
     */
    title: string;
    /**
     * What the file’s signals say to the clause. Never whether a law was kept.
     */
    outcome:
      | 'answered'
      | 'partly-answered'
      | 'no-signal-found'
      | 'indeterminate'
      | 'not-assessable'
      | 'not-applicable'
      | 'not-in-force'
      | 'superseded';
    /**
     * Signals that decided it.
     */
    because: (
      | 'c2pa.present'
      | 'c2pa.remote'
      | 'c2pa.unreadable'
      | 'c2pa.integrity.intact'
      | 'c2pa.binding.leavesOutMore'
      | 'c2pa.integrity.altered'
      | 'c2pa.integrity.undetermined'
      | 'c2pa.ingredient.altered'
      | 'c2pa.engines.disagree'
      | 'c2pa.signer.named'
      | 'c2pa.signer.official'
      | 'c2pa.signer.interim'
      | 'c2pa.signer.private'
      | 'c2pa.signer.unlisted'
      | 'c2pa.signer.revoked'
      | 'c2pa.conformance.disallowedSignal'
      | 'c2pa.time.proven'
      | 'c2pa.time.stamped'
      | 'c2pa.time.expiredWithoutTimestamp'
      | 'c2pa.inception.blankCanvas'
      | 'c2pa.inception.capturedMedia'
      | 'c2pa.inception.capturedMediaStitched'
      | 'c2pa.inception.compositionMayContainGenAI'
      | 'c2pa.inception.fullyGenAIMedia'
      | 'c2pa.inception.mediaUnknownProvenance'
      | 'c2pa.inception.nonGenAIDigitalCreation'
      | 'c2pa.inception.partlyGenAICreation'
      | 'c2pa.inception.screenCaptureMayContainGenAI'
      | 'c2pa.transformation.ambiguousActions'
      | 'c2pa.transformation.nonEditorial'
      | 'c2pa.transformation.perceptibleGenAI'
      | 'c2pa.transformation.perceptibleNonGenAI'
      | 'c2pa.transformation.perceptiblePossiblyGenAI'
      | 'c2pa.digitalSourceType.trainedAlgorithmicMedia'
      | 'c2pa.digitalSourceType.compositeWithTrainedAlgorithmicMedia'
      | 'c2pa.digitalSourceType.compositeSynthetic'
      | 'c2pa.digitalSourceType.trainedAlgorithmicData'
      | 'c2pa.digitalSourceType.virtualRecording'
      | 'c2pa.digitalSourceType.composite'
      | 'c2pa.digitalSourceType.digitalArt'
      | 'c2pa.digitalSourceType.algorithmicMedia'
      | 'c2pa.digitalSourceType.algorithmicallyEnhanced'
      | 'c2pa.digitalSourceType.dataDrivenMedia'
      | 'c2pa.digitalSourceType.digitalCreation'
      | 'c2pa.digitalSourceType.humanEdits'
      | 'c2pa.digitalSourceType.minorHumanEdits'
      | 'c2pa.digitalSourceType.softwareImage'
      | 'c2pa.digitalSourceType.digitalCapture'
      | 'c2pa.digitalSourceType.computationalCapture'
      | 'c2pa.digitalSourceType.compositeCapture'
      | 'c2pa.digitalSourceType.screenCapture'
      | 'c2pa.digitalSourceType.negativeFilm'
      | 'c2pa.digitalSourceType.positiveFilm'
      | 'c2pa.digitalSourceType.print'
      | 'c2pa.digitalSourceType.empty'
      | 'c2pa.digitalSourceType.unrecognised'
      | 'iptc.digitalSourceType.trainedAlgorithmicMedia'
      | 'iptc.digitalSourceType.compositeWithTrainedAlgorithmicMedia'
      | 'iptc.digitalSourceType.compositeSynthetic'
      | 'iptc.digitalSourceType.trainedAlgorithmicData'
      | 'iptc.digitalSourceType.virtualRecording'
      | 'iptc.digitalSourceType.composite'
      | 'iptc.digitalSourceType.digitalArt'
      | 'iptc.digitalSourceType.algorithmicMedia'
      | 'iptc.digitalSourceType.algorithmicallyEnhanced'
      | 'iptc.digitalSourceType.dataDrivenMedia'
      | 'iptc.digitalSourceType.digitalCreation'
      | 'iptc.digitalSourceType.humanEdits'
      | 'iptc.digitalSourceType.minorHumanEdits'
      | 'iptc.digitalSourceType.softwareImage'
      | 'iptc.digitalSourceType.digitalCapture'
      | 'iptc.digitalSourceType.computationalCapture'
      | 'iptc.digitalSourceType.compositeCapture'
      | 'iptc.digitalSourceType.screenCapture'
      | 'iptc.digitalSourceType.negativeFilm'
      | 'iptc.digitalSourceType.positiveFilm'
      | 'iptc.digitalSourceType.print'
      | 'iptc.digitalSourceType.empty'
      | 'iptc.digitalSourceType.unrecognised'
      | 'c2pa.declaration.microsoftAiImage'
      | 'c2pa.declaration.blackForestLabs'
      | 'c2pa.declaration.adobeFirefly'
      | 'c2pa.declaration.aiDisclosure'
      | 'c2pa.declaration.suno'
      | 'c2pa.declaration.dreamina'
      | 'c2pa.trainingMining'
      | 'c2pa.softBinding.fingerprint'
      | 'c2pa.softBinding.unrecognised'
      | 'watermark.declared'
      | 'watermark.action'
      | 'cawg.identity.present'
      | 'cawg.identity.wellFormed'
      | 'cawg.identity.notCheckable'
      | 'cawg.identity.malformed'
      | 'cawg.identity.outsideValidity'
      | 'cawg.identity.invalid'
      | 'gb45438.label.present'
      | 'gb45438.label.generated'
      | 'gb45438.label.possible'
      | 'gb45438.label.suspected'
      | 'gb45438.label.unrecognised'
      | 'gb45438.label.shell'
      | 'gb45438.element.label'
      | 'gb45438.element.contentProducer'
      | 'gb45438.element.produceId'
      | 'gb45438.element.contentPropagator'
      | 'gb45438.element.propagateId'
      | 'gb45438.element.absent'
      | 'gb45438.form.wrapped'
      | 'gb45438.form.bare'
      | 'gb45438.value.notString'
      | 'gb45438.value.labelNotString'
      | 'gb45438.key.withoutAigc'
      | 'gb45438.keys.duplicate'
      | 'gb45438.charset.outside'
      | 'gb45438.propagation.sameAsProduction'
      | 'gb45438.propagation.differs'
      | 'gb45438.copies.several'
      | 'gb45438.copies.disagree'
      | 'gb45438.provider.code'
      | 'gb45438.provider.codeMalformed'
      | 'gb45438.provider.listed'
      | 'gb45438.security.present'
      | 'gb45438.security.signatureHolds'
      | 'gb45438.security.signatureBroken'
      | 'gb45438.security.notCheckable'
      | 'generator.a1111'
      | 'generator.comfyui'
      | 'generator.comfyui.sampler'
      | 'generator.comfyui.service'
      | 'generator.comfyui.edit'
      | 'generator.comfyui.noStep'
      | 'generator.comfyui.unknownNode'
      | 'generator.comfyui.elsewhere'
      | 'generator.comfyui.notFollowed'
      | 'generator.comfyui.workflow'
      | 'generator.invokeai'
      | 'generator.invokeai.graph'
      | 'generator.novelai'
      | 'generator.fooocus'
      | 'generator.ruinedFooocus'
      | 'generator.swarmui'
      | 'generator.easyDiffusion'
      | 'generator.drawThings'
      | 'generator.stabilityMatrix'
      | 'generator.tensorArt'
      | 'generator.hfSpace'
      | 'generator.civitai'
      | 'generator.civitai.request'
      | 'generator.midjourney'
      | 'generator.grok'
      | 'generator.flux'
      | 'generator.ideogram'
      | 'generator.luma'
      | 'generator.reve'
      | 'generator.aphrodite'
      | 'generator.dreamina'
      | 'generator.byteDanceProduct'
      | 'generator.tencentService'
      | 'generator.samsungGalaxyAi'
      | 'generator.hostingJob'
      | 'generator.sourcePicture'
      | 'generator.upscaled'
      | 'generator.kling'
      | 'generator.suno'
      | 'generator.suno.download'
      | 'platform.tiktok.aiLabel.creator'
      | 'platform.tiktok.aiLabel.platform'
      | 'camera.exif'
      | 'camera.makerNoteMismatch'
      | 'camera.location'
      | 'camera.serials'
      | 'camera.names'
      | 'camera.googleFields'
      | 'camera.androidVideo'
      | 'camera.appleVideo'
      | 'camera.scanner'
      | 'camera.hint.scanner'
      | 'camera.hint.screenshot'
      | 'recorder.voiceMemo'
      | 'recorder.broadcastWave'
      | 'iptc.ai.systemUsed'
      | 'iptc.ai.systemVersionUsed'
      | 'iptc.ai.promptInformation'
      | 'iptc.ai.promptWriterName'
      | 'iptc.credit.googleMade'
      | 'iptc.credit.googleEdited'
      | 'iptc.credit.appleCleanUp'
      | 'iptc.credit.appleImagePlayground'
      | 'iptc.dataMining'
      | 'editor.photoshop'
      | 'editor.cameraRaw'
      | 'editor.gimp'
      | 'editor.software'
      | 'editor.hint.software'
      | 'editor.history'
      | 'editor.documentAncestors'
      | 'editor.derivedFrom'
      | 'editor.premiere'
      | 'editor.capcut'
      | 'editor.ffmpeg'
      | 'editor.x264'
      | 'platform.tiktok'
      | 'platform.bytedance'
      | 'platform.youtube'
      | 'platform.x'
      | 'platform.facebook'
      | 'platform.hint.facebook'
      | 'platform.hint.whatsapp'
      | 'platform.hint.telegram'
      | 'platform.hint.x'
      | 'platform.hint.wechat'
      | 'platform.hint.snapchat'
      | 'watermark.stealthText'
      | 'generator.novelai.proof.holds'
      | 'generator.novelai.proof.broken'
      | 'watermark.pixels.sd1'
      | 'watermark.pixels.sd2'
      | 'watermark.pixels.sdxl'
      | 'watermark.pixels.flux'
      | 'file.thumbnailDiffers'
      | 'c2pa.ai.created'
      | 'c2pa.ai.altered'
      | 'c2pa.ai.systemNamed'
      | 'c2pa.ai.systemVersion'
      | 'c2pa.ai.when'
      | 'c2pa.ai.inIngredient'
      | 'c2pa.identifier'
      | 'c2pa.capture.stated'
      | 'c2pa.capture.deviceNamed'
      | 'c2pa.capture.when'
      | 'file.aiMark.signed'
      | 'file.aiMark.unsigned'
      | 'file.aiMark.possible'
      | 'file.aiTrace'
      | 'file.mediaTypeMismatch'
      | 'file.dates.outOfOrder'
      | 'file.dates.unsetClock'
      | 'file.dates.impossible'
      | 'file.sizesDiffer'
      | 'file.jpeg.tables'
      | 'file.jpeg.progressive'
      | 'file.severalAssets'
      | 'file.livePhotoPart'
      | 'file.trailingData'
    )[];
    /**
     * In the language of `tool.language`: made of the rulebook’s words, the outcome and the signals that decided it.
     */
    statement: string;
    /**
     * Of title and statement, where it is another than `tool.language`: the law has no words in that one.
     */
    language?: 'en' | 'zh-Hans';
    /**
     * What to do next.
     */
    next:
      | 'ask-original'
      | 'contact-signer'
      | 'ask-who-wrote-it'
      | 'vendor-checker'
      | 'look-at-visible-label'
      | 'listen-for-label'
      | 'another-copy'
      | 'ask-a-lawyer'
      | 'see-later-wording'
      | 'see-date'
      | 'nothing';
    binds: ('provider' | 'deployer' | 'platform' | 'user' | 'device-maker')[];
    /**
     * Of the rule on the day asked about; `voluntary` binds nobody who has not signed it.
     */
    status: 'in-force' | 'pending' | 'voluntary' | 'superseded';
    /**
     * Dates, the first inclusive, the second exclusive.
     */
    inForce: {
      from: string;
      until?: string;
    };
    reference: {
      title: string;
      address: string;
    };
    /**
     * False: from secondary sources, to be rechecked against the official text.
     */
    verified: boolean;
  }[];
  /**
   * Per carrier, how reading ended. `absent` is said only where Assay looked.
   */
  reads: {
    c2pa: {
      status: 'found' | 'absent' | 'unsupported' | 'malformed' | 'failed';
      /**
       * Stable code of why it was not looked at or what went wrong. Beside `found`: not all of it was read.
       */
      code?: string;
      /**
       * What goes into the places: each a text, a number, something said within it, or a list of these.
       */
      params?: {
        [k: string]: unknown;
      };
      /**
       * The same for people.
       */
      reason?: string;
      /**
       * What a reader should know of how it was read.
       */
      note?: string;
      /**
       * What the texts beside it say, as ids of the catalogues and what goes into their places: the same in every language.
       */
      said?: {
        /**
         * @maxItems 64
         */
        note: Said[];
      };
    };
    xmp: {
      status: 'found' | 'absent' | 'unsupported' | 'malformed' | 'failed';
      /**
       * Stable code of why it was not looked at or what went wrong. Beside `found`: not all of it was read.
       */
      code?: string;
      /**
       * What goes into the places: each a text, a number, something said within it, or a list of these.
       */
      params?: {
        [k: string]: unknown;
      };
      /**
       * The same for people.
       */
      reason?: string;
      /**
       * What a reader should know of how it was read.
       */
      note?: string;
      /**
       * What the texts beside it say, as ids of the catalogues and what goes into their places: the same in every language.
       */
      said?: {
        /**
         * @maxItems 64
         */
        note: Said[];
      };
    };
    exif: {
      status: 'found' | 'absent' | 'unsupported' | 'malformed' | 'failed';
      /**
       * Stable code of why it was not looked at or what went wrong. Beside `found`: not all of it was read.
       */
      code?: string;
      /**
       * What goes into the places: each a text, a number, something said within it, or a list of these.
       */
      params?: {
        [k: string]: unknown;
      };
      /**
       * The same for people.
       */
      reason?: string;
      /**
       * What a reader should know of how it was read.
       */
      note?: string;
      /**
       * What the texts beside it say, as ids of the catalogues and what goes into their places: the same in every language.
       */
      said?: {
        /**
         * @maxItems 64
         */
        note: Said[];
      };
    };
    iptcIim: {
      status: 'found' | 'absent' | 'unsupported' | 'malformed' | 'failed';
      /**
       * Stable code of why it was not looked at or what went wrong. Beside `found`: not all of it was read.
       */
      code?: string;
      /**
       * What goes into the places: each a text, a number, something said within it, or a list of these.
       */
      params?: {
        [k: string]: unknown;
      };
      /**
       * The same for people.
       */
      reason?: string;
      /**
       * What a reader should know of how it was read.
       */
      note?: string;
      /**
       * What the texts beside it say, as ids of the catalogues and what goes into their places: the same in every language.
       */
      said?: {
        /**
         * @maxItems 64
         */
        note: Said[];
      };
    };
    pngText: {
      status: 'found' | 'absent' | 'unsupported' | 'malformed' | 'failed';
      /**
       * Stable code of why it was not looked at or what went wrong. Beside `found`: not all of it was read.
       */
      code?: string;
      /**
       * What goes into the places: each a text, a number, something said within it, or a list of these.
       */
      params?: {
        [k: string]: unknown;
      };
      /**
       * The same for people.
       */
      reason?: string;
      /**
       * What a reader should know of how it was read.
       */
      note?: string;
      /**
       * What the texts beside it say, as ids of the catalogues and what goes into their places: the same in every language.
       */
      said?: {
        /**
         * @maxItems 64
         */
        note: Said[];
      };
    };
    comment: {
      status: 'found' | 'absent' | 'unsupported' | 'malformed' | 'failed';
      /**
       * Stable code of why it was not looked at or what went wrong. Beside `found`: not all of it was read.
       */
      code?: string;
      /**
       * What goes into the places: each a text, a number, something said within it, or a list of these.
       */
      params?: {
        [k: string]: unknown;
      };
      /**
       * The same for people.
       */
      reason?: string;
      /**
       * What a reader should know of how it was read.
       */
      note?: string;
      /**
       * What the texts beside it say, as ids of the catalogues and what goes into their places: the same in every language.
       */
      said?: {
        /**
         * @maxItems 64
         */
        note: Said[];
      };
    };
    privateChunk: {
      status: 'found' | 'absent' | 'unsupported' | 'malformed' | 'failed';
      /**
       * Stable code of why it was not looked at or what went wrong. Beside `found`: not all of it was read.
       */
      code?: string;
      /**
       * What goes into the places: each a text, a number, something said within it, or a list of these.
       */
      params?: {
        [k: string]: unknown;
      };
      /**
       * The same for people.
       */
      reason?: string;
      /**
       * What a reader should know of how it was read.
       */
      note?: string;
      /**
       * What the texts beside it say, as ids of the catalogues and what goes into their places: the same in every language.
       */
      said?: {
        /**
         * @maxItems 64
         */
        note: Said[];
      };
    };
    seft: {
      status: 'found' | 'absent' | 'unsupported' | 'malformed' | 'failed';
      /**
       * Stable code of why it was not looked at or what went wrong. Beside `found`: not all of it was read.
       */
      code?: string;
      /**
       * What goes into the places: each a text, a number, something said within it, or a list of these.
       */
      params?: {
        [k: string]: unknown;
      };
      /**
       * The same for people.
       */
      reason?: string;
      /**
       * What a reader should know of how it was read.
       */
      note?: string;
      /**
       * What the texts beside it say, as ids of the catalogues and what goes into their places: the same in every language.
       */
      said?: {
        /**
         * @maxItems 64
         */
        note: Said[];
      };
    };
    id3: {
      status: 'found' | 'absent' | 'unsupported' | 'malformed' | 'failed';
      /**
       * Stable code of why it was not looked at or what went wrong. Beside `found`: not all of it was read.
       */
      code?: string;
      /**
       * What goes into the places: each a text, a number, something said within it, or a list of these.
       */
      params?: {
        [k: string]: unknown;
      };
      /**
       * The same for people.
       */
      reason?: string;
      /**
       * What a reader should know of how it was read.
       */
      note?: string;
      /**
       * What the texts beside it say, as ids of the catalogues and what goes into their places: the same in every language.
       */
      said?: {
        /**
         * @maxItems 64
         */
        note: Said[];
      };
    };
    apeTags: {
      status: 'found' | 'absent' | 'unsupported' | 'malformed' | 'failed';
      /**
       * Stable code of why it was not looked at or what went wrong. Beside `found`: not all of it was read.
       */
      code?: string;
      /**
       * What goes into the places: each a text, a number, something said within it, or a list of these.
       */
      params?: {
        [k: string]: unknown;
      };
      /**
       * The same for people.
       */
      reason?: string;
      /**
       * What a reader should know of how it was read.
       */
      note?: string;
      /**
       * What the texts beside it say, as ids of the catalogues and what goes into their places: the same in every language.
       */
      said?: {
        /**
         * @maxItems 64
         */
        note: Said[];
      };
    };
    vorbisComment: {
      status: 'found' | 'absent' | 'unsupported' | 'malformed' | 'failed';
      /**
       * Stable code of why it was not looked at or what went wrong. Beside `found`: not all of it was read.
       */
      code?: string;
      /**
       * What goes into the places: each a text, a number, something said within it, or a list of these.
       */
      params?: {
        [k: string]: unknown;
      };
      /**
       * The same for people.
       */
      reason?: string;
      /**
       * What a reader should know of how it was read.
       */
      note?: string;
      /**
       * What the texts beside it say, as ids of the catalogues and what goes into their places: the same in every language.
       */
      said?: {
        /**
         * @maxItems 64
         */
        note: Said[];
      };
    };
    riffInfo: {
      status: 'found' | 'absent' | 'unsupported' | 'malformed' | 'failed';
      /**
       * Stable code of why it was not looked at or what went wrong. Beside `found`: not all of it was read.
       */
      code?: string;
      /**
       * What goes into the places: each a text, a number, something said within it, or a list of these.
       */
      params?: {
        [k: string]: unknown;
      };
      /**
       * The same for people.
       */
      reason?: string;
      /**
       * What a reader should know of how it was read.
       */
      note?: string;
      /**
       * What the texts beside it say, as ids of the catalogues and what goes into their places: the same in every language.
       */
      said?: {
        /**
         * @maxItems 64
         */
        note: Said[];
      };
    };
    broadcastWave: {
      status: 'found' | 'absent' | 'unsupported' | 'malformed' | 'failed';
      /**
       * Stable code of why it was not looked at or what went wrong. Beside `found`: not all of it was read.
       */
      code?: string;
      /**
       * What goes into the places: each a text, a number, something said within it, or a list of these.
       */
      params?: {
        [k: string]: unknown;
      };
      /**
       * The same for people.
       */
      reason?: string;
      /**
       * What a reader should know of how it was read.
       */
      note?: string;
      /**
       * What the texts beside it say, as ids of the catalogues and what goes into their places: the same in every language.
       */
      said?: {
        /**
         * @maxItems 64
         */
        note: Said[];
      };
    };
    bmffMeta: {
      status: 'found' | 'absent' | 'unsupported' | 'malformed' | 'failed';
      /**
       * Stable code of why it was not looked at or what went wrong. Beside `found`: not all of it was read.
       */
      code?: string;
      /**
       * What goes into the places: each a text, a number, something said within it, or a list of these.
       */
      params?: {
        [k: string]: unknown;
      };
      /**
       * The same for people.
       */
      reason?: string;
      /**
       * What a reader should know of how it was read.
       */
      note?: string;
      /**
       * What the texts beside it say, as ids of the catalogues and what goes into their places: the same in every language.
       */
      said?: {
        /**
         * @maxItems 64
         */
        note: Said[];
      };
    };
    matroskaTags: {
      status: 'found' | 'absent' | 'unsupported' | 'malformed' | 'failed';
      /**
       * Stable code of why it was not looked at or what went wrong. Beside `found`: not all of it was read.
       */
      code?: string;
      /**
       * What goes into the places: each a text, a number, something said within it, or a list of these.
       */
      params?: {
        [k: string]: unknown;
      };
      /**
       * The same for people.
       */
      reason?: string;
      /**
       * What a reader should know of how it was read.
       */
      note?: string;
      /**
       * What the texts beside it say, as ids of the catalogues and what goes into their places: the same in every language.
       */
      said?: {
        /**
         * @maxItems 64
         */
        note: Said[];
      };
    };
    flvMeta: {
      status: 'found' | 'absent' | 'unsupported' | 'malformed' | 'failed';
      /**
       * Stable code of why it was not looked at or what went wrong. Beside `found`: not all of it was read.
       */
      code?: string;
      /**
       * What goes into the places: each a text, a number, something said within it, or a list of these.
       */
      params?: {
        [k: string]: unknown;
      };
      /**
       * The same for people.
       */
      reason?: string;
      /**
       * What a reader should know of how it was read.
       */
      note?: string;
      /**
       * What the texts beside it say, as ids of the catalogues and what goes into their places: the same in every language.
       */
      said?: {
        /**
         * @maxItems 64
         */
        note: Said[];
      };
    };
    sei: {
      status: 'found' | 'absent' | 'unsupported' | 'malformed' | 'failed';
      /**
       * Stable code of why it was not looked at or what went wrong. Beside `found`: not all of it was read.
       */
      code?: string;
      /**
       * What goes into the places: each a text, a number, something said within it, or a list of these.
       */
      params?: {
        [k: string]: unknown;
      };
      /**
       * The same for people.
       */
      reason?: string;
      /**
       * What a reader should know of how it was read.
       */
      note?: string;
      /**
       * What the texts beside it say, as ids of the catalogues and what goes into their places: the same in every language.
       */
      said?: {
        /**
         * @maxItems 64
         */
        note: Said[];
      };
    };
    jpegCoding: {
      status: 'found' | 'absent' | 'unsupported' | 'malformed' | 'failed';
      /**
       * Stable code of why it was not looked at or what went wrong. Beside `found`: not all of it was read.
       */
      code?: string;
      /**
       * What goes into the places: each a text, a number, something said within it, or a list of these.
       */
      params?: {
        [k: string]: unknown;
      };
      /**
       * The same for people.
       */
      reason?: string;
      /**
       * What a reader should know of how it was read.
       */
      note?: string;
      /**
       * What the texts beside it say, as ids of the catalogues and what goes into their places: the same in every language.
       */
      said?: {
        /**
         * @maxItems 64
         */
        note: Said[];
      };
    };
    streams: {
      status: 'found' | 'absent' | 'unsupported' | 'malformed' | 'failed';
      /**
       * Stable code of why it was not looked at or what went wrong. Beside `found`: not all of it was read.
       */
      code?: string;
      /**
       * What goes into the places: each a text, a number, something said within it, or a list of these.
       */
      params?: {
        [k: string]: unknown;
      };
      /**
       * The same for people.
       */
      reason?: string;
      /**
       * What a reader should know of how it was read.
       */
      note?: string;
      /**
       * What the texts beside it say, as ids of the catalogues and what goes into their places: the same in every language.
       */
      said?: {
        /**
         * @maxItems 64
         */
        note: Said[];
      };
    };
    parts: {
      status: 'found' | 'absent' | 'unsupported' | 'malformed' | 'failed';
      /**
       * Stable code of why it was not looked at or what went wrong. Beside `found`: not all of it was read.
       */
      code?: string;
      /**
       * What goes into the places: each a text, a number, something said within it, or a list of these.
       */
      params?: {
        [k: string]: unknown;
      };
      /**
       * The same for people.
       */
      reason?: string;
      /**
       * What a reader should know of how it was read.
       */
      note?: string;
      /**
       * What the texts beside it say, as ids of the catalogues and what goes into their places: the same in every language.
       */
      said?: {
        /**
         * @maxItems 64
         */
        note: Said[];
      };
    };
    stealthText: {
      status: 'found' | 'absent' | 'unsupported' | 'malformed' | 'failed';
      /**
       * Stable code of why it was not looked at or what went wrong. Beside `found`: not all of it was read.
       */
      code?: string;
      /**
       * What goes into the places: each a text, a number, something said within it, or a list of these.
       */
      params?: {
        [k: string]: unknown;
      };
      /**
       * The same for people.
       */
      reason?: string;
      /**
       * What a reader should know of how it was read.
       */
      note?: string;
      /**
       * What the texts beside it say, as ids of the catalogues and what goes into their places: the same in every language.
       */
      said?: {
        /**
         * @maxItems 64
         */
        note: Said[];
      };
    };
    pixelProof: {
      status: 'found' | 'absent' | 'unsupported' | 'malformed' | 'failed';
      /**
       * Stable code of why it was not looked at or what went wrong. Beside `found`: not all of it was read.
       */
      code?: string;
      /**
       * What goes into the places: each a text, a number, something said within it, or a list of these.
       */
      params?: {
        [k: string]: unknown;
      };
      /**
       * The same for people.
       */
      reason?: string;
      /**
       * What a reader should know of how it was read.
       */
      note?: string;
      /**
       * What the texts beside it say, as ids of the catalogues and what goes into their places: the same in every language.
       */
      said?: {
        /**
         * @maxItems 64
         */
        note: Said[];
      };
    };
    pixelWatermark: {
      status: 'found' | 'absent' | 'unsupported' | 'malformed' | 'failed';
      /**
       * Stable code of why it was not looked at or what went wrong. Beside `found`: not all of it was read.
       */
      code?: string;
      /**
       * What goes into the places: each a text, a number, something said within it, or a list of these.
       */
      params?: {
        [k: string]: unknown;
      };
      /**
       * The same for people.
       */
      reason?: string;
      /**
       * What a reader should know of how it was read.
       */
      note?: string;
      /**
       * What the texts beside it say, as ids of the catalogues and what goes into their places: the same in every language.
       */
      said?: {
        /**
         * @maxItems 64
         */
        note: Said[];
      };
    };
    thumbnail: {
      status: 'found' | 'absent' | 'unsupported' | 'malformed' | 'failed';
      /**
       * Stable code of why it was not looked at or what went wrong. Beside `found`: not all of it was read.
       */
      code?: string;
      /**
       * What goes into the places: each a text, a number, something said within it, or a list of these.
       */
      params?: {
        [k: string]: unknown;
      };
      /**
       * The same for people.
       */
      reason?: string;
      /**
       * What a reader should know of how it was read.
       */
      note?: string;
      /**
       * What the texts beside it say, as ids of the catalogues and what goes into their places: the same in every language.
       */
      said?: {
        /**
         * @maxItems 64
         */
        note: Said[];
      };
    };
  };
  /**
   * Only where all was looked into, no label, credential or generator trace was found, and a platform’s or encoder’s trace was.
   */
  whyMissing?: {
    /**
     * Ids of the signals that show the path.
     *
     * @minItems 1
     */
    because: (
      | 'c2pa.present'
      | 'c2pa.remote'
      | 'c2pa.unreadable'
      | 'c2pa.integrity.intact'
      | 'c2pa.binding.leavesOutMore'
      | 'c2pa.integrity.altered'
      | 'c2pa.integrity.undetermined'
      | 'c2pa.ingredient.altered'
      | 'c2pa.engines.disagree'
      | 'c2pa.signer.named'
      | 'c2pa.signer.official'
      | 'c2pa.signer.interim'
      | 'c2pa.signer.private'
      | 'c2pa.signer.unlisted'
      | 'c2pa.signer.revoked'
      | 'c2pa.conformance.disallowedSignal'
      | 'c2pa.time.proven'
      | 'c2pa.time.stamped'
      | 'c2pa.time.expiredWithoutTimestamp'
      | 'c2pa.inception.blankCanvas'
      | 'c2pa.inception.capturedMedia'
      | 'c2pa.inception.capturedMediaStitched'
      | 'c2pa.inception.compositionMayContainGenAI'
      | 'c2pa.inception.fullyGenAIMedia'
      | 'c2pa.inception.mediaUnknownProvenance'
      | 'c2pa.inception.nonGenAIDigitalCreation'
      | 'c2pa.inception.partlyGenAICreation'
      | 'c2pa.inception.screenCaptureMayContainGenAI'
      | 'c2pa.transformation.ambiguousActions'
      | 'c2pa.transformation.nonEditorial'
      | 'c2pa.transformation.perceptibleGenAI'
      | 'c2pa.transformation.perceptibleNonGenAI'
      | 'c2pa.transformation.perceptiblePossiblyGenAI'
      | 'c2pa.digitalSourceType.trainedAlgorithmicMedia'
      | 'c2pa.digitalSourceType.compositeWithTrainedAlgorithmicMedia'
      | 'c2pa.digitalSourceType.compositeSynthetic'
      | 'c2pa.digitalSourceType.trainedAlgorithmicData'
      | 'c2pa.digitalSourceType.virtualRecording'
      | 'c2pa.digitalSourceType.composite'
      | 'c2pa.digitalSourceType.digitalArt'
      | 'c2pa.digitalSourceType.algorithmicMedia'
      | 'c2pa.digitalSourceType.algorithmicallyEnhanced'
      | 'c2pa.digitalSourceType.dataDrivenMedia'
      | 'c2pa.digitalSourceType.digitalCreation'
      | 'c2pa.digitalSourceType.humanEdits'
      | 'c2pa.digitalSourceType.minorHumanEdits'
      | 'c2pa.digitalSourceType.softwareImage'
      | 'c2pa.digitalSourceType.digitalCapture'
      | 'c2pa.digitalSourceType.computationalCapture'
      | 'c2pa.digitalSourceType.compositeCapture'
      | 'c2pa.digitalSourceType.screenCapture'
      | 'c2pa.digitalSourceType.negativeFilm'
      | 'c2pa.digitalSourceType.positiveFilm'
      | 'c2pa.digitalSourceType.print'
      | 'c2pa.digitalSourceType.empty'
      | 'c2pa.digitalSourceType.unrecognised'
      | 'iptc.digitalSourceType.trainedAlgorithmicMedia'
      | 'iptc.digitalSourceType.compositeWithTrainedAlgorithmicMedia'
      | 'iptc.digitalSourceType.compositeSynthetic'
      | 'iptc.digitalSourceType.trainedAlgorithmicData'
      | 'iptc.digitalSourceType.virtualRecording'
      | 'iptc.digitalSourceType.composite'
      | 'iptc.digitalSourceType.digitalArt'
      | 'iptc.digitalSourceType.algorithmicMedia'
      | 'iptc.digitalSourceType.algorithmicallyEnhanced'
      | 'iptc.digitalSourceType.dataDrivenMedia'
      | 'iptc.digitalSourceType.digitalCreation'
      | 'iptc.digitalSourceType.humanEdits'
      | 'iptc.digitalSourceType.minorHumanEdits'
      | 'iptc.digitalSourceType.softwareImage'
      | 'iptc.digitalSourceType.digitalCapture'
      | 'iptc.digitalSourceType.computationalCapture'
      | 'iptc.digitalSourceType.compositeCapture'
      | 'iptc.digitalSourceType.screenCapture'
      | 'iptc.digitalSourceType.negativeFilm'
      | 'iptc.digitalSourceType.positiveFilm'
      | 'iptc.digitalSourceType.print'
      | 'iptc.digitalSourceType.empty'
      | 'iptc.digitalSourceType.unrecognised'
      | 'c2pa.declaration.microsoftAiImage'
      | 'c2pa.declaration.blackForestLabs'
      | 'c2pa.declaration.adobeFirefly'
      | 'c2pa.declaration.aiDisclosure'
      | 'c2pa.declaration.suno'
      | 'c2pa.declaration.dreamina'
      | 'c2pa.trainingMining'
      | 'c2pa.softBinding.fingerprint'
      | 'c2pa.softBinding.unrecognised'
      | 'watermark.declared'
      | 'watermark.action'
      | 'cawg.identity.present'
      | 'cawg.identity.wellFormed'
      | 'cawg.identity.notCheckable'
      | 'cawg.identity.malformed'
      | 'cawg.identity.outsideValidity'
      | 'cawg.identity.invalid'
      | 'gb45438.label.present'
      | 'gb45438.label.generated'
      | 'gb45438.label.possible'
      | 'gb45438.label.suspected'
      | 'gb45438.label.unrecognised'
      | 'gb45438.label.shell'
      | 'gb45438.element.label'
      | 'gb45438.element.contentProducer'
      | 'gb45438.element.produceId'
      | 'gb45438.element.contentPropagator'
      | 'gb45438.element.propagateId'
      | 'gb45438.element.absent'
      | 'gb45438.form.wrapped'
      | 'gb45438.form.bare'
      | 'gb45438.value.notString'
      | 'gb45438.value.labelNotString'
      | 'gb45438.key.withoutAigc'
      | 'gb45438.keys.duplicate'
      | 'gb45438.charset.outside'
      | 'gb45438.propagation.sameAsProduction'
      | 'gb45438.propagation.differs'
      | 'gb45438.copies.several'
      | 'gb45438.copies.disagree'
      | 'gb45438.provider.code'
      | 'gb45438.provider.codeMalformed'
      | 'gb45438.provider.listed'
      | 'gb45438.security.present'
      | 'gb45438.security.signatureHolds'
      | 'gb45438.security.signatureBroken'
      | 'gb45438.security.notCheckable'
      | 'generator.a1111'
      | 'generator.comfyui'
      | 'generator.comfyui.sampler'
      | 'generator.comfyui.service'
      | 'generator.comfyui.edit'
      | 'generator.comfyui.noStep'
      | 'generator.comfyui.unknownNode'
      | 'generator.comfyui.elsewhere'
      | 'generator.comfyui.notFollowed'
      | 'generator.comfyui.workflow'
      | 'generator.invokeai'
      | 'generator.invokeai.graph'
      | 'generator.novelai'
      | 'generator.fooocus'
      | 'generator.ruinedFooocus'
      | 'generator.swarmui'
      | 'generator.easyDiffusion'
      | 'generator.drawThings'
      | 'generator.stabilityMatrix'
      | 'generator.tensorArt'
      | 'generator.hfSpace'
      | 'generator.civitai'
      | 'generator.civitai.request'
      | 'generator.midjourney'
      | 'generator.grok'
      | 'generator.flux'
      | 'generator.ideogram'
      | 'generator.luma'
      | 'generator.reve'
      | 'generator.aphrodite'
      | 'generator.dreamina'
      | 'generator.byteDanceProduct'
      | 'generator.tencentService'
      | 'generator.samsungGalaxyAi'
      | 'generator.hostingJob'
      | 'generator.sourcePicture'
      | 'generator.upscaled'
      | 'generator.kling'
      | 'generator.suno'
      | 'generator.suno.download'
      | 'platform.tiktok.aiLabel.creator'
      | 'platform.tiktok.aiLabel.platform'
      | 'camera.exif'
      | 'camera.makerNoteMismatch'
      | 'camera.location'
      | 'camera.serials'
      | 'camera.names'
      | 'camera.googleFields'
      | 'camera.androidVideo'
      | 'camera.appleVideo'
      | 'camera.scanner'
      | 'camera.hint.scanner'
      | 'camera.hint.screenshot'
      | 'recorder.voiceMemo'
      | 'recorder.broadcastWave'
      | 'iptc.ai.systemUsed'
      | 'iptc.ai.systemVersionUsed'
      | 'iptc.ai.promptInformation'
      | 'iptc.ai.promptWriterName'
      | 'iptc.credit.googleMade'
      | 'iptc.credit.googleEdited'
      | 'iptc.credit.appleCleanUp'
      | 'iptc.credit.appleImagePlayground'
      | 'iptc.dataMining'
      | 'editor.photoshop'
      | 'editor.cameraRaw'
      | 'editor.gimp'
      | 'editor.software'
      | 'editor.hint.software'
      | 'editor.history'
      | 'editor.documentAncestors'
      | 'editor.derivedFrom'
      | 'editor.premiere'
      | 'editor.capcut'
      | 'editor.ffmpeg'
      | 'editor.x264'
      | 'platform.tiktok'
      | 'platform.bytedance'
      | 'platform.youtube'
      | 'platform.x'
      | 'platform.facebook'
      | 'platform.hint.facebook'
      | 'platform.hint.whatsapp'
      | 'platform.hint.telegram'
      | 'platform.hint.x'
      | 'platform.hint.wechat'
      | 'platform.hint.snapchat'
      | 'watermark.stealthText'
      | 'generator.novelai.proof.holds'
      | 'generator.novelai.proof.broken'
      | 'watermark.pixels.sd1'
      | 'watermark.pixels.sd2'
      | 'watermark.pixels.sdxl'
      | 'watermark.pixels.flux'
      | 'file.thumbnailDiffers'
      | 'c2pa.ai.created'
      | 'c2pa.ai.altered'
      | 'c2pa.ai.systemNamed'
      | 'c2pa.ai.systemVersion'
      | 'c2pa.ai.when'
      | 'c2pa.ai.inIngredient'
      | 'c2pa.identifier'
      | 'c2pa.capture.stated'
      | 'c2pa.capture.deviceNamed'
      | 'c2pa.capture.when'
      | 'file.aiMark.signed'
      | 'file.aiMark.unsigned'
      | 'file.aiMark.possible'
      | 'file.aiTrace'
      | 'file.mediaTypeMismatch'
      | 'file.dates.outOfOrder'
      | 'file.dates.unsetClock'
      | 'file.dates.impossible'
      | 'file.sizesDiffer'
      | 'file.jpeg.tables'
      | 'file.jpeg.progressive'
      | 'file.severalAssets'
      | 'file.livePhotoPart'
      | 'file.trailingData'
    )[];
    /**
     * What that path usually removes. A habit, never a verdict.
     */
    says: string;
    /**
     * Who says so, and when.
     */
    source: string;
    /**
     * What the texts beside it say, as ids of the catalogues and what goes into their places: the same in every language.
     */
    said?: {
      says?: Said;
      source?: Said;
    };
  }[];
  notChecked: {
    /**
     * What this report cannot tell.
     */
    what: string;
    /**
     * Why it cannot.
     */
    why: string;
    /**
     * Who could tell.
     */
    ask?: string;
    /**
     * What the texts beside it say, as ids of the catalogues and what goes into their places: the same in every language.
     */
    said?: {
      what?: Said;
      why?: Said;
      ask?: Said;
    };
    /**
     * The vendor’s own page. Assay never calls it.
     */
    link?: string;
  }[];
  tool: {
    name: 'assay';
    version: string;
    c2paEngines: {
      name: 'native' | 'wasm';
      version: string;
      sdk: string;
    }[];
    lists: {
      /**
       * What it is called.
       */
      name: string;
      /**
       * What the texts beside it say, as ids of the catalogues and what goes into their places: the same in every language.
       */
      said?: {
        name?: Said;
      };
      date?: string;
    }[];
    rulebooks: {
      id: string;
      /**
       * Date of our text.
       */
      edition: string;
      /**
       * ISO 3166 code, `EU` or `INT`.
       */
      jurisdiction: string;
      /**
       * In the language of `tool.language`.
       */
      title: string;
    }[];
    /**
     * Language of the sentences and statements in this document; left out: English.
     */
    language?: 'en' | 'zh-Hans';
    /**
     * Of a Report that a version before 0.2 kept: its sentences and statements are the English words of that day.
     */
    words?: 'as-kept';
    /**
     * The day the rules were asked about.
     */
    asOf: string;
    /**
     * Why that day: somebody asked for it, or it was the day of the inspection (UTC).
     */
    asOfBecause: 'asked' | 'today';
    /**
     * Kinds of personal data that were asked for; all others are masked.
     */
    revealed?: ('location' | 'serial' | 'names')[];
    /**
     * `sandbox`: the file was read where nothing else is to be seen: no other file, no network. `process`: in a process of its own only, as this machine has no sandbox or was told to do without.
     */
    isolation?: 'sandbox' | 'process';
    /**
     * Why not in a sandbox, where it was in none. `switched-off`: whoever runs this chose so. `not-installed`: the machine has none. `refused`: it has one, which did not work. `too-slow`: nothing had started in it in time.
     */
    isolationBecause?: 'switched-off' | 'not-installed' | 'refused' | 'too-slow';
  };
}
/**
 * What is to be said: an id of the catalogues of words, and what goes into its places.
 *
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "Said".
 */
export interface Said {
  id: string;
  /**
   * What goes into the places: each a text, a number, something said within it, or a list of these.
   */
  params?: {
    [k: string]: unknown;
  };
  [k: string]: unknown;
}
/**
 * An inspection and where it stands; the Report itself knows nothing of it.
 *
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "Inspection".
 */
export interface Inspection {
  schema: 'assay.inspection/1';
  id: string;
  status: 'queued' | 'running' | 'done' | 'failed' | 'cancelled';
  /**
   * RFC 3339, UTC.
   */
  createdAt: string;
  /**
   * When it was last begun.
   */
  startedAt?: string;
  /**
   * When it was done, failed or was cancelled.
   */
  finishedAt?: string;
  /**
   * When it will be deleted; left out: when somebody does.
   */
  expiresAt?: string;
  /**
   * Base name of the file.
   */
  name: string;
  bytes?: number;
  sha256?: string;
  /**
   * How often it was begun by a worker.
   */
  attempts: number;
  /**
   * Only where it failed.
   */
  error?: {
    /**
     * Stable; made for programs. `attempts-exhausted`: each worker that tried it alone was gone before its end. `internal`: a fault of the service, again and again. `path-not-allowed`, `not-found`, `not-readable`, `not-a-file`, `changed-while-reading`: the file could not be read where it lies. None says anything of what the file holds.
     */
    code: string;
    message: string;
  };
  /**
   * Only where it failed: until then the file that was sent is kept, so that it can be tried again.
   */
  uploadKeptUntil?: string;
  /**
   * The inspection whose answer this is: same bytes, question and versions. What hangs on the name is this one’s own.
   */
  cachedFrom?: string;
  /**
   * The desk’s own word for the story.
   */
  caseRef?: string;
  tags: string[];
  notes: {
    text: string;
    by: string;
    at: string;
  }[];
  /**
   * Id of the batch it belongs to.
   */
  batch?: string;
  /**
   * Its place in the batch.
   */
  batchItem?: number;
  /**
   * The earlier inspection that this recheck is about.
   */
  supersedes?: string;
  /**
   * The recheck that came to another answer.
   */
  supersededBy?: string;
  changes?: {
    /**
     * What is another one than at the earlier inspection.
     */
    because: {
      what: 'tool' | 'engine' | 'list' | 'rulebook' | 'program' | 'day' | 'file';
      name: string;
      before?: string;
      after?: string;
    }[];
    /**
     * Only where the file was no longer there: what is another one now and has not read it. Integrity, and what readers found, is as the engine and the readers of the earlier inspection saw it.
     */
    notAsked?: {
      what: 'tool' | 'engine' | 'list' | 'rulebook' | 'program' | 'day' | 'file';
      name: string;
      before?: string;
      after?: string;
    }[];
    /**
     * Where the Report is another one; empty where it is not.
     */
    answer: {
      /**
       * JSON Pointer into the Report.
       */
      pointer: string;
      before?: string;
      after?: string;
    }[];
  };
  /**
   * What decided the answer besides the file and the question.
   */
  versions?: {
    tool: string;
    engines: string[];
    lists: {
      name: string;
      sha256: string;
      date?: string;
    }[];
    rulebooks: {
      id: string;
      edition: string;
      sha256: string;
    }[];
    programs: string[];
  };
  /**
   * Only in lists: the Report’s own words in short.
   */
  summary?: {
    origin: 'ai-generated' | 'ai-edited' | 'captured' | 'other' | 'contradictory' | 'none' | 'unknown';
    kind: 'image' | 'video' | 'audio' | 'document' | 'other';
    sentence: string;
    backing?: 'trusted' | 'valid' | 'unsigned' | 'inferred' | 'invalid';
    signer?: string;
  };
  links: {
    self: string;
    report?: string;
    page?: string;
  };
  report?: Report;
}
/**
 * What one file says field by field, and where (assay.evidence/1).
 *
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "Evidence".
 */
export interface Evidence {
  schema: 'assay.evidence/1';
  /**
   * The file, as in its Report.
   */
  asset: {
    name: string;
    bytes: number;
    sha256: string;
  };
  /**
   * Those in which something was read, and in each the fields in the order of the file.
   *
   * @maxItems 17
   */
  carriers: {
    carrier:
      | 'xmp'
      | 'exif'
      | 'iptcIim'
      | 'pngText'
      | 'comment'
      | 'privateChunk'
      | 'seft'
      | 'id3'
      | 'apeTags'
      | 'vorbisComment'
      | 'riffInfo'
      | 'broadcastWave'
      | 'bmffMeta'
      | 'matroskaTags'
      | 'flvMeta'
      | 'sei'
      | 'stealthText';
    /**
     * @maxItems 1024
     */
    fields: {
      /**
       * Tag, property or keyword, as its standard or the file writes it.
       */
      name: string;
      /**
       * As the signals of the Report name it.
       */
      place: string;
      /**
       * Bytes from the start of the file; of XMP where the packet begins.
       */
      offset?: number;
      /**
       * Length, where it is known.
       */
      bytes?: number;
      /**
       * As written, as text; the start of it where `characters` is longer.
       */
      value?: string;
      /**
       * Of the whole value, where it was cut or withheld.
       */
      characters?: number;
      /**
       * The value is left out: it is, or may hold, personal data of these kinds. Shown where all of them are revealed.
       */
      withheld?: ('location' | 'serial' | 'names')[];
    }[];
    /**
     * Further fields that were left out: there are too many.
     */
    more?: number;
  }[];
  /**
   * @maxItems 8
   */
  labels: {
    /**
     * An implicit label of GB 45438, or IPTC’s digital source type.
     */
    label: 'gb45438' | 'iptc';
    carrier:
      | 'xmp'
      | 'exif'
      | 'iptcIim'
      | 'pngText'
      | 'comment'
      | 'privateChunk'
      | 'seft'
      | 'id3'
      | 'apeTags'
      | 'vorbisComment'
      | 'riffInfo'
      | 'broadcastWave'
      | 'bmffMeta'
      | 'matroskaTags'
      | 'flvMeta'
      | 'sei'
      | 'stealthText';
    /**
     * As the signals of the Report name it.
     */
    place: string;
    /**
     * Of the first byte of the label itself, from the start of the file.
     */
    offset?: number;
    /**
     * Of the whole label.
     */
    bytes?: number;
    /**
     * Its first bytes, 256 at most, in hexadecimal; two dots for a masked one.
     */
    hex?: string;
    /**
     * Bytes of `hex` that are masked.
     */
    masked?: number;
    /**
     * Why there are none: the place is not known to the byte; the label is not stored as plain text there, or too far from it; its value is withheld.
     */
    why?: 'no-offset' | 'not-found' | 'withheld';
  }[];
  /**
   * Kinds of personal data that were asked for.
   */
  revealed?: ('location' | 'serial' | 'names')[];
}
/**
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "Readiness".
 */
export interface Readiness {
  status: 'ready' | 'not-ready';
  checks: {
    dataDirectory: {
      status: 'ok' | 'failed';
      /**
       * The same for people.
       */
      words: string;
    };
    database: {
      status: 'ok' | 'failed';
      /**
       * The same for people.
       */
      words: string;
    };
    inspector: {
      status: 'ok' | 'failed';
      /**
       * The same for people.
       */
      words: string;
    };
    /**
     * `ok` without a sandbox too, where it was not required; `level` tells which it is.
     */
    sandbox?: {
      status: 'ok' | 'failed';
      /**
       * The same for people.
       */
      words: string;
      /**
       * As `tool.isolation` of the next Report.
       */
      level: 'sandbox' | 'process';
      /**
       * Why there is no sandbox, as `tool.isolationBecause`.
       */
      because?: 'switched-off' | 'not-installed' | 'refused' | 'too-slow';
    };
    serving: {
      status: 'ok' | 'failed';
      /**
       * The same for people.
       */
      words: string;
    };
    uploads: {
      status: 'ok' | 'failed';
      /**
       * The same for people.
       */
      words: string;
    };
  };
}
/**
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "Rulebook".
 */
export interface Rulebook {
  $schema?: string;
  id: string;
  /**
   * ISO 3166 code, `EU`, or `INT` for standards and practice that are no law.
   */
  jurisdiction: string;
  instrument: {
    /**
     * Official name, in English.
     */
    title: string;
    originalTitle?: string;
    /**
     * BCP 47, of the original title.
     */
    language?: string;
    /**
     * As it is cited.
     */
    number?: string;
    /**
     * Official page.
     */
    address: string;
  };
  /**
   * Date of this text of ours.
   */
  edition: string;
  /**
   * @minItems 1
   */
  rules: {
    id: string;
    /**
     * Article, section or annex that holds the clause.
     */
    provision: string;
    /**
     * As the instrument numbers it, whole: it is quoted alone.
     */
    clause: string;
    /**
     * @minItems 1
     */
    binds: ('provider' | 'deployer' | 'platform' | 'user' | 'device-maker')[];
    /**
     * @minItems 1
     */
    media: ('image' | 'video' | 'audio' | 'document' | 'other')[];
    status: 'in-force' | 'pending' | 'voluntary' | 'superseded';
    /**
     * The first day inclusive, the last exclusive.
     */
    inForce: {
      from: string;
      until?: string;
    };
    supersededBy?: string;
    /**
     * @minItems 1
     */
    references: {
      title: string;
      address: string;
    }[];
    /**
     * True only where the official text itself was read for this rule.
     */
    verified: boolean;
    appliesWhen?: {
      /**
       * @minItems 1
       */
      any?: {
        signal:
          | 'c2pa.present'
          | 'c2pa.remote'
          | 'c2pa.unreadable'
          | 'c2pa.integrity.intact'
          | 'c2pa.binding.leavesOutMore'
          | 'c2pa.integrity.altered'
          | 'c2pa.integrity.undetermined'
          | 'c2pa.ingredient.altered'
          | 'c2pa.engines.disagree'
          | 'c2pa.signer.named'
          | 'c2pa.signer.official'
          | 'c2pa.signer.interim'
          | 'c2pa.signer.private'
          | 'c2pa.signer.unlisted'
          | 'c2pa.signer.revoked'
          | 'c2pa.conformance.disallowedSignal'
          | 'c2pa.time.proven'
          | 'c2pa.time.stamped'
          | 'c2pa.time.expiredWithoutTimestamp'
          | 'c2pa.inception.blankCanvas'
          | 'c2pa.inception.capturedMedia'
          | 'c2pa.inception.capturedMediaStitched'
          | 'c2pa.inception.compositionMayContainGenAI'
          | 'c2pa.inception.fullyGenAIMedia'
          | 'c2pa.inception.mediaUnknownProvenance'
          | 'c2pa.inception.nonGenAIDigitalCreation'
          | 'c2pa.inception.partlyGenAICreation'
          | 'c2pa.inception.screenCaptureMayContainGenAI'
          | 'c2pa.transformation.ambiguousActions'
          | 'c2pa.transformation.nonEditorial'
          | 'c2pa.transformation.perceptibleGenAI'
          | 'c2pa.transformation.perceptibleNonGenAI'
          | 'c2pa.transformation.perceptiblePossiblyGenAI'
          | 'c2pa.digitalSourceType.trainedAlgorithmicMedia'
          | 'c2pa.digitalSourceType.compositeWithTrainedAlgorithmicMedia'
          | 'c2pa.digitalSourceType.compositeSynthetic'
          | 'c2pa.digitalSourceType.trainedAlgorithmicData'
          | 'c2pa.digitalSourceType.virtualRecording'
          | 'c2pa.digitalSourceType.composite'
          | 'c2pa.digitalSourceType.digitalArt'
          | 'c2pa.digitalSourceType.algorithmicMedia'
          | 'c2pa.digitalSourceType.algorithmicallyEnhanced'
          | 'c2pa.digitalSourceType.dataDrivenMedia'
          | 'c2pa.digitalSourceType.digitalCreation'
          | 'c2pa.digitalSourceType.humanEdits'
          | 'c2pa.digitalSourceType.minorHumanEdits'
          | 'c2pa.digitalSourceType.softwareImage'
          | 'c2pa.digitalSourceType.digitalCapture'
          | 'c2pa.digitalSourceType.computationalCapture'
          | 'c2pa.digitalSourceType.compositeCapture'
          | 'c2pa.digitalSourceType.screenCapture'
          | 'c2pa.digitalSourceType.negativeFilm'
          | 'c2pa.digitalSourceType.positiveFilm'
          | 'c2pa.digitalSourceType.print'
          | 'c2pa.digitalSourceType.empty'
          | 'c2pa.digitalSourceType.unrecognised'
          | 'iptc.digitalSourceType.trainedAlgorithmicMedia'
          | 'iptc.digitalSourceType.compositeWithTrainedAlgorithmicMedia'
          | 'iptc.digitalSourceType.compositeSynthetic'
          | 'iptc.digitalSourceType.trainedAlgorithmicData'
          | 'iptc.digitalSourceType.virtualRecording'
          | 'iptc.digitalSourceType.composite'
          | 'iptc.digitalSourceType.digitalArt'
          | 'iptc.digitalSourceType.algorithmicMedia'
          | 'iptc.digitalSourceType.algorithmicallyEnhanced'
          | 'iptc.digitalSourceType.dataDrivenMedia'
          | 'iptc.digitalSourceType.digitalCreation'
          | 'iptc.digitalSourceType.humanEdits'
          | 'iptc.digitalSourceType.minorHumanEdits'
          | 'iptc.digitalSourceType.softwareImage'
          | 'iptc.digitalSourceType.digitalCapture'
          | 'iptc.digitalSourceType.computationalCapture'
          | 'iptc.digitalSourceType.compositeCapture'
          | 'iptc.digitalSourceType.screenCapture'
          | 'iptc.digitalSourceType.negativeFilm'
          | 'iptc.digitalSourceType.positiveFilm'
          | 'iptc.digitalSourceType.print'
          | 'iptc.digitalSourceType.empty'
          | 'iptc.digitalSourceType.unrecognised'
          | 'c2pa.declaration.microsoftAiImage'
          | 'c2pa.declaration.blackForestLabs'
          | 'c2pa.declaration.adobeFirefly'
          | 'c2pa.declaration.aiDisclosure'
          | 'c2pa.declaration.suno'
          | 'c2pa.declaration.dreamina'
          | 'c2pa.trainingMining'
          | 'c2pa.softBinding.fingerprint'
          | 'c2pa.softBinding.unrecognised'
          | 'watermark.declared'
          | 'watermark.action'
          | 'cawg.identity.present'
          | 'cawg.identity.wellFormed'
          | 'cawg.identity.notCheckable'
          | 'cawg.identity.malformed'
          | 'cawg.identity.outsideValidity'
          | 'cawg.identity.invalid'
          | 'gb45438.label.present'
          | 'gb45438.label.generated'
          | 'gb45438.label.possible'
          | 'gb45438.label.suspected'
          | 'gb45438.label.unrecognised'
          | 'gb45438.label.shell'
          | 'gb45438.element.label'
          | 'gb45438.element.contentProducer'
          | 'gb45438.element.produceId'
          | 'gb45438.element.contentPropagator'
          | 'gb45438.element.propagateId'
          | 'gb45438.element.absent'
          | 'gb45438.form.wrapped'
          | 'gb45438.form.bare'
          | 'gb45438.value.notString'
          | 'gb45438.value.labelNotString'
          | 'gb45438.key.withoutAigc'
          | 'gb45438.keys.duplicate'
          | 'gb45438.charset.outside'
          | 'gb45438.propagation.sameAsProduction'
          | 'gb45438.propagation.differs'
          | 'gb45438.copies.several'
          | 'gb45438.copies.disagree'
          | 'gb45438.provider.code'
          | 'gb45438.provider.codeMalformed'
          | 'gb45438.provider.listed'
          | 'gb45438.security.present'
          | 'gb45438.security.signatureHolds'
          | 'gb45438.security.signatureBroken'
          | 'gb45438.security.notCheckable'
          | 'generator.a1111'
          | 'generator.comfyui'
          | 'generator.comfyui.sampler'
          | 'generator.comfyui.service'
          | 'generator.comfyui.edit'
          | 'generator.comfyui.noStep'
          | 'generator.comfyui.unknownNode'
          | 'generator.comfyui.elsewhere'
          | 'generator.comfyui.notFollowed'
          | 'generator.comfyui.workflow'
          | 'generator.invokeai'
          | 'generator.invokeai.graph'
          | 'generator.novelai'
          | 'generator.fooocus'
          | 'generator.ruinedFooocus'
          | 'generator.swarmui'
          | 'generator.easyDiffusion'
          | 'generator.drawThings'
          | 'generator.stabilityMatrix'
          | 'generator.tensorArt'
          | 'generator.hfSpace'
          | 'generator.civitai'
          | 'generator.civitai.request'
          | 'generator.midjourney'
          | 'generator.grok'
          | 'generator.flux'
          | 'generator.ideogram'
          | 'generator.luma'
          | 'generator.reve'
          | 'generator.aphrodite'
          | 'generator.dreamina'
          | 'generator.byteDanceProduct'
          | 'generator.tencentService'
          | 'generator.samsungGalaxyAi'
          | 'generator.hostingJob'
          | 'generator.sourcePicture'
          | 'generator.upscaled'
          | 'generator.kling'
          | 'generator.suno'
          | 'generator.suno.download'
          | 'platform.tiktok.aiLabel.creator'
          | 'platform.tiktok.aiLabel.platform'
          | 'camera.exif'
          | 'camera.makerNoteMismatch'
          | 'camera.location'
          | 'camera.serials'
          | 'camera.names'
          | 'camera.googleFields'
          | 'camera.androidVideo'
          | 'camera.appleVideo'
          | 'camera.scanner'
          | 'camera.hint.scanner'
          | 'camera.hint.screenshot'
          | 'recorder.voiceMemo'
          | 'recorder.broadcastWave'
          | 'iptc.ai.systemUsed'
          | 'iptc.ai.systemVersionUsed'
          | 'iptc.ai.promptInformation'
          | 'iptc.ai.promptWriterName'
          | 'iptc.credit.googleMade'
          | 'iptc.credit.googleEdited'
          | 'iptc.credit.appleCleanUp'
          | 'iptc.credit.appleImagePlayground'
          | 'iptc.dataMining'
          | 'editor.photoshop'
          | 'editor.cameraRaw'
          | 'editor.gimp'
          | 'editor.software'
          | 'editor.hint.software'
          | 'editor.history'
          | 'editor.documentAncestors'
          | 'editor.derivedFrom'
          | 'editor.premiere'
          | 'editor.capcut'
          | 'editor.ffmpeg'
          | 'editor.x264'
          | 'platform.tiktok'
          | 'platform.bytedance'
          | 'platform.youtube'
          | 'platform.x'
          | 'platform.facebook'
          | 'platform.hint.facebook'
          | 'platform.hint.whatsapp'
          | 'platform.hint.telegram'
          | 'platform.hint.x'
          | 'platform.hint.wechat'
          | 'platform.hint.snapchat'
          | 'watermark.stealthText'
          | 'generator.novelai.proof.holds'
          | 'generator.novelai.proof.broken'
          | 'watermark.pixels.sd1'
          | 'watermark.pixels.sd2'
          | 'watermark.pixels.sdxl'
          | 'watermark.pixels.flux'
          | 'file.thumbnailDiffers'
          | 'c2pa.ai.created'
          | 'c2pa.ai.altered'
          | 'c2pa.ai.systemNamed'
          | 'c2pa.ai.systemVersion'
          | 'c2pa.ai.when'
          | 'c2pa.ai.inIngredient'
          | 'c2pa.identifier'
          | 'c2pa.capture.stated'
          | 'c2pa.capture.deviceNamed'
          | 'c2pa.capture.when'
          | 'file.aiMark.signed'
          | 'file.aiMark.unsigned'
          | 'file.aiMark.possible'
          | 'file.aiTrace'
          | 'file.mediaTypeMismatch'
          | 'file.dates.outOfOrder'
          | 'file.dates.unsetClock'
          | 'file.dates.impossible'
          | 'file.sizesDiffer'
          | 'file.jpeg.tables'
          | 'file.jpeg.progressive'
          | 'file.severalAssets'
          | 'file.livePhotoPart'
          | 'file.trailingData';
        /**
         * @minItems 1
         */
        backing?: ('trusted' | 'valid' | 'unsigned' | 'inferred' | 'invalid')[];
      }[];
      /**
       * @minItems 1
       */
      all?: {
        signal:
          | 'c2pa.present'
          | 'c2pa.remote'
          | 'c2pa.unreadable'
          | 'c2pa.integrity.intact'
          | 'c2pa.binding.leavesOutMore'
          | 'c2pa.integrity.altered'
          | 'c2pa.integrity.undetermined'
          | 'c2pa.ingredient.altered'
          | 'c2pa.engines.disagree'
          | 'c2pa.signer.named'
          | 'c2pa.signer.official'
          | 'c2pa.signer.interim'
          | 'c2pa.signer.private'
          | 'c2pa.signer.unlisted'
          | 'c2pa.signer.revoked'
          | 'c2pa.conformance.disallowedSignal'
          | 'c2pa.time.proven'
          | 'c2pa.time.stamped'
          | 'c2pa.time.expiredWithoutTimestamp'
          | 'c2pa.inception.blankCanvas'
          | 'c2pa.inception.capturedMedia'
          | 'c2pa.inception.capturedMediaStitched'
          | 'c2pa.inception.compositionMayContainGenAI'
          | 'c2pa.inception.fullyGenAIMedia'
          | 'c2pa.inception.mediaUnknownProvenance'
          | 'c2pa.inception.nonGenAIDigitalCreation'
          | 'c2pa.inception.partlyGenAICreation'
          | 'c2pa.inception.screenCaptureMayContainGenAI'
          | 'c2pa.transformation.ambiguousActions'
          | 'c2pa.transformation.nonEditorial'
          | 'c2pa.transformation.perceptibleGenAI'
          | 'c2pa.transformation.perceptibleNonGenAI'
          | 'c2pa.transformation.perceptiblePossiblyGenAI'
          | 'c2pa.digitalSourceType.trainedAlgorithmicMedia'
          | 'c2pa.digitalSourceType.compositeWithTrainedAlgorithmicMedia'
          | 'c2pa.digitalSourceType.compositeSynthetic'
          | 'c2pa.digitalSourceType.trainedAlgorithmicData'
          | 'c2pa.digitalSourceType.virtualRecording'
          | 'c2pa.digitalSourceType.composite'
          | 'c2pa.digitalSourceType.digitalArt'
          | 'c2pa.digitalSourceType.algorithmicMedia'
          | 'c2pa.digitalSourceType.algorithmicallyEnhanced'
          | 'c2pa.digitalSourceType.dataDrivenMedia'
          | 'c2pa.digitalSourceType.digitalCreation'
          | 'c2pa.digitalSourceType.humanEdits'
          | 'c2pa.digitalSourceType.minorHumanEdits'
          | 'c2pa.digitalSourceType.softwareImage'
          | 'c2pa.digitalSourceType.digitalCapture'
          | 'c2pa.digitalSourceType.computationalCapture'
          | 'c2pa.digitalSourceType.compositeCapture'
          | 'c2pa.digitalSourceType.screenCapture'
          | 'c2pa.digitalSourceType.negativeFilm'
          | 'c2pa.digitalSourceType.positiveFilm'
          | 'c2pa.digitalSourceType.print'
          | 'c2pa.digitalSourceType.empty'
          | 'c2pa.digitalSourceType.unrecognised'
          | 'iptc.digitalSourceType.trainedAlgorithmicMedia'
          | 'iptc.digitalSourceType.compositeWithTrainedAlgorithmicMedia'
          | 'iptc.digitalSourceType.compositeSynthetic'
          | 'iptc.digitalSourceType.trainedAlgorithmicData'
          | 'iptc.digitalSourceType.virtualRecording'
          | 'iptc.digitalSourceType.composite'
          | 'iptc.digitalSourceType.digitalArt'
          | 'iptc.digitalSourceType.algorithmicMedia'
          | 'iptc.digitalSourceType.algorithmicallyEnhanced'
          | 'iptc.digitalSourceType.dataDrivenMedia'
          | 'iptc.digitalSourceType.digitalCreation'
          | 'iptc.digitalSourceType.humanEdits'
          | 'iptc.digitalSourceType.minorHumanEdits'
          | 'iptc.digitalSourceType.softwareImage'
          | 'iptc.digitalSourceType.digitalCapture'
          | 'iptc.digitalSourceType.computationalCapture'
          | 'iptc.digitalSourceType.compositeCapture'
          | 'iptc.digitalSourceType.screenCapture'
          | 'iptc.digitalSourceType.negativeFilm'
          | 'iptc.digitalSourceType.positiveFilm'
          | 'iptc.digitalSourceType.print'
          | 'iptc.digitalSourceType.empty'
          | 'iptc.digitalSourceType.unrecognised'
          | 'c2pa.declaration.microsoftAiImage'
          | 'c2pa.declaration.blackForestLabs'
          | 'c2pa.declaration.adobeFirefly'
          | 'c2pa.declaration.aiDisclosure'
          | 'c2pa.declaration.suno'
          | 'c2pa.declaration.dreamina'
          | 'c2pa.trainingMining'
          | 'c2pa.softBinding.fingerprint'
          | 'c2pa.softBinding.unrecognised'
          | 'watermark.declared'
          | 'watermark.action'
          | 'cawg.identity.present'
          | 'cawg.identity.wellFormed'
          | 'cawg.identity.notCheckable'
          | 'cawg.identity.malformed'
          | 'cawg.identity.outsideValidity'
          | 'cawg.identity.invalid'
          | 'gb45438.label.present'
          | 'gb45438.label.generated'
          | 'gb45438.label.possible'
          | 'gb45438.label.suspected'
          | 'gb45438.label.unrecognised'
          | 'gb45438.label.shell'
          | 'gb45438.element.label'
          | 'gb45438.element.contentProducer'
          | 'gb45438.element.produceId'
          | 'gb45438.element.contentPropagator'
          | 'gb45438.element.propagateId'
          | 'gb45438.element.absent'
          | 'gb45438.form.wrapped'
          | 'gb45438.form.bare'
          | 'gb45438.value.notString'
          | 'gb45438.value.labelNotString'
          | 'gb45438.key.withoutAigc'
          | 'gb45438.keys.duplicate'
          | 'gb45438.charset.outside'
          | 'gb45438.propagation.sameAsProduction'
          | 'gb45438.propagation.differs'
          | 'gb45438.copies.several'
          | 'gb45438.copies.disagree'
          | 'gb45438.provider.code'
          | 'gb45438.provider.codeMalformed'
          | 'gb45438.provider.listed'
          | 'gb45438.security.present'
          | 'gb45438.security.signatureHolds'
          | 'gb45438.security.signatureBroken'
          | 'gb45438.security.notCheckable'
          | 'generator.a1111'
          | 'generator.comfyui'
          | 'generator.comfyui.sampler'
          | 'generator.comfyui.service'
          | 'generator.comfyui.edit'
          | 'generator.comfyui.noStep'
          | 'generator.comfyui.unknownNode'
          | 'generator.comfyui.elsewhere'
          | 'generator.comfyui.notFollowed'
          | 'generator.comfyui.workflow'
          | 'generator.invokeai'
          | 'generator.invokeai.graph'
          | 'generator.novelai'
          | 'generator.fooocus'
          | 'generator.ruinedFooocus'
          | 'generator.swarmui'
          | 'generator.easyDiffusion'
          | 'generator.drawThings'
          | 'generator.stabilityMatrix'
          | 'generator.tensorArt'
          | 'generator.hfSpace'
          | 'generator.civitai'
          | 'generator.civitai.request'
          | 'generator.midjourney'
          | 'generator.grok'
          | 'generator.flux'
          | 'generator.ideogram'
          | 'generator.luma'
          | 'generator.reve'
          | 'generator.aphrodite'
          | 'generator.dreamina'
          | 'generator.byteDanceProduct'
          | 'generator.tencentService'
          | 'generator.samsungGalaxyAi'
          | 'generator.hostingJob'
          | 'generator.sourcePicture'
          | 'generator.upscaled'
          | 'generator.kling'
          | 'generator.suno'
          | 'generator.suno.download'
          | 'platform.tiktok.aiLabel.creator'
          | 'platform.tiktok.aiLabel.platform'
          | 'camera.exif'
          | 'camera.makerNoteMismatch'
          | 'camera.location'
          | 'camera.serials'
          | 'camera.names'
          | 'camera.googleFields'
          | 'camera.androidVideo'
          | 'camera.appleVideo'
          | 'camera.scanner'
          | 'camera.hint.scanner'
          | 'camera.hint.screenshot'
          | 'recorder.voiceMemo'
          | 'recorder.broadcastWave'
          | 'iptc.ai.systemUsed'
          | 'iptc.ai.systemVersionUsed'
          | 'iptc.ai.promptInformation'
          | 'iptc.ai.promptWriterName'
          | 'iptc.credit.googleMade'
          | 'iptc.credit.googleEdited'
          | 'iptc.credit.appleCleanUp'
          | 'iptc.credit.appleImagePlayground'
          | 'iptc.dataMining'
          | 'editor.photoshop'
          | 'editor.cameraRaw'
          | 'editor.gimp'
          | 'editor.software'
          | 'editor.hint.software'
          | 'editor.history'
          | 'editor.documentAncestors'
          | 'editor.derivedFrom'
          | 'editor.premiere'
          | 'editor.capcut'
          | 'editor.ffmpeg'
          | 'editor.x264'
          | 'platform.tiktok'
          | 'platform.bytedance'
          | 'platform.youtube'
          | 'platform.x'
          | 'platform.facebook'
          | 'platform.hint.facebook'
          | 'platform.hint.whatsapp'
          | 'platform.hint.telegram'
          | 'platform.hint.x'
          | 'platform.hint.wechat'
          | 'platform.hint.snapchat'
          | 'watermark.stealthText'
          | 'generator.novelai.proof.holds'
          | 'generator.novelai.proof.broken'
          | 'watermark.pixels.sd1'
          | 'watermark.pixels.sd2'
          | 'watermark.pixels.sdxl'
          | 'watermark.pixels.flux'
          | 'file.thumbnailDiffers'
          | 'c2pa.ai.created'
          | 'c2pa.ai.altered'
          | 'c2pa.ai.systemNamed'
          | 'c2pa.ai.systemVersion'
          | 'c2pa.ai.when'
          | 'c2pa.ai.inIngredient'
          | 'c2pa.identifier'
          | 'c2pa.capture.stated'
          | 'c2pa.capture.deviceNamed'
          | 'c2pa.capture.when'
          | 'file.aiMark.signed'
          | 'file.aiMark.unsigned'
          | 'file.aiMark.possible'
          | 'file.aiTrace'
          | 'file.mediaTypeMismatch'
          | 'file.dates.outOfOrder'
          | 'file.dates.unsetClock'
          | 'file.dates.impossible'
          | 'file.sizesDiffer'
          | 'file.jpeg.tables'
          | 'file.jpeg.progressive'
          | 'file.severalAssets'
          | 'file.livePhotoPart'
          | 'file.trailingData';
        /**
         * @minItems 1
         */
        backing?: ('trusted' | 'valid' | 'unsigned' | 'inferred' | 'invalid')[];
      }[];
      /**
       * @minItems 1
       */
      none?: {
        signal:
          | 'c2pa.present'
          | 'c2pa.remote'
          | 'c2pa.unreadable'
          | 'c2pa.integrity.intact'
          | 'c2pa.binding.leavesOutMore'
          | 'c2pa.integrity.altered'
          | 'c2pa.integrity.undetermined'
          | 'c2pa.ingredient.altered'
          | 'c2pa.engines.disagree'
          | 'c2pa.signer.named'
          | 'c2pa.signer.official'
          | 'c2pa.signer.interim'
          | 'c2pa.signer.private'
          | 'c2pa.signer.unlisted'
          | 'c2pa.signer.revoked'
          | 'c2pa.conformance.disallowedSignal'
          | 'c2pa.time.proven'
          | 'c2pa.time.stamped'
          | 'c2pa.time.expiredWithoutTimestamp'
          | 'c2pa.inception.blankCanvas'
          | 'c2pa.inception.capturedMedia'
          | 'c2pa.inception.capturedMediaStitched'
          | 'c2pa.inception.compositionMayContainGenAI'
          | 'c2pa.inception.fullyGenAIMedia'
          | 'c2pa.inception.mediaUnknownProvenance'
          | 'c2pa.inception.nonGenAIDigitalCreation'
          | 'c2pa.inception.partlyGenAICreation'
          | 'c2pa.inception.screenCaptureMayContainGenAI'
          | 'c2pa.transformation.ambiguousActions'
          | 'c2pa.transformation.nonEditorial'
          | 'c2pa.transformation.perceptibleGenAI'
          | 'c2pa.transformation.perceptibleNonGenAI'
          | 'c2pa.transformation.perceptiblePossiblyGenAI'
          | 'c2pa.digitalSourceType.trainedAlgorithmicMedia'
          | 'c2pa.digitalSourceType.compositeWithTrainedAlgorithmicMedia'
          | 'c2pa.digitalSourceType.compositeSynthetic'
          | 'c2pa.digitalSourceType.trainedAlgorithmicData'
          | 'c2pa.digitalSourceType.virtualRecording'
          | 'c2pa.digitalSourceType.composite'
          | 'c2pa.digitalSourceType.digitalArt'
          | 'c2pa.digitalSourceType.algorithmicMedia'
          | 'c2pa.digitalSourceType.algorithmicallyEnhanced'
          | 'c2pa.digitalSourceType.dataDrivenMedia'
          | 'c2pa.digitalSourceType.digitalCreation'
          | 'c2pa.digitalSourceType.humanEdits'
          | 'c2pa.digitalSourceType.minorHumanEdits'
          | 'c2pa.digitalSourceType.softwareImage'
          | 'c2pa.digitalSourceType.digitalCapture'
          | 'c2pa.digitalSourceType.computationalCapture'
          | 'c2pa.digitalSourceType.compositeCapture'
          | 'c2pa.digitalSourceType.screenCapture'
          | 'c2pa.digitalSourceType.negativeFilm'
          | 'c2pa.digitalSourceType.positiveFilm'
          | 'c2pa.digitalSourceType.print'
          | 'c2pa.digitalSourceType.empty'
          | 'c2pa.digitalSourceType.unrecognised'
          | 'iptc.digitalSourceType.trainedAlgorithmicMedia'
          | 'iptc.digitalSourceType.compositeWithTrainedAlgorithmicMedia'
          | 'iptc.digitalSourceType.compositeSynthetic'
          | 'iptc.digitalSourceType.trainedAlgorithmicData'
          | 'iptc.digitalSourceType.virtualRecording'
          | 'iptc.digitalSourceType.composite'
          | 'iptc.digitalSourceType.digitalArt'
          | 'iptc.digitalSourceType.algorithmicMedia'
          | 'iptc.digitalSourceType.algorithmicallyEnhanced'
          | 'iptc.digitalSourceType.dataDrivenMedia'
          | 'iptc.digitalSourceType.digitalCreation'
          | 'iptc.digitalSourceType.humanEdits'
          | 'iptc.digitalSourceType.minorHumanEdits'
          | 'iptc.digitalSourceType.softwareImage'
          | 'iptc.digitalSourceType.digitalCapture'
          | 'iptc.digitalSourceType.computationalCapture'
          | 'iptc.digitalSourceType.compositeCapture'
          | 'iptc.digitalSourceType.screenCapture'
          | 'iptc.digitalSourceType.negativeFilm'
          | 'iptc.digitalSourceType.positiveFilm'
          | 'iptc.digitalSourceType.print'
          | 'iptc.digitalSourceType.empty'
          | 'iptc.digitalSourceType.unrecognised'
          | 'c2pa.declaration.microsoftAiImage'
          | 'c2pa.declaration.blackForestLabs'
          | 'c2pa.declaration.adobeFirefly'
          | 'c2pa.declaration.aiDisclosure'
          | 'c2pa.declaration.suno'
          | 'c2pa.declaration.dreamina'
          | 'c2pa.trainingMining'
          | 'c2pa.softBinding.fingerprint'
          | 'c2pa.softBinding.unrecognised'
          | 'watermark.declared'
          | 'watermark.action'
          | 'cawg.identity.present'
          | 'cawg.identity.wellFormed'
          | 'cawg.identity.notCheckable'
          | 'cawg.identity.malformed'
          | 'cawg.identity.outsideValidity'
          | 'cawg.identity.invalid'
          | 'gb45438.label.present'
          | 'gb45438.label.generated'
          | 'gb45438.label.possible'
          | 'gb45438.label.suspected'
          | 'gb45438.label.unrecognised'
          | 'gb45438.label.shell'
          | 'gb45438.element.label'
          | 'gb45438.element.contentProducer'
          | 'gb45438.element.produceId'
          | 'gb45438.element.contentPropagator'
          | 'gb45438.element.propagateId'
          | 'gb45438.element.absent'
          | 'gb45438.form.wrapped'
          | 'gb45438.form.bare'
          | 'gb45438.value.notString'
          | 'gb45438.value.labelNotString'
          | 'gb45438.key.withoutAigc'
          | 'gb45438.keys.duplicate'
          | 'gb45438.charset.outside'
          | 'gb45438.propagation.sameAsProduction'
          | 'gb45438.propagation.differs'
          | 'gb45438.copies.several'
          | 'gb45438.copies.disagree'
          | 'gb45438.provider.code'
          | 'gb45438.provider.codeMalformed'
          | 'gb45438.provider.listed'
          | 'gb45438.security.present'
          | 'gb45438.security.signatureHolds'
          | 'gb45438.security.signatureBroken'
          | 'gb45438.security.notCheckable'
          | 'generator.a1111'
          | 'generator.comfyui'
          | 'generator.comfyui.sampler'
          | 'generator.comfyui.service'
          | 'generator.comfyui.edit'
          | 'generator.comfyui.noStep'
          | 'generator.comfyui.unknownNode'
          | 'generator.comfyui.elsewhere'
          | 'generator.comfyui.notFollowed'
          | 'generator.comfyui.workflow'
          | 'generator.invokeai'
          | 'generator.invokeai.graph'
          | 'generator.novelai'
          | 'generator.fooocus'
          | 'generator.ruinedFooocus'
          | 'generator.swarmui'
          | 'generator.easyDiffusion'
          | 'generator.drawThings'
          | 'generator.stabilityMatrix'
          | 'generator.tensorArt'
          | 'generator.hfSpace'
          | 'generator.civitai'
          | 'generator.civitai.request'
          | 'generator.midjourney'
          | 'generator.grok'
          | 'generator.flux'
          | 'generator.ideogram'
          | 'generator.luma'
          | 'generator.reve'
          | 'generator.aphrodite'
          | 'generator.dreamina'
          | 'generator.byteDanceProduct'
          | 'generator.tencentService'
          | 'generator.samsungGalaxyAi'
          | 'generator.hostingJob'
          | 'generator.sourcePicture'
          | 'generator.upscaled'
          | 'generator.kling'
          | 'generator.suno'
          | 'generator.suno.download'
          | 'platform.tiktok.aiLabel.creator'
          | 'platform.tiktok.aiLabel.platform'
          | 'camera.exif'
          | 'camera.makerNoteMismatch'
          | 'camera.location'
          | 'camera.serials'
          | 'camera.names'
          | 'camera.googleFields'
          | 'camera.androidVideo'
          | 'camera.appleVideo'
          | 'camera.scanner'
          | 'camera.hint.scanner'
          | 'camera.hint.screenshot'
          | 'recorder.voiceMemo'
          | 'recorder.broadcastWave'
          | 'iptc.ai.systemUsed'
          | 'iptc.ai.systemVersionUsed'
          | 'iptc.ai.promptInformation'
          | 'iptc.ai.promptWriterName'
          | 'iptc.credit.googleMade'
          | 'iptc.credit.googleEdited'
          | 'iptc.credit.appleCleanUp'
          | 'iptc.credit.appleImagePlayground'
          | 'iptc.dataMining'
          | 'editor.photoshop'
          | 'editor.cameraRaw'
          | 'editor.gimp'
          | 'editor.software'
          | 'editor.hint.software'
          | 'editor.history'
          | 'editor.documentAncestors'
          | 'editor.derivedFrom'
          | 'editor.premiere'
          | 'editor.capcut'
          | 'editor.ffmpeg'
          | 'editor.x264'
          | 'platform.tiktok'
          | 'platform.bytedance'
          | 'platform.youtube'
          | 'platform.x'
          | 'platform.facebook'
          | 'platform.hint.facebook'
          | 'platform.hint.whatsapp'
          | 'platform.hint.telegram'
          | 'platform.hint.x'
          | 'platform.hint.wechat'
          | 'platform.hint.snapchat'
          | 'watermark.stealthText'
          | 'generator.novelai.proof.holds'
          | 'generator.novelai.proof.broken'
          | 'watermark.pixels.sd1'
          | 'watermark.pixels.sd2'
          | 'watermark.pixels.sdxl'
          | 'watermark.pixels.flux'
          | 'file.thumbnailDiffers'
          | 'c2pa.ai.created'
          | 'c2pa.ai.altered'
          | 'c2pa.ai.systemNamed'
          | 'c2pa.ai.systemVersion'
          | 'c2pa.ai.when'
          | 'c2pa.ai.inIngredient'
          | 'c2pa.identifier'
          | 'c2pa.capture.stated'
          | 'c2pa.capture.deviceNamed'
          | 'c2pa.capture.when'
          | 'file.aiMark.signed'
          | 'file.aiMark.unsigned'
          | 'file.aiMark.possible'
          | 'file.aiTrace'
          | 'file.mediaTypeMismatch'
          | 'file.dates.outOfOrder'
          | 'file.dates.unsetClock'
          | 'file.dates.impossible'
          | 'file.sizesDiffer'
          | 'file.jpeg.tables'
          | 'file.jpeg.progressive'
          | 'file.severalAssets'
          | 'file.livePhotoPart'
          | 'file.trailingData';
        /**
         * @minItems 1
         */
        backing?: ('trusted' | 'valid' | 'unsigned' | 'inferred' | 'invalid')[];
      }[];
    };
    answeredWhen?: {
      /**
       * @minItems 1
       */
      any?: {
        signal:
          | 'c2pa.present'
          | 'c2pa.remote'
          | 'c2pa.unreadable'
          | 'c2pa.integrity.intact'
          | 'c2pa.binding.leavesOutMore'
          | 'c2pa.integrity.altered'
          | 'c2pa.integrity.undetermined'
          | 'c2pa.ingredient.altered'
          | 'c2pa.engines.disagree'
          | 'c2pa.signer.named'
          | 'c2pa.signer.official'
          | 'c2pa.signer.interim'
          | 'c2pa.signer.private'
          | 'c2pa.signer.unlisted'
          | 'c2pa.signer.revoked'
          | 'c2pa.conformance.disallowedSignal'
          | 'c2pa.time.proven'
          | 'c2pa.time.stamped'
          | 'c2pa.time.expiredWithoutTimestamp'
          | 'c2pa.inception.blankCanvas'
          | 'c2pa.inception.capturedMedia'
          | 'c2pa.inception.capturedMediaStitched'
          | 'c2pa.inception.compositionMayContainGenAI'
          | 'c2pa.inception.fullyGenAIMedia'
          | 'c2pa.inception.mediaUnknownProvenance'
          | 'c2pa.inception.nonGenAIDigitalCreation'
          | 'c2pa.inception.partlyGenAICreation'
          | 'c2pa.inception.screenCaptureMayContainGenAI'
          | 'c2pa.transformation.ambiguousActions'
          | 'c2pa.transformation.nonEditorial'
          | 'c2pa.transformation.perceptibleGenAI'
          | 'c2pa.transformation.perceptibleNonGenAI'
          | 'c2pa.transformation.perceptiblePossiblyGenAI'
          | 'c2pa.digitalSourceType.trainedAlgorithmicMedia'
          | 'c2pa.digitalSourceType.compositeWithTrainedAlgorithmicMedia'
          | 'c2pa.digitalSourceType.compositeSynthetic'
          | 'c2pa.digitalSourceType.trainedAlgorithmicData'
          | 'c2pa.digitalSourceType.virtualRecording'
          | 'c2pa.digitalSourceType.composite'
          | 'c2pa.digitalSourceType.digitalArt'
          | 'c2pa.digitalSourceType.algorithmicMedia'
          | 'c2pa.digitalSourceType.algorithmicallyEnhanced'
          | 'c2pa.digitalSourceType.dataDrivenMedia'
          | 'c2pa.digitalSourceType.digitalCreation'
          | 'c2pa.digitalSourceType.humanEdits'
          | 'c2pa.digitalSourceType.minorHumanEdits'
          | 'c2pa.digitalSourceType.softwareImage'
          | 'c2pa.digitalSourceType.digitalCapture'
          | 'c2pa.digitalSourceType.computationalCapture'
          | 'c2pa.digitalSourceType.compositeCapture'
          | 'c2pa.digitalSourceType.screenCapture'
          | 'c2pa.digitalSourceType.negativeFilm'
          | 'c2pa.digitalSourceType.positiveFilm'
          | 'c2pa.digitalSourceType.print'
          | 'c2pa.digitalSourceType.empty'
          | 'c2pa.digitalSourceType.unrecognised'
          | 'iptc.digitalSourceType.trainedAlgorithmicMedia'
          | 'iptc.digitalSourceType.compositeWithTrainedAlgorithmicMedia'
          | 'iptc.digitalSourceType.compositeSynthetic'
          | 'iptc.digitalSourceType.trainedAlgorithmicData'
          | 'iptc.digitalSourceType.virtualRecording'
          | 'iptc.digitalSourceType.composite'
          | 'iptc.digitalSourceType.digitalArt'
          | 'iptc.digitalSourceType.algorithmicMedia'
          | 'iptc.digitalSourceType.algorithmicallyEnhanced'
          | 'iptc.digitalSourceType.dataDrivenMedia'
          | 'iptc.digitalSourceType.digitalCreation'
          | 'iptc.digitalSourceType.humanEdits'
          | 'iptc.digitalSourceType.minorHumanEdits'
          | 'iptc.digitalSourceType.softwareImage'
          | 'iptc.digitalSourceType.digitalCapture'
          | 'iptc.digitalSourceType.computationalCapture'
          | 'iptc.digitalSourceType.compositeCapture'
          | 'iptc.digitalSourceType.screenCapture'
          | 'iptc.digitalSourceType.negativeFilm'
          | 'iptc.digitalSourceType.positiveFilm'
          | 'iptc.digitalSourceType.print'
          | 'iptc.digitalSourceType.empty'
          | 'iptc.digitalSourceType.unrecognised'
          | 'c2pa.declaration.microsoftAiImage'
          | 'c2pa.declaration.blackForestLabs'
          | 'c2pa.declaration.adobeFirefly'
          | 'c2pa.declaration.aiDisclosure'
          | 'c2pa.declaration.suno'
          | 'c2pa.declaration.dreamina'
          | 'c2pa.trainingMining'
          | 'c2pa.softBinding.fingerprint'
          | 'c2pa.softBinding.unrecognised'
          | 'watermark.declared'
          | 'watermark.action'
          | 'cawg.identity.present'
          | 'cawg.identity.wellFormed'
          | 'cawg.identity.notCheckable'
          | 'cawg.identity.malformed'
          | 'cawg.identity.outsideValidity'
          | 'cawg.identity.invalid'
          | 'gb45438.label.present'
          | 'gb45438.label.generated'
          | 'gb45438.label.possible'
          | 'gb45438.label.suspected'
          | 'gb45438.label.unrecognised'
          | 'gb45438.label.shell'
          | 'gb45438.element.label'
          | 'gb45438.element.contentProducer'
          | 'gb45438.element.produceId'
          | 'gb45438.element.contentPropagator'
          | 'gb45438.element.propagateId'
          | 'gb45438.element.absent'
          | 'gb45438.form.wrapped'
          | 'gb45438.form.bare'
          | 'gb45438.value.notString'
          | 'gb45438.value.labelNotString'
          | 'gb45438.key.withoutAigc'
          | 'gb45438.keys.duplicate'
          | 'gb45438.charset.outside'
          | 'gb45438.propagation.sameAsProduction'
          | 'gb45438.propagation.differs'
          | 'gb45438.copies.several'
          | 'gb45438.copies.disagree'
          | 'gb45438.provider.code'
          | 'gb45438.provider.codeMalformed'
          | 'gb45438.provider.listed'
          | 'gb45438.security.present'
          | 'gb45438.security.signatureHolds'
          | 'gb45438.security.signatureBroken'
          | 'gb45438.security.notCheckable'
          | 'generator.a1111'
          | 'generator.comfyui'
          | 'generator.comfyui.sampler'
          | 'generator.comfyui.service'
          | 'generator.comfyui.edit'
          | 'generator.comfyui.noStep'
          | 'generator.comfyui.unknownNode'
          | 'generator.comfyui.elsewhere'
          | 'generator.comfyui.notFollowed'
          | 'generator.comfyui.workflow'
          | 'generator.invokeai'
          | 'generator.invokeai.graph'
          | 'generator.novelai'
          | 'generator.fooocus'
          | 'generator.ruinedFooocus'
          | 'generator.swarmui'
          | 'generator.easyDiffusion'
          | 'generator.drawThings'
          | 'generator.stabilityMatrix'
          | 'generator.tensorArt'
          | 'generator.hfSpace'
          | 'generator.civitai'
          | 'generator.civitai.request'
          | 'generator.midjourney'
          | 'generator.grok'
          | 'generator.flux'
          | 'generator.ideogram'
          | 'generator.luma'
          | 'generator.reve'
          | 'generator.aphrodite'
          | 'generator.dreamina'
          | 'generator.byteDanceProduct'
          | 'generator.tencentService'
          | 'generator.samsungGalaxyAi'
          | 'generator.hostingJob'
          | 'generator.sourcePicture'
          | 'generator.upscaled'
          | 'generator.kling'
          | 'generator.suno'
          | 'generator.suno.download'
          | 'platform.tiktok.aiLabel.creator'
          | 'platform.tiktok.aiLabel.platform'
          | 'camera.exif'
          | 'camera.makerNoteMismatch'
          | 'camera.location'
          | 'camera.serials'
          | 'camera.names'
          | 'camera.googleFields'
          | 'camera.androidVideo'
          | 'camera.appleVideo'
          | 'camera.scanner'
          | 'camera.hint.scanner'
          | 'camera.hint.screenshot'
          | 'recorder.voiceMemo'
          | 'recorder.broadcastWave'
          | 'iptc.ai.systemUsed'
          | 'iptc.ai.systemVersionUsed'
          | 'iptc.ai.promptInformation'
          | 'iptc.ai.promptWriterName'
          | 'iptc.credit.googleMade'
          | 'iptc.credit.googleEdited'
          | 'iptc.credit.appleCleanUp'
          | 'iptc.credit.appleImagePlayground'
          | 'iptc.dataMining'
          | 'editor.photoshop'
          | 'editor.cameraRaw'
          | 'editor.gimp'
          | 'editor.software'
          | 'editor.hint.software'
          | 'editor.history'
          | 'editor.documentAncestors'
          | 'editor.derivedFrom'
          | 'editor.premiere'
          | 'editor.capcut'
          | 'editor.ffmpeg'
          | 'editor.x264'
          | 'platform.tiktok'
          | 'platform.bytedance'
          | 'platform.youtube'
          | 'platform.x'
          | 'platform.facebook'
          | 'platform.hint.facebook'
          | 'platform.hint.whatsapp'
          | 'platform.hint.telegram'
          | 'platform.hint.x'
          | 'platform.hint.wechat'
          | 'platform.hint.snapchat'
          | 'watermark.stealthText'
          | 'generator.novelai.proof.holds'
          | 'generator.novelai.proof.broken'
          | 'watermark.pixels.sd1'
          | 'watermark.pixels.sd2'
          | 'watermark.pixels.sdxl'
          | 'watermark.pixels.flux'
          | 'file.thumbnailDiffers'
          | 'c2pa.ai.created'
          | 'c2pa.ai.altered'
          | 'c2pa.ai.systemNamed'
          | 'c2pa.ai.systemVersion'
          | 'c2pa.ai.when'
          | 'c2pa.ai.inIngredient'
          | 'c2pa.identifier'
          | 'c2pa.capture.stated'
          | 'c2pa.capture.deviceNamed'
          | 'c2pa.capture.when'
          | 'file.aiMark.signed'
          | 'file.aiMark.unsigned'
          | 'file.aiMark.possible'
          | 'file.aiTrace'
          | 'file.mediaTypeMismatch'
          | 'file.dates.outOfOrder'
          | 'file.dates.unsetClock'
          | 'file.dates.impossible'
          | 'file.sizesDiffer'
          | 'file.jpeg.tables'
          | 'file.jpeg.progressive'
          | 'file.severalAssets'
          | 'file.livePhotoPart'
          | 'file.trailingData';
        /**
         * @minItems 1
         */
        backing?: ('trusted' | 'valid' | 'unsigned' | 'inferred' | 'invalid')[];
      }[];
      /**
       * @minItems 1
       */
      all?: {
        signal:
          | 'c2pa.present'
          | 'c2pa.remote'
          | 'c2pa.unreadable'
          | 'c2pa.integrity.intact'
          | 'c2pa.binding.leavesOutMore'
          | 'c2pa.integrity.altered'
          | 'c2pa.integrity.undetermined'
          | 'c2pa.ingredient.altered'
          | 'c2pa.engines.disagree'
          | 'c2pa.signer.named'
          | 'c2pa.signer.official'
          | 'c2pa.signer.interim'
          | 'c2pa.signer.private'
          | 'c2pa.signer.unlisted'
          | 'c2pa.signer.revoked'
          | 'c2pa.conformance.disallowedSignal'
          | 'c2pa.time.proven'
          | 'c2pa.time.stamped'
          | 'c2pa.time.expiredWithoutTimestamp'
          | 'c2pa.inception.blankCanvas'
          | 'c2pa.inception.capturedMedia'
          | 'c2pa.inception.capturedMediaStitched'
          | 'c2pa.inception.compositionMayContainGenAI'
          | 'c2pa.inception.fullyGenAIMedia'
          | 'c2pa.inception.mediaUnknownProvenance'
          | 'c2pa.inception.nonGenAIDigitalCreation'
          | 'c2pa.inception.partlyGenAICreation'
          | 'c2pa.inception.screenCaptureMayContainGenAI'
          | 'c2pa.transformation.ambiguousActions'
          | 'c2pa.transformation.nonEditorial'
          | 'c2pa.transformation.perceptibleGenAI'
          | 'c2pa.transformation.perceptibleNonGenAI'
          | 'c2pa.transformation.perceptiblePossiblyGenAI'
          | 'c2pa.digitalSourceType.trainedAlgorithmicMedia'
          | 'c2pa.digitalSourceType.compositeWithTrainedAlgorithmicMedia'
          | 'c2pa.digitalSourceType.compositeSynthetic'
          | 'c2pa.digitalSourceType.trainedAlgorithmicData'
          | 'c2pa.digitalSourceType.virtualRecording'
          | 'c2pa.digitalSourceType.composite'
          | 'c2pa.digitalSourceType.digitalArt'
          | 'c2pa.digitalSourceType.algorithmicMedia'
          | 'c2pa.digitalSourceType.algorithmicallyEnhanced'
          | 'c2pa.digitalSourceType.dataDrivenMedia'
          | 'c2pa.digitalSourceType.digitalCreation'
          | 'c2pa.digitalSourceType.humanEdits'
          | 'c2pa.digitalSourceType.minorHumanEdits'
          | 'c2pa.digitalSourceType.softwareImage'
          | 'c2pa.digitalSourceType.digitalCapture'
          | 'c2pa.digitalSourceType.computationalCapture'
          | 'c2pa.digitalSourceType.compositeCapture'
          | 'c2pa.digitalSourceType.screenCapture'
          | 'c2pa.digitalSourceType.negativeFilm'
          | 'c2pa.digitalSourceType.positiveFilm'
          | 'c2pa.digitalSourceType.print'
          | 'c2pa.digitalSourceType.empty'
          | 'c2pa.digitalSourceType.unrecognised'
          | 'iptc.digitalSourceType.trainedAlgorithmicMedia'
          | 'iptc.digitalSourceType.compositeWithTrainedAlgorithmicMedia'
          | 'iptc.digitalSourceType.compositeSynthetic'
          | 'iptc.digitalSourceType.trainedAlgorithmicData'
          | 'iptc.digitalSourceType.virtualRecording'
          | 'iptc.digitalSourceType.composite'
          | 'iptc.digitalSourceType.digitalArt'
          | 'iptc.digitalSourceType.algorithmicMedia'
          | 'iptc.digitalSourceType.algorithmicallyEnhanced'
          | 'iptc.digitalSourceType.dataDrivenMedia'
          | 'iptc.digitalSourceType.digitalCreation'
          | 'iptc.digitalSourceType.humanEdits'
          | 'iptc.digitalSourceType.minorHumanEdits'
          | 'iptc.digitalSourceType.softwareImage'
          | 'iptc.digitalSourceType.digitalCapture'
          | 'iptc.digitalSourceType.computationalCapture'
          | 'iptc.digitalSourceType.compositeCapture'
          | 'iptc.digitalSourceType.screenCapture'
          | 'iptc.digitalSourceType.negativeFilm'
          | 'iptc.digitalSourceType.positiveFilm'
          | 'iptc.digitalSourceType.print'
          | 'iptc.digitalSourceType.empty'
          | 'iptc.digitalSourceType.unrecognised'
          | 'c2pa.declaration.microsoftAiImage'
          | 'c2pa.declaration.blackForestLabs'
          | 'c2pa.declaration.adobeFirefly'
          | 'c2pa.declaration.aiDisclosure'
          | 'c2pa.declaration.suno'
          | 'c2pa.declaration.dreamina'
          | 'c2pa.trainingMining'
          | 'c2pa.softBinding.fingerprint'
          | 'c2pa.softBinding.unrecognised'
          | 'watermark.declared'
          | 'watermark.action'
          | 'cawg.identity.present'
          | 'cawg.identity.wellFormed'
          | 'cawg.identity.notCheckable'
          | 'cawg.identity.malformed'
          | 'cawg.identity.outsideValidity'
          | 'cawg.identity.invalid'
          | 'gb45438.label.present'
          | 'gb45438.label.generated'
          | 'gb45438.label.possible'
          | 'gb45438.label.suspected'
          | 'gb45438.label.unrecognised'
          | 'gb45438.label.shell'
          | 'gb45438.element.label'
          | 'gb45438.element.contentProducer'
          | 'gb45438.element.produceId'
          | 'gb45438.element.contentPropagator'
          | 'gb45438.element.propagateId'
          | 'gb45438.element.absent'
          | 'gb45438.form.wrapped'
          | 'gb45438.form.bare'
          | 'gb45438.value.notString'
          | 'gb45438.value.labelNotString'
          | 'gb45438.key.withoutAigc'
          | 'gb45438.keys.duplicate'
          | 'gb45438.charset.outside'
          | 'gb45438.propagation.sameAsProduction'
          | 'gb45438.propagation.differs'
          | 'gb45438.copies.several'
          | 'gb45438.copies.disagree'
          | 'gb45438.provider.code'
          | 'gb45438.provider.codeMalformed'
          | 'gb45438.provider.listed'
          | 'gb45438.security.present'
          | 'gb45438.security.signatureHolds'
          | 'gb45438.security.signatureBroken'
          | 'gb45438.security.notCheckable'
          | 'generator.a1111'
          | 'generator.comfyui'
          | 'generator.comfyui.sampler'
          | 'generator.comfyui.service'
          | 'generator.comfyui.edit'
          | 'generator.comfyui.noStep'
          | 'generator.comfyui.unknownNode'
          | 'generator.comfyui.elsewhere'
          | 'generator.comfyui.notFollowed'
          | 'generator.comfyui.workflow'
          | 'generator.invokeai'
          | 'generator.invokeai.graph'
          | 'generator.novelai'
          | 'generator.fooocus'
          | 'generator.ruinedFooocus'
          | 'generator.swarmui'
          | 'generator.easyDiffusion'
          | 'generator.drawThings'
          | 'generator.stabilityMatrix'
          | 'generator.tensorArt'
          | 'generator.hfSpace'
          | 'generator.civitai'
          | 'generator.civitai.request'
          | 'generator.midjourney'
          | 'generator.grok'
          | 'generator.flux'
          | 'generator.ideogram'
          | 'generator.luma'
          | 'generator.reve'
          | 'generator.aphrodite'
          | 'generator.dreamina'
          | 'generator.byteDanceProduct'
          | 'generator.tencentService'
          | 'generator.samsungGalaxyAi'
          | 'generator.hostingJob'
          | 'generator.sourcePicture'
          | 'generator.upscaled'
          | 'generator.kling'
          | 'generator.suno'
          | 'generator.suno.download'
          | 'platform.tiktok.aiLabel.creator'
          | 'platform.tiktok.aiLabel.platform'
          | 'camera.exif'
          | 'camera.makerNoteMismatch'
          | 'camera.location'
          | 'camera.serials'
          | 'camera.names'
          | 'camera.googleFields'
          | 'camera.androidVideo'
          | 'camera.appleVideo'
          | 'camera.scanner'
          | 'camera.hint.scanner'
          | 'camera.hint.screenshot'
          | 'recorder.voiceMemo'
          | 'recorder.broadcastWave'
          | 'iptc.ai.systemUsed'
          | 'iptc.ai.systemVersionUsed'
          | 'iptc.ai.promptInformation'
          | 'iptc.ai.promptWriterName'
          | 'iptc.credit.googleMade'
          | 'iptc.credit.googleEdited'
          | 'iptc.credit.appleCleanUp'
          | 'iptc.credit.appleImagePlayground'
          | 'iptc.dataMining'
          | 'editor.photoshop'
          | 'editor.cameraRaw'
          | 'editor.gimp'
          | 'editor.software'
          | 'editor.hint.software'
          | 'editor.history'
          | 'editor.documentAncestors'
          | 'editor.derivedFrom'
          | 'editor.premiere'
          | 'editor.capcut'
          | 'editor.ffmpeg'
          | 'editor.x264'
          | 'platform.tiktok'
          | 'platform.bytedance'
          | 'platform.youtube'
          | 'platform.x'
          | 'platform.facebook'
          | 'platform.hint.facebook'
          | 'platform.hint.whatsapp'
          | 'platform.hint.telegram'
          | 'platform.hint.x'
          | 'platform.hint.wechat'
          | 'platform.hint.snapchat'
          | 'watermark.stealthText'
          | 'generator.novelai.proof.holds'
          | 'generator.novelai.proof.broken'
          | 'watermark.pixels.sd1'
          | 'watermark.pixels.sd2'
          | 'watermark.pixels.sdxl'
          | 'watermark.pixels.flux'
          | 'file.thumbnailDiffers'
          | 'c2pa.ai.created'
          | 'c2pa.ai.altered'
          | 'c2pa.ai.systemNamed'
          | 'c2pa.ai.systemVersion'
          | 'c2pa.ai.when'
          | 'c2pa.ai.inIngredient'
          | 'c2pa.identifier'
          | 'c2pa.capture.stated'
          | 'c2pa.capture.deviceNamed'
          | 'c2pa.capture.when'
          | 'file.aiMark.signed'
          | 'file.aiMark.unsigned'
          | 'file.aiMark.possible'
          | 'file.aiTrace'
          | 'file.mediaTypeMismatch'
          | 'file.dates.outOfOrder'
          | 'file.dates.unsetClock'
          | 'file.dates.impossible'
          | 'file.sizesDiffer'
          | 'file.jpeg.tables'
          | 'file.jpeg.progressive'
          | 'file.severalAssets'
          | 'file.livePhotoPart'
          | 'file.trailingData';
        /**
         * @minItems 1
         */
        backing?: ('trusted' | 'valid' | 'unsigned' | 'inferred' | 'invalid')[];
      }[];
      /**
       * @minItems 1
       */
      none?: {
        signal:
          | 'c2pa.present'
          | 'c2pa.remote'
          | 'c2pa.unreadable'
          | 'c2pa.integrity.intact'
          | 'c2pa.binding.leavesOutMore'
          | 'c2pa.integrity.altered'
          | 'c2pa.integrity.undetermined'
          | 'c2pa.ingredient.altered'
          | 'c2pa.engines.disagree'
          | 'c2pa.signer.named'
          | 'c2pa.signer.official'
          | 'c2pa.signer.interim'
          | 'c2pa.signer.private'
          | 'c2pa.signer.unlisted'
          | 'c2pa.signer.revoked'
          | 'c2pa.conformance.disallowedSignal'
          | 'c2pa.time.proven'
          | 'c2pa.time.stamped'
          | 'c2pa.time.expiredWithoutTimestamp'
          | 'c2pa.inception.blankCanvas'
          | 'c2pa.inception.capturedMedia'
          | 'c2pa.inception.capturedMediaStitched'
          | 'c2pa.inception.compositionMayContainGenAI'
          | 'c2pa.inception.fullyGenAIMedia'
          | 'c2pa.inception.mediaUnknownProvenance'
          | 'c2pa.inception.nonGenAIDigitalCreation'
          | 'c2pa.inception.partlyGenAICreation'
          | 'c2pa.inception.screenCaptureMayContainGenAI'
          | 'c2pa.transformation.ambiguousActions'
          | 'c2pa.transformation.nonEditorial'
          | 'c2pa.transformation.perceptibleGenAI'
          | 'c2pa.transformation.perceptibleNonGenAI'
          | 'c2pa.transformation.perceptiblePossiblyGenAI'
          | 'c2pa.digitalSourceType.trainedAlgorithmicMedia'
          | 'c2pa.digitalSourceType.compositeWithTrainedAlgorithmicMedia'
          | 'c2pa.digitalSourceType.compositeSynthetic'
          | 'c2pa.digitalSourceType.trainedAlgorithmicData'
          | 'c2pa.digitalSourceType.virtualRecording'
          | 'c2pa.digitalSourceType.composite'
          | 'c2pa.digitalSourceType.digitalArt'
          | 'c2pa.digitalSourceType.algorithmicMedia'
          | 'c2pa.digitalSourceType.algorithmicallyEnhanced'
          | 'c2pa.digitalSourceType.dataDrivenMedia'
          | 'c2pa.digitalSourceType.digitalCreation'
          | 'c2pa.digitalSourceType.humanEdits'
          | 'c2pa.digitalSourceType.minorHumanEdits'
          | 'c2pa.digitalSourceType.softwareImage'
          | 'c2pa.digitalSourceType.digitalCapture'
          | 'c2pa.digitalSourceType.computationalCapture'
          | 'c2pa.digitalSourceType.compositeCapture'
          | 'c2pa.digitalSourceType.screenCapture'
          | 'c2pa.digitalSourceType.negativeFilm'
          | 'c2pa.digitalSourceType.positiveFilm'
          | 'c2pa.digitalSourceType.print'
          | 'c2pa.digitalSourceType.empty'
          | 'c2pa.digitalSourceType.unrecognised'
          | 'iptc.digitalSourceType.trainedAlgorithmicMedia'
          | 'iptc.digitalSourceType.compositeWithTrainedAlgorithmicMedia'
          | 'iptc.digitalSourceType.compositeSynthetic'
          | 'iptc.digitalSourceType.trainedAlgorithmicData'
          | 'iptc.digitalSourceType.virtualRecording'
          | 'iptc.digitalSourceType.composite'
          | 'iptc.digitalSourceType.digitalArt'
          | 'iptc.digitalSourceType.algorithmicMedia'
          | 'iptc.digitalSourceType.algorithmicallyEnhanced'
          | 'iptc.digitalSourceType.dataDrivenMedia'
          | 'iptc.digitalSourceType.digitalCreation'
          | 'iptc.digitalSourceType.humanEdits'
          | 'iptc.digitalSourceType.minorHumanEdits'
          | 'iptc.digitalSourceType.softwareImage'
          | 'iptc.digitalSourceType.digitalCapture'
          | 'iptc.digitalSourceType.computationalCapture'
          | 'iptc.digitalSourceType.compositeCapture'
          | 'iptc.digitalSourceType.screenCapture'
          | 'iptc.digitalSourceType.negativeFilm'
          | 'iptc.digitalSourceType.positiveFilm'
          | 'iptc.digitalSourceType.print'
          | 'iptc.digitalSourceType.empty'
          | 'iptc.digitalSourceType.unrecognised'
          | 'c2pa.declaration.microsoftAiImage'
          | 'c2pa.declaration.blackForestLabs'
          | 'c2pa.declaration.adobeFirefly'
          | 'c2pa.declaration.aiDisclosure'
          | 'c2pa.declaration.suno'
          | 'c2pa.declaration.dreamina'
          | 'c2pa.trainingMining'
          | 'c2pa.softBinding.fingerprint'
          | 'c2pa.softBinding.unrecognised'
          | 'watermark.declared'
          | 'watermark.action'
          | 'cawg.identity.present'
          | 'cawg.identity.wellFormed'
          | 'cawg.identity.notCheckable'
          | 'cawg.identity.malformed'
          | 'cawg.identity.outsideValidity'
          | 'cawg.identity.invalid'
          | 'gb45438.label.present'
          | 'gb45438.label.generated'
          | 'gb45438.label.possible'
          | 'gb45438.label.suspected'
          | 'gb45438.label.unrecognised'
          | 'gb45438.label.shell'
          | 'gb45438.element.label'
          | 'gb45438.element.contentProducer'
          | 'gb45438.element.produceId'
          | 'gb45438.element.contentPropagator'
          | 'gb45438.element.propagateId'
          | 'gb45438.element.absent'
          | 'gb45438.form.wrapped'
          | 'gb45438.form.bare'
          | 'gb45438.value.notString'
          | 'gb45438.value.labelNotString'
          | 'gb45438.key.withoutAigc'
          | 'gb45438.keys.duplicate'
          | 'gb45438.charset.outside'
          | 'gb45438.propagation.sameAsProduction'
          | 'gb45438.propagation.differs'
          | 'gb45438.copies.several'
          | 'gb45438.copies.disagree'
          | 'gb45438.provider.code'
          | 'gb45438.provider.codeMalformed'
          | 'gb45438.provider.listed'
          | 'gb45438.security.present'
          | 'gb45438.security.signatureHolds'
          | 'gb45438.security.signatureBroken'
          | 'gb45438.security.notCheckable'
          | 'generator.a1111'
          | 'generator.comfyui'
          | 'generator.comfyui.sampler'
          | 'generator.comfyui.service'
          | 'generator.comfyui.edit'
          | 'generator.comfyui.noStep'
          | 'generator.comfyui.unknownNode'
          | 'generator.comfyui.elsewhere'
          | 'generator.comfyui.notFollowed'
          | 'generator.comfyui.workflow'
          | 'generator.invokeai'
          | 'generator.invokeai.graph'
          | 'generator.novelai'
          | 'generator.fooocus'
          | 'generator.ruinedFooocus'
          | 'generator.swarmui'
          | 'generator.easyDiffusion'
          | 'generator.drawThings'
          | 'generator.stabilityMatrix'
          | 'generator.tensorArt'
          | 'generator.hfSpace'
          | 'generator.civitai'
          | 'generator.civitai.request'
          | 'generator.midjourney'
          | 'generator.grok'
          | 'generator.flux'
          | 'generator.ideogram'
          | 'generator.luma'
          | 'generator.reve'
          | 'generator.aphrodite'
          | 'generator.dreamina'
          | 'generator.byteDanceProduct'
          | 'generator.tencentService'
          | 'generator.samsungGalaxyAi'
          | 'generator.hostingJob'
          | 'generator.sourcePicture'
          | 'generator.upscaled'
          | 'generator.kling'
          | 'generator.suno'
          | 'generator.suno.download'
          | 'platform.tiktok.aiLabel.creator'
          | 'platform.tiktok.aiLabel.platform'
          | 'camera.exif'
          | 'camera.makerNoteMismatch'
          | 'camera.location'
          | 'camera.serials'
          | 'camera.names'
          | 'camera.googleFields'
          | 'camera.androidVideo'
          | 'camera.appleVideo'
          | 'camera.scanner'
          | 'camera.hint.scanner'
          | 'camera.hint.screenshot'
          | 'recorder.voiceMemo'
          | 'recorder.broadcastWave'
          | 'iptc.ai.systemUsed'
          | 'iptc.ai.systemVersionUsed'
          | 'iptc.ai.promptInformation'
          | 'iptc.ai.promptWriterName'
          | 'iptc.credit.googleMade'
          | 'iptc.credit.googleEdited'
          | 'iptc.credit.appleCleanUp'
          | 'iptc.credit.appleImagePlayground'
          | 'iptc.dataMining'
          | 'editor.photoshop'
          | 'editor.cameraRaw'
          | 'editor.gimp'
          | 'editor.software'
          | 'editor.hint.software'
          | 'editor.history'
          | 'editor.documentAncestors'
          | 'editor.derivedFrom'
          | 'editor.premiere'
          | 'editor.capcut'
          | 'editor.ffmpeg'
          | 'editor.x264'
          | 'platform.tiktok'
          | 'platform.bytedance'
          | 'platform.youtube'
          | 'platform.x'
          | 'platform.facebook'
          | 'platform.hint.facebook'
          | 'platform.hint.whatsapp'
          | 'platform.hint.telegram'
          | 'platform.hint.x'
          | 'platform.hint.wechat'
          | 'platform.hint.snapchat'
          | 'watermark.stealthText'
          | 'generator.novelai.proof.holds'
          | 'generator.novelai.proof.broken'
          | 'watermark.pixels.sd1'
          | 'watermark.pixels.sd2'
          | 'watermark.pixels.sdxl'
          | 'watermark.pixels.flux'
          | 'file.thumbnailDiffers'
          | 'c2pa.ai.created'
          | 'c2pa.ai.altered'
          | 'c2pa.ai.systemNamed'
          | 'c2pa.ai.systemVersion'
          | 'c2pa.ai.when'
          | 'c2pa.ai.inIngredient'
          | 'c2pa.identifier'
          | 'c2pa.capture.stated'
          | 'c2pa.capture.deviceNamed'
          | 'c2pa.capture.when'
          | 'file.aiMark.signed'
          | 'file.aiMark.unsigned'
          | 'file.aiMark.possible'
          | 'file.aiTrace'
          | 'file.mediaTypeMismatch'
          | 'file.dates.outOfOrder'
          | 'file.dates.unsetClock'
          | 'file.dates.impossible'
          | 'file.sizesDiffer'
          | 'file.jpeg.tables'
          | 'file.jpeg.progressive'
          | 'file.severalAssets'
          | 'file.livePhotoPart'
          | 'file.trailingData';
        /**
         * @minItems 1
         */
        backing?: ('trusted' | 'valid' | 'unsigned' | 'inferred' | 'invalid')[];
      }[];
    };
    partlyAnsweredWhen?: {
      /**
       * @minItems 1
       */
      any?: {
        signal:
          | 'c2pa.present'
          | 'c2pa.remote'
          | 'c2pa.unreadable'
          | 'c2pa.integrity.intact'
          | 'c2pa.binding.leavesOutMore'
          | 'c2pa.integrity.altered'
          | 'c2pa.integrity.undetermined'
          | 'c2pa.ingredient.altered'
          | 'c2pa.engines.disagree'
          | 'c2pa.signer.named'
          | 'c2pa.signer.official'
          | 'c2pa.signer.interim'
          | 'c2pa.signer.private'
          | 'c2pa.signer.unlisted'
          | 'c2pa.signer.revoked'
          | 'c2pa.conformance.disallowedSignal'
          | 'c2pa.time.proven'
          | 'c2pa.time.stamped'
          | 'c2pa.time.expiredWithoutTimestamp'
          | 'c2pa.inception.blankCanvas'
          | 'c2pa.inception.capturedMedia'
          | 'c2pa.inception.capturedMediaStitched'
          | 'c2pa.inception.compositionMayContainGenAI'
          | 'c2pa.inception.fullyGenAIMedia'
          | 'c2pa.inception.mediaUnknownProvenance'
          | 'c2pa.inception.nonGenAIDigitalCreation'
          | 'c2pa.inception.partlyGenAICreation'
          | 'c2pa.inception.screenCaptureMayContainGenAI'
          | 'c2pa.transformation.ambiguousActions'
          | 'c2pa.transformation.nonEditorial'
          | 'c2pa.transformation.perceptibleGenAI'
          | 'c2pa.transformation.perceptibleNonGenAI'
          | 'c2pa.transformation.perceptiblePossiblyGenAI'
          | 'c2pa.digitalSourceType.trainedAlgorithmicMedia'
          | 'c2pa.digitalSourceType.compositeWithTrainedAlgorithmicMedia'
          | 'c2pa.digitalSourceType.compositeSynthetic'
          | 'c2pa.digitalSourceType.trainedAlgorithmicData'
          | 'c2pa.digitalSourceType.virtualRecording'
          | 'c2pa.digitalSourceType.composite'
          | 'c2pa.digitalSourceType.digitalArt'
          | 'c2pa.digitalSourceType.algorithmicMedia'
          | 'c2pa.digitalSourceType.algorithmicallyEnhanced'
          | 'c2pa.digitalSourceType.dataDrivenMedia'
          | 'c2pa.digitalSourceType.digitalCreation'
          | 'c2pa.digitalSourceType.humanEdits'
          | 'c2pa.digitalSourceType.minorHumanEdits'
          | 'c2pa.digitalSourceType.softwareImage'
          | 'c2pa.digitalSourceType.digitalCapture'
          | 'c2pa.digitalSourceType.computationalCapture'
          | 'c2pa.digitalSourceType.compositeCapture'
          | 'c2pa.digitalSourceType.screenCapture'
          | 'c2pa.digitalSourceType.negativeFilm'
          | 'c2pa.digitalSourceType.positiveFilm'
          | 'c2pa.digitalSourceType.print'
          | 'c2pa.digitalSourceType.empty'
          | 'c2pa.digitalSourceType.unrecognised'
          | 'iptc.digitalSourceType.trainedAlgorithmicMedia'
          | 'iptc.digitalSourceType.compositeWithTrainedAlgorithmicMedia'
          | 'iptc.digitalSourceType.compositeSynthetic'
          | 'iptc.digitalSourceType.trainedAlgorithmicData'
          | 'iptc.digitalSourceType.virtualRecording'
          | 'iptc.digitalSourceType.composite'
          | 'iptc.digitalSourceType.digitalArt'
          | 'iptc.digitalSourceType.algorithmicMedia'
          | 'iptc.digitalSourceType.algorithmicallyEnhanced'
          | 'iptc.digitalSourceType.dataDrivenMedia'
          | 'iptc.digitalSourceType.digitalCreation'
          | 'iptc.digitalSourceType.humanEdits'
          | 'iptc.digitalSourceType.minorHumanEdits'
          | 'iptc.digitalSourceType.softwareImage'
          | 'iptc.digitalSourceType.digitalCapture'
          | 'iptc.digitalSourceType.computationalCapture'
          | 'iptc.digitalSourceType.compositeCapture'
          | 'iptc.digitalSourceType.screenCapture'
          | 'iptc.digitalSourceType.negativeFilm'
          | 'iptc.digitalSourceType.positiveFilm'
          | 'iptc.digitalSourceType.print'
          | 'iptc.digitalSourceType.empty'
          | 'iptc.digitalSourceType.unrecognised'
          | 'c2pa.declaration.microsoftAiImage'
          | 'c2pa.declaration.blackForestLabs'
          | 'c2pa.declaration.adobeFirefly'
          | 'c2pa.declaration.aiDisclosure'
          | 'c2pa.declaration.suno'
          | 'c2pa.declaration.dreamina'
          | 'c2pa.trainingMining'
          | 'c2pa.softBinding.fingerprint'
          | 'c2pa.softBinding.unrecognised'
          | 'watermark.declared'
          | 'watermark.action'
          | 'cawg.identity.present'
          | 'cawg.identity.wellFormed'
          | 'cawg.identity.notCheckable'
          | 'cawg.identity.malformed'
          | 'cawg.identity.outsideValidity'
          | 'cawg.identity.invalid'
          | 'gb45438.label.present'
          | 'gb45438.label.generated'
          | 'gb45438.label.possible'
          | 'gb45438.label.suspected'
          | 'gb45438.label.unrecognised'
          | 'gb45438.label.shell'
          | 'gb45438.element.label'
          | 'gb45438.element.contentProducer'
          | 'gb45438.element.produceId'
          | 'gb45438.element.contentPropagator'
          | 'gb45438.element.propagateId'
          | 'gb45438.element.absent'
          | 'gb45438.form.wrapped'
          | 'gb45438.form.bare'
          | 'gb45438.value.notString'
          | 'gb45438.value.labelNotString'
          | 'gb45438.key.withoutAigc'
          | 'gb45438.keys.duplicate'
          | 'gb45438.charset.outside'
          | 'gb45438.propagation.sameAsProduction'
          | 'gb45438.propagation.differs'
          | 'gb45438.copies.several'
          | 'gb45438.copies.disagree'
          | 'gb45438.provider.code'
          | 'gb45438.provider.codeMalformed'
          | 'gb45438.provider.listed'
          | 'gb45438.security.present'
          | 'gb45438.security.signatureHolds'
          | 'gb45438.security.signatureBroken'
          | 'gb45438.security.notCheckable'
          | 'generator.a1111'
          | 'generator.comfyui'
          | 'generator.comfyui.sampler'
          | 'generator.comfyui.service'
          | 'generator.comfyui.edit'
          | 'generator.comfyui.noStep'
          | 'generator.comfyui.unknownNode'
          | 'generator.comfyui.elsewhere'
          | 'generator.comfyui.notFollowed'
          | 'generator.comfyui.workflow'
          | 'generator.invokeai'
          | 'generator.invokeai.graph'
          | 'generator.novelai'
          | 'generator.fooocus'
          | 'generator.ruinedFooocus'
          | 'generator.swarmui'
          | 'generator.easyDiffusion'
          | 'generator.drawThings'
          | 'generator.stabilityMatrix'
          | 'generator.tensorArt'
          | 'generator.hfSpace'
          | 'generator.civitai'
          | 'generator.civitai.request'
          | 'generator.midjourney'
          | 'generator.grok'
          | 'generator.flux'
          | 'generator.ideogram'
          | 'generator.luma'
          | 'generator.reve'
          | 'generator.aphrodite'
          | 'generator.dreamina'
          | 'generator.byteDanceProduct'
          | 'generator.tencentService'
          | 'generator.samsungGalaxyAi'
          | 'generator.hostingJob'
          | 'generator.sourcePicture'
          | 'generator.upscaled'
          | 'generator.kling'
          | 'generator.suno'
          | 'generator.suno.download'
          | 'platform.tiktok.aiLabel.creator'
          | 'platform.tiktok.aiLabel.platform'
          | 'camera.exif'
          | 'camera.makerNoteMismatch'
          | 'camera.location'
          | 'camera.serials'
          | 'camera.names'
          | 'camera.googleFields'
          | 'camera.androidVideo'
          | 'camera.appleVideo'
          | 'camera.scanner'
          | 'camera.hint.scanner'
          | 'camera.hint.screenshot'
          | 'recorder.voiceMemo'
          | 'recorder.broadcastWave'
          | 'iptc.ai.systemUsed'
          | 'iptc.ai.systemVersionUsed'
          | 'iptc.ai.promptInformation'
          | 'iptc.ai.promptWriterName'
          | 'iptc.credit.googleMade'
          | 'iptc.credit.googleEdited'
          | 'iptc.credit.appleCleanUp'
          | 'iptc.credit.appleImagePlayground'
          | 'iptc.dataMining'
          | 'editor.photoshop'
          | 'editor.cameraRaw'
          | 'editor.gimp'
          | 'editor.software'
          | 'editor.hint.software'
          | 'editor.history'
          | 'editor.documentAncestors'
          | 'editor.derivedFrom'
          | 'editor.premiere'
          | 'editor.capcut'
          | 'editor.ffmpeg'
          | 'editor.x264'
          | 'platform.tiktok'
          | 'platform.bytedance'
          | 'platform.youtube'
          | 'platform.x'
          | 'platform.facebook'
          | 'platform.hint.facebook'
          | 'platform.hint.whatsapp'
          | 'platform.hint.telegram'
          | 'platform.hint.x'
          | 'platform.hint.wechat'
          | 'platform.hint.snapchat'
          | 'watermark.stealthText'
          | 'generator.novelai.proof.holds'
          | 'generator.novelai.proof.broken'
          | 'watermark.pixels.sd1'
          | 'watermark.pixels.sd2'
          | 'watermark.pixels.sdxl'
          | 'watermark.pixels.flux'
          | 'file.thumbnailDiffers'
          | 'c2pa.ai.created'
          | 'c2pa.ai.altered'
          | 'c2pa.ai.systemNamed'
          | 'c2pa.ai.systemVersion'
          | 'c2pa.ai.when'
          | 'c2pa.ai.inIngredient'
          | 'c2pa.identifier'
          | 'c2pa.capture.stated'
          | 'c2pa.capture.deviceNamed'
          | 'c2pa.capture.when'
          | 'file.aiMark.signed'
          | 'file.aiMark.unsigned'
          | 'file.aiMark.possible'
          | 'file.aiTrace'
          | 'file.mediaTypeMismatch'
          | 'file.dates.outOfOrder'
          | 'file.dates.unsetClock'
          | 'file.dates.impossible'
          | 'file.sizesDiffer'
          | 'file.jpeg.tables'
          | 'file.jpeg.progressive'
          | 'file.severalAssets'
          | 'file.livePhotoPart'
          | 'file.trailingData';
        /**
         * @minItems 1
         */
        backing?: ('trusted' | 'valid' | 'unsigned' | 'inferred' | 'invalid')[];
      }[];
      /**
       * @minItems 1
       */
      all?: {
        signal:
          | 'c2pa.present'
          | 'c2pa.remote'
          | 'c2pa.unreadable'
          | 'c2pa.integrity.intact'
          | 'c2pa.binding.leavesOutMore'
          | 'c2pa.integrity.altered'
          | 'c2pa.integrity.undetermined'
          | 'c2pa.ingredient.altered'
          | 'c2pa.engines.disagree'
          | 'c2pa.signer.named'
          | 'c2pa.signer.official'
          | 'c2pa.signer.interim'
          | 'c2pa.signer.private'
          | 'c2pa.signer.unlisted'
          | 'c2pa.signer.revoked'
          | 'c2pa.conformance.disallowedSignal'
          | 'c2pa.time.proven'
          | 'c2pa.time.stamped'
          | 'c2pa.time.expiredWithoutTimestamp'
          | 'c2pa.inception.blankCanvas'
          | 'c2pa.inception.capturedMedia'
          | 'c2pa.inception.capturedMediaStitched'
          | 'c2pa.inception.compositionMayContainGenAI'
          | 'c2pa.inception.fullyGenAIMedia'
          | 'c2pa.inception.mediaUnknownProvenance'
          | 'c2pa.inception.nonGenAIDigitalCreation'
          | 'c2pa.inception.partlyGenAICreation'
          | 'c2pa.inception.screenCaptureMayContainGenAI'
          | 'c2pa.transformation.ambiguousActions'
          | 'c2pa.transformation.nonEditorial'
          | 'c2pa.transformation.perceptibleGenAI'
          | 'c2pa.transformation.perceptibleNonGenAI'
          | 'c2pa.transformation.perceptiblePossiblyGenAI'
          | 'c2pa.digitalSourceType.trainedAlgorithmicMedia'
          | 'c2pa.digitalSourceType.compositeWithTrainedAlgorithmicMedia'
          | 'c2pa.digitalSourceType.compositeSynthetic'
          | 'c2pa.digitalSourceType.trainedAlgorithmicData'
          | 'c2pa.digitalSourceType.virtualRecording'
          | 'c2pa.digitalSourceType.composite'
          | 'c2pa.digitalSourceType.digitalArt'
          | 'c2pa.digitalSourceType.algorithmicMedia'
          | 'c2pa.digitalSourceType.algorithmicallyEnhanced'
          | 'c2pa.digitalSourceType.dataDrivenMedia'
          | 'c2pa.digitalSourceType.digitalCreation'
          | 'c2pa.digitalSourceType.humanEdits'
          | 'c2pa.digitalSourceType.minorHumanEdits'
          | 'c2pa.digitalSourceType.softwareImage'
          | 'c2pa.digitalSourceType.digitalCapture'
          | 'c2pa.digitalSourceType.computationalCapture'
          | 'c2pa.digitalSourceType.compositeCapture'
          | 'c2pa.digitalSourceType.screenCapture'
          | 'c2pa.digitalSourceType.negativeFilm'
          | 'c2pa.digitalSourceType.positiveFilm'
          | 'c2pa.digitalSourceType.print'
          | 'c2pa.digitalSourceType.empty'
          | 'c2pa.digitalSourceType.unrecognised'
          | 'iptc.digitalSourceType.trainedAlgorithmicMedia'
          | 'iptc.digitalSourceType.compositeWithTrainedAlgorithmicMedia'
          | 'iptc.digitalSourceType.compositeSynthetic'
          | 'iptc.digitalSourceType.trainedAlgorithmicData'
          | 'iptc.digitalSourceType.virtualRecording'
          | 'iptc.digitalSourceType.composite'
          | 'iptc.digitalSourceType.digitalArt'
          | 'iptc.digitalSourceType.algorithmicMedia'
          | 'iptc.digitalSourceType.algorithmicallyEnhanced'
          | 'iptc.digitalSourceType.dataDrivenMedia'
          | 'iptc.digitalSourceType.digitalCreation'
          | 'iptc.digitalSourceType.humanEdits'
          | 'iptc.digitalSourceType.minorHumanEdits'
          | 'iptc.digitalSourceType.softwareImage'
          | 'iptc.digitalSourceType.digitalCapture'
          | 'iptc.digitalSourceType.computationalCapture'
          | 'iptc.digitalSourceType.compositeCapture'
          | 'iptc.digitalSourceType.screenCapture'
          | 'iptc.digitalSourceType.negativeFilm'
          | 'iptc.digitalSourceType.positiveFilm'
          | 'iptc.digitalSourceType.print'
          | 'iptc.digitalSourceType.empty'
          | 'iptc.digitalSourceType.unrecognised'
          | 'c2pa.declaration.microsoftAiImage'
          | 'c2pa.declaration.blackForestLabs'
          | 'c2pa.declaration.adobeFirefly'
          | 'c2pa.declaration.aiDisclosure'
          | 'c2pa.declaration.suno'
          | 'c2pa.declaration.dreamina'
          | 'c2pa.trainingMining'
          | 'c2pa.softBinding.fingerprint'
          | 'c2pa.softBinding.unrecognised'
          | 'watermark.declared'
          | 'watermark.action'
          | 'cawg.identity.present'
          | 'cawg.identity.wellFormed'
          | 'cawg.identity.notCheckable'
          | 'cawg.identity.malformed'
          | 'cawg.identity.outsideValidity'
          | 'cawg.identity.invalid'
          | 'gb45438.label.present'
          | 'gb45438.label.generated'
          | 'gb45438.label.possible'
          | 'gb45438.label.suspected'
          | 'gb45438.label.unrecognised'
          | 'gb45438.label.shell'
          | 'gb45438.element.label'
          | 'gb45438.element.contentProducer'
          | 'gb45438.element.produceId'
          | 'gb45438.element.contentPropagator'
          | 'gb45438.element.propagateId'
          | 'gb45438.element.absent'
          | 'gb45438.form.wrapped'
          | 'gb45438.form.bare'
          | 'gb45438.value.notString'
          | 'gb45438.value.labelNotString'
          | 'gb45438.key.withoutAigc'
          | 'gb45438.keys.duplicate'
          | 'gb45438.charset.outside'
          | 'gb45438.propagation.sameAsProduction'
          | 'gb45438.propagation.differs'
          | 'gb45438.copies.several'
          | 'gb45438.copies.disagree'
          | 'gb45438.provider.code'
          | 'gb45438.provider.codeMalformed'
          | 'gb45438.provider.listed'
          | 'gb45438.security.present'
          | 'gb45438.security.signatureHolds'
          | 'gb45438.security.signatureBroken'
          | 'gb45438.security.notCheckable'
          | 'generator.a1111'
          | 'generator.comfyui'
          | 'generator.comfyui.sampler'
          | 'generator.comfyui.service'
          | 'generator.comfyui.edit'
          | 'generator.comfyui.noStep'
          | 'generator.comfyui.unknownNode'
          | 'generator.comfyui.elsewhere'
          | 'generator.comfyui.notFollowed'
          | 'generator.comfyui.workflow'
          | 'generator.invokeai'
          | 'generator.invokeai.graph'
          | 'generator.novelai'
          | 'generator.fooocus'
          | 'generator.ruinedFooocus'
          | 'generator.swarmui'
          | 'generator.easyDiffusion'
          | 'generator.drawThings'
          | 'generator.stabilityMatrix'
          | 'generator.tensorArt'
          | 'generator.hfSpace'
          | 'generator.civitai'
          | 'generator.civitai.request'
          | 'generator.midjourney'
          | 'generator.grok'
          | 'generator.flux'
          | 'generator.ideogram'
          | 'generator.luma'
          | 'generator.reve'
          | 'generator.aphrodite'
          | 'generator.dreamina'
          | 'generator.byteDanceProduct'
          | 'generator.tencentService'
          | 'generator.samsungGalaxyAi'
          | 'generator.hostingJob'
          | 'generator.sourcePicture'
          | 'generator.upscaled'
          | 'generator.kling'
          | 'generator.suno'
          | 'generator.suno.download'
          | 'platform.tiktok.aiLabel.creator'
          | 'platform.tiktok.aiLabel.platform'
          | 'camera.exif'
          | 'camera.makerNoteMismatch'
          | 'camera.location'
          | 'camera.serials'
          | 'camera.names'
          | 'camera.googleFields'
          | 'camera.androidVideo'
          | 'camera.appleVideo'
          | 'camera.scanner'
          | 'camera.hint.scanner'
          | 'camera.hint.screenshot'
          | 'recorder.voiceMemo'
          | 'recorder.broadcastWave'
          | 'iptc.ai.systemUsed'
          | 'iptc.ai.systemVersionUsed'
          | 'iptc.ai.promptInformation'
          | 'iptc.ai.promptWriterName'
          | 'iptc.credit.googleMade'
          | 'iptc.credit.googleEdited'
          | 'iptc.credit.appleCleanUp'
          | 'iptc.credit.appleImagePlayground'
          | 'iptc.dataMining'
          | 'editor.photoshop'
          | 'editor.cameraRaw'
          | 'editor.gimp'
          | 'editor.software'
          | 'editor.hint.software'
          | 'editor.history'
          | 'editor.documentAncestors'
          | 'editor.derivedFrom'
          | 'editor.premiere'
          | 'editor.capcut'
          | 'editor.ffmpeg'
          | 'editor.x264'
          | 'platform.tiktok'
          | 'platform.bytedance'
          | 'platform.youtube'
          | 'platform.x'
          | 'platform.facebook'
          | 'platform.hint.facebook'
          | 'platform.hint.whatsapp'
          | 'platform.hint.telegram'
          | 'platform.hint.x'
          | 'platform.hint.wechat'
          | 'platform.hint.snapchat'
          | 'watermark.stealthText'
          | 'generator.novelai.proof.holds'
          | 'generator.novelai.proof.broken'
          | 'watermark.pixels.sd1'
          | 'watermark.pixels.sd2'
          | 'watermark.pixels.sdxl'
          | 'watermark.pixels.flux'
          | 'file.thumbnailDiffers'
          | 'c2pa.ai.created'
          | 'c2pa.ai.altered'
          | 'c2pa.ai.systemNamed'
          | 'c2pa.ai.systemVersion'
          | 'c2pa.ai.when'
          | 'c2pa.ai.inIngredient'
          | 'c2pa.identifier'
          | 'c2pa.capture.stated'
          | 'c2pa.capture.deviceNamed'
          | 'c2pa.capture.when'
          | 'file.aiMark.signed'
          | 'file.aiMark.unsigned'
          | 'file.aiMark.possible'
          | 'file.aiTrace'
          | 'file.mediaTypeMismatch'
          | 'file.dates.outOfOrder'
          | 'file.dates.unsetClock'
          | 'file.dates.impossible'
          | 'file.sizesDiffer'
          | 'file.jpeg.tables'
          | 'file.jpeg.progressive'
          | 'file.severalAssets'
          | 'file.livePhotoPart'
          | 'file.trailingData';
        /**
         * @minItems 1
         */
        backing?: ('trusted' | 'valid' | 'unsigned' | 'inferred' | 'invalid')[];
      }[];
      /**
       * @minItems 1
       */
      none?: {
        signal:
          | 'c2pa.present'
          | 'c2pa.remote'
          | 'c2pa.unreadable'
          | 'c2pa.integrity.intact'
          | 'c2pa.binding.leavesOutMore'
          | 'c2pa.integrity.altered'
          | 'c2pa.integrity.undetermined'
          | 'c2pa.ingredient.altered'
          | 'c2pa.engines.disagree'
          | 'c2pa.signer.named'
          | 'c2pa.signer.official'
          | 'c2pa.signer.interim'
          | 'c2pa.signer.private'
          | 'c2pa.signer.unlisted'
          | 'c2pa.signer.revoked'
          | 'c2pa.conformance.disallowedSignal'
          | 'c2pa.time.proven'
          | 'c2pa.time.stamped'
          | 'c2pa.time.expiredWithoutTimestamp'
          | 'c2pa.inception.blankCanvas'
          | 'c2pa.inception.capturedMedia'
          | 'c2pa.inception.capturedMediaStitched'
          | 'c2pa.inception.compositionMayContainGenAI'
          | 'c2pa.inception.fullyGenAIMedia'
          | 'c2pa.inception.mediaUnknownProvenance'
          | 'c2pa.inception.nonGenAIDigitalCreation'
          | 'c2pa.inception.partlyGenAICreation'
          | 'c2pa.inception.screenCaptureMayContainGenAI'
          | 'c2pa.transformation.ambiguousActions'
          | 'c2pa.transformation.nonEditorial'
          | 'c2pa.transformation.perceptibleGenAI'
          | 'c2pa.transformation.perceptibleNonGenAI'
          | 'c2pa.transformation.perceptiblePossiblyGenAI'
          | 'c2pa.digitalSourceType.trainedAlgorithmicMedia'
          | 'c2pa.digitalSourceType.compositeWithTrainedAlgorithmicMedia'
          | 'c2pa.digitalSourceType.compositeSynthetic'
          | 'c2pa.digitalSourceType.trainedAlgorithmicData'
          | 'c2pa.digitalSourceType.virtualRecording'
          | 'c2pa.digitalSourceType.composite'
          | 'c2pa.digitalSourceType.digitalArt'
          | 'c2pa.digitalSourceType.algorithmicMedia'
          | 'c2pa.digitalSourceType.algorithmicallyEnhanced'
          | 'c2pa.digitalSourceType.dataDrivenMedia'
          | 'c2pa.digitalSourceType.digitalCreation'
          | 'c2pa.digitalSourceType.humanEdits'
          | 'c2pa.digitalSourceType.minorHumanEdits'
          | 'c2pa.digitalSourceType.softwareImage'
          | 'c2pa.digitalSourceType.digitalCapture'
          | 'c2pa.digitalSourceType.computationalCapture'
          | 'c2pa.digitalSourceType.compositeCapture'
          | 'c2pa.digitalSourceType.screenCapture'
          | 'c2pa.digitalSourceType.negativeFilm'
          | 'c2pa.digitalSourceType.positiveFilm'
          | 'c2pa.digitalSourceType.print'
          | 'c2pa.digitalSourceType.empty'
          | 'c2pa.digitalSourceType.unrecognised'
          | 'iptc.digitalSourceType.trainedAlgorithmicMedia'
          | 'iptc.digitalSourceType.compositeWithTrainedAlgorithmicMedia'
          | 'iptc.digitalSourceType.compositeSynthetic'
          | 'iptc.digitalSourceType.trainedAlgorithmicData'
          | 'iptc.digitalSourceType.virtualRecording'
          | 'iptc.digitalSourceType.composite'
          | 'iptc.digitalSourceType.digitalArt'
          | 'iptc.digitalSourceType.algorithmicMedia'
          | 'iptc.digitalSourceType.algorithmicallyEnhanced'
          | 'iptc.digitalSourceType.dataDrivenMedia'
          | 'iptc.digitalSourceType.digitalCreation'
          | 'iptc.digitalSourceType.humanEdits'
          | 'iptc.digitalSourceType.minorHumanEdits'
          | 'iptc.digitalSourceType.softwareImage'
          | 'iptc.digitalSourceType.digitalCapture'
          | 'iptc.digitalSourceType.computationalCapture'
          | 'iptc.digitalSourceType.compositeCapture'
          | 'iptc.digitalSourceType.screenCapture'
          | 'iptc.digitalSourceType.negativeFilm'
          | 'iptc.digitalSourceType.positiveFilm'
          | 'iptc.digitalSourceType.print'
          | 'iptc.digitalSourceType.empty'
          | 'iptc.digitalSourceType.unrecognised'
          | 'c2pa.declaration.microsoftAiImage'
          | 'c2pa.declaration.blackForestLabs'
          | 'c2pa.declaration.adobeFirefly'
          | 'c2pa.declaration.aiDisclosure'
          | 'c2pa.declaration.suno'
          | 'c2pa.declaration.dreamina'
          | 'c2pa.trainingMining'
          | 'c2pa.softBinding.fingerprint'
          | 'c2pa.softBinding.unrecognised'
          | 'watermark.declared'
          | 'watermark.action'
          | 'cawg.identity.present'
          | 'cawg.identity.wellFormed'
          | 'cawg.identity.notCheckable'
          | 'cawg.identity.malformed'
          | 'cawg.identity.outsideValidity'
          | 'cawg.identity.invalid'
          | 'gb45438.label.present'
          | 'gb45438.label.generated'
          | 'gb45438.label.possible'
          | 'gb45438.label.suspected'
          | 'gb45438.label.unrecognised'
          | 'gb45438.label.shell'
          | 'gb45438.element.label'
          | 'gb45438.element.contentProducer'
          | 'gb45438.element.produceId'
          | 'gb45438.element.contentPropagator'
          | 'gb45438.element.propagateId'
          | 'gb45438.element.absent'
          | 'gb45438.form.wrapped'
          | 'gb45438.form.bare'
          | 'gb45438.value.notString'
          | 'gb45438.value.labelNotString'
          | 'gb45438.key.withoutAigc'
          | 'gb45438.keys.duplicate'
          | 'gb45438.charset.outside'
          | 'gb45438.propagation.sameAsProduction'
          | 'gb45438.propagation.differs'
          | 'gb45438.copies.several'
          | 'gb45438.copies.disagree'
          | 'gb45438.provider.code'
          | 'gb45438.provider.codeMalformed'
          | 'gb45438.provider.listed'
          | 'gb45438.security.present'
          | 'gb45438.security.signatureHolds'
          | 'gb45438.security.signatureBroken'
          | 'gb45438.security.notCheckable'
          | 'generator.a1111'
          | 'generator.comfyui'
          | 'generator.comfyui.sampler'
          | 'generator.comfyui.service'
          | 'generator.comfyui.edit'
          | 'generator.comfyui.noStep'
          | 'generator.comfyui.unknownNode'
          | 'generator.comfyui.elsewhere'
          | 'generator.comfyui.notFollowed'
          | 'generator.comfyui.workflow'
          | 'generator.invokeai'
          | 'generator.invokeai.graph'
          | 'generator.novelai'
          | 'generator.fooocus'
          | 'generator.ruinedFooocus'
          | 'generator.swarmui'
          | 'generator.easyDiffusion'
          | 'generator.drawThings'
          | 'generator.stabilityMatrix'
          | 'generator.tensorArt'
          | 'generator.hfSpace'
          | 'generator.civitai'
          | 'generator.civitai.request'
          | 'generator.midjourney'
          | 'generator.grok'
          | 'generator.flux'
          | 'generator.ideogram'
          | 'generator.luma'
          | 'generator.reve'
          | 'generator.aphrodite'
          | 'generator.dreamina'
          | 'generator.byteDanceProduct'
          | 'generator.tencentService'
          | 'generator.samsungGalaxyAi'
          | 'generator.hostingJob'
          | 'generator.sourcePicture'
          | 'generator.upscaled'
          | 'generator.kling'
          | 'generator.suno'
          | 'generator.suno.download'
          | 'platform.tiktok.aiLabel.creator'
          | 'platform.tiktok.aiLabel.platform'
          | 'camera.exif'
          | 'camera.makerNoteMismatch'
          | 'camera.location'
          | 'camera.serials'
          | 'camera.names'
          | 'camera.googleFields'
          | 'camera.androidVideo'
          | 'camera.appleVideo'
          | 'camera.scanner'
          | 'camera.hint.scanner'
          | 'camera.hint.screenshot'
          | 'recorder.voiceMemo'
          | 'recorder.broadcastWave'
          | 'iptc.ai.systemUsed'
          | 'iptc.ai.systemVersionUsed'
          | 'iptc.ai.promptInformation'
          | 'iptc.ai.promptWriterName'
          | 'iptc.credit.googleMade'
          | 'iptc.credit.googleEdited'
          | 'iptc.credit.appleCleanUp'
          | 'iptc.credit.appleImagePlayground'
          | 'iptc.dataMining'
          | 'editor.photoshop'
          | 'editor.cameraRaw'
          | 'editor.gimp'
          | 'editor.software'
          | 'editor.hint.software'
          | 'editor.history'
          | 'editor.documentAncestors'
          | 'editor.derivedFrom'
          | 'editor.premiere'
          | 'editor.capcut'
          | 'editor.ffmpeg'
          | 'editor.x264'
          | 'platform.tiktok'
          | 'platform.bytedance'
          | 'platform.youtube'
          | 'platform.x'
          | 'platform.facebook'
          | 'platform.hint.facebook'
          | 'platform.hint.whatsapp'
          | 'platform.hint.telegram'
          | 'platform.hint.x'
          | 'platform.hint.wechat'
          | 'platform.hint.snapchat'
          | 'watermark.stealthText'
          | 'generator.novelai.proof.holds'
          | 'generator.novelai.proof.broken'
          | 'watermark.pixels.sd1'
          | 'watermark.pixels.sd2'
          | 'watermark.pixels.sdxl'
          | 'watermark.pixels.flux'
          | 'file.thumbnailDiffers'
          | 'c2pa.ai.created'
          | 'c2pa.ai.altered'
          | 'c2pa.ai.systemNamed'
          | 'c2pa.ai.systemVersion'
          | 'c2pa.ai.when'
          | 'c2pa.ai.inIngredient'
          | 'c2pa.identifier'
          | 'c2pa.capture.stated'
          | 'c2pa.capture.deviceNamed'
          | 'c2pa.capture.when'
          | 'file.aiMark.signed'
          | 'file.aiMark.unsigned'
          | 'file.aiMark.possible'
          | 'file.aiTrace'
          | 'file.mediaTypeMismatch'
          | 'file.dates.outOfOrder'
          | 'file.dates.unsetClock'
          | 'file.dates.impossible'
          | 'file.sizesDiffer'
          | 'file.jpeg.tables'
          | 'file.jpeg.progressive'
          | 'file.severalAssets'
          | 'file.livePhotoPart'
          | 'file.trailingData';
        /**
         * @minItems 1
         */
        backing?: ('trusted' | 'valid' | 'unsigned' | 'inferred' | 'invalid')[];
      }[];
    };
    next?: {
      answered?:
        | 'ask-original'
        | 'contact-signer'
        | 'ask-who-wrote-it'
        | 'vendor-checker'
        | 'look-at-visible-label'
        | 'listen-for-label'
        | 'another-copy'
        | 'ask-a-lawyer'
        | 'see-later-wording'
        | 'see-date'
        | 'nothing';
      'partly-answered'?:
        | 'ask-original'
        | 'contact-signer'
        | 'ask-who-wrote-it'
        | 'vendor-checker'
        | 'look-at-visible-label'
        | 'listen-for-label'
        | 'another-copy'
        | 'ask-a-lawyer'
        | 'see-later-wording'
        | 'see-date'
        | 'nothing';
      'no-signal-found'?:
        | 'ask-original'
        | 'contact-signer'
        | 'ask-who-wrote-it'
        | 'vendor-checker'
        | 'look-at-visible-label'
        | 'listen-for-label'
        | 'another-copy'
        | 'ask-a-lawyer'
        | 'see-later-wording'
        | 'see-date'
        | 'nothing';
      indeterminate?:
        | 'ask-original'
        | 'contact-signer'
        | 'ask-who-wrote-it'
        | 'vendor-checker'
        | 'look-at-visible-label'
        | 'listen-for-label'
        | 'another-copy'
        | 'ask-a-lawyer'
        | 'see-later-wording'
        | 'see-date'
        | 'nothing';
      'not-assessable'?:
        | 'ask-original'
        | 'contact-signer'
        | 'ask-who-wrote-it'
        | 'vendor-checker'
        | 'look-at-visible-label'
        | 'listen-for-label'
        | 'another-copy'
        | 'ask-a-lawyer'
        | 'see-later-wording'
        | 'see-date'
        | 'nothing';
      'not-applicable'?:
        | 'ask-original'
        | 'contact-signer'
        | 'ask-who-wrote-it'
        | 'vendor-checker'
        | 'look-at-visible-label'
        | 'listen-for-label'
        | 'another-copy'
        | 'ask-a-lawyer'
        | 'see-later-wording'
        | 'see-date'
        | 'nothing';
      'not-in-force'?:
        | 'ask-original'
        | 'contact-signer'
        | 'ask-who-wrote-it'
        | 'vendor-checker'
        | 'look-at-visible-label'
        | 'listen-for-label'
        | 'another-copy'
        | 'ask-a-lawyer'
        | 'see-later-wording'
        | 'see-date'
        | 'nothing';
      superseded?:
        | 'ask-original'
        | 'contact-signer'
        | 'ask-who-wrote-it'
        | 'vendor-checker'
        | 'look-at-visible-label'
        | 'listen-for-label'
        | 'another-copy'
        | 'ask-a-lawyer'
        | 'see-later-wording'
        | 'see-date'
        | 'nothing';
    };
    /**
     * English, Simplified Chinese.
     */
    title: {
      en: string;
      zh: string;
      [k: string]: string;
    };
    /**
     * What it asks, in our own words.
     */
    asks: {
      en: string;
      zh: string;
      [k: string]: string;
    };
    /**
     * English, Simplified Chinese.
     */
    note?: {
      en: string;
      zh: string;
      [k: string]: string;
    };
    /**
     * English, Simplified Chinese.
     */
    notAssessable?: {
      en: string;
      zh: string;
      [k: string]: string;
    };
    statements: {
      /**
       * English, Simplified Chinese.
       */
      answered?: {
        en: string;
        zh: string;
        [k: string]: string;
      };
      /**
       * English, Simplified Chinese.
       */
      'partly-answered'?: {
        en: string;
        zh: string;
        [k: string]: string;
      };
      /**
       * English, Simplified Chinese.
       */
      'no-signal-found'?: {
        en: string;
        zh: string;
        [k: string]: string;
      };
      /**
       * English, Simplified Chinese.
       */
      indeterminate?: {
        en: string;
        zh: string;
        [k: string]: string;
      };
      /**
       * English, Simplified Chinese.
       */
      'not-assessable'?: {
        en: string;
        zh: string;
        [k: string]: string;
      };
      /**
       * English, Simplified Chinese.
       */
      'not-applicable'?: {
        en: string;
        zh: string;
        [k: string]: string;
      };
      /**
       * English, Simplified Chinese.
       */
      'not-in-force'?: {
        en: string;
        zh: string;
        [k: string]: string;
      };
      /**
       * English, Simplified Chinese.
       */
      superseded?: {
        en: string;
        zh: string;
        [k: string]: string;
      };
    };
  }[];
  /**
   * Short, for headings and lists.
   */
  title: {
    en: string;
    zh: string;
    [k: string]: string;
  };
  /**
   * Two or three sentences for people who do not know it.
   */
  about: {
    en: string;
    zh: string;
    [k: string]: string;
  };
}
/**
 * What went wrong (RFC 9457).
 *
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "Problem".
 */
export interface Problem {
  /**
   * Address of a page about this code: `/problems/<code>`.
   */
  type: string;
  /**
   * The same for every problem of this code.
   */
  title: string;
  status: number;
  /**
   * Stable; made for programs.
   */
  code:
    | 'bad-request'
    | 'file-missing'
    | 'file-empty'
    | 'several-files'
    | 'bad-multipart'
    | 'bad-field'
    | 'key-required'
    | 'key-invalid'
    | 'scope-missing'
    | 'proxy-not-trusted'
    | 'cross-origin'
    | 'form-expired'
    | 'reveal-not-allowed'
    | 'not-found'
    | 'inspection-not-found'
    | 'picture-not-found'
    | 'crjson-not-found'
    | 'evidence-not-found'
    | 'rulebook-not-found'
    | 'webhook-not-found'
    | 'share-not-found'
    | 'method-not-allowed'
    | 'key-not-found'
    | 'request-timeout'
    | 'too-many-webhooks'
    | 'too-many-shares'
    | 'webhook-disabled'
    | 'secret-not-opened'
    | 'length-required'
    | 'too-large'
    | 'unsupported-media-type'
    | 'host-not-allowed'
    | 'too-many-requests'
    | 'too-many-uploads'
    | 'quota-used-up'
    | 'too-many-attempts'
    | 'headers-too-large'
    | 'internal'
    | 'inspection-failed'
    | 'inspection-unreadable'
    | 'pdf-failed'
    | 'pdf-busy'
    | 'unavailable'
    | 'not-finished'
    | 'precondition-failed'
    | 'asset-gone'
    | 'not-failed'
    | 'idempotency-key-bad'
    | 'idempotency-in-progress'
    | 'idempotency-gone'
    | 'idempotency-key-reused'
    | 'batch-not-found'
    | 'upload-bad'
    | 'upload-not-found'
    | 'upload-offset-conflict'
    | 'upload-unfinished'
    | 'upload-taken'
    | 'tus-version'
    | 'too-many-open-uploads'
    | 'storage-full'
    | 'storage-unavailable'
    | 'quota-full';
  /**
   * What happened this time, for people.
   */
  detail: string;
  /**
   * The request’s id as a URN; the server’s log knows it.
   */
  instance: string;
  /**
   * The fields that are wrong.
   */
  errors?: {
    /**
     * JSON Pointer to the field, as `/asOf`.
     */
    pointer: string;
    detail: string;
  }[];
}
/**
 * What happened, as webhooks are told. Thin: ask for the rest with a key.
 *
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "WebhookMessage".
 */
export interface WebhookMessage {
  /**
   * `webhook.test`: asked for by hand.
   */
  type: 'inspection.done' | 'inspection.failed' | 'inspection.superseded' | 'batch.done' | 'webhook.test';
  /**
   * RFC 3339, UTC.
   */
  timestamp: string;
  /**
   * Beside the id only what there is. Above 20000 bytes in all the id stands alone.
   */
  data: {
    /**
     * Of the inspection or batch; of the webhook in a test.
     */
    id: string;
    /**
     * `inspection.done`: what the file declares, in the Report’s word.
     */
    origin?: string;
    /**
     * `inspection.done`: the answer was kept from an earlier one.
     */
    cached?: boolean;
    /**
     * `inspection.failed`: why.
     */
    code?: string;
    /**
     * `inspection.superseded`: id of the recheck.
     */
    supersededBy?: string;
    /**
     * The desk’s own word for the story.
     */
    caseRef?: string;
    /**
     * The desk’s own.
     */
    tags?: string[];
    /**
     * Id of the batch that the inspection belongs to.
     */
    batch?: string;
    /**
     * Its place in the batch.
     */
    batchItem?: number;
    total?: number;
    done?: number;
    failed?: number;
    cancelled?: number;
    [k: string]: unknown;
  };
  [k: string]: unknown;
}

/** How each operation is asked. */
export const OPERATIONS = {
  appendToUpload: { method: 'PATCH', path: '/v1/uploads/{id}', bodies: ['application/offset+octet-stream'] },
  cancelBatch: { method: 'POST', path: '/v1/batches/{id}/cancel', bodies: [] },
  createBatch: { method: 'POST', path: '/v1/batches', bodies: ['application/json'] },
  createInspection: { method: 'POST', path: '/v1/inspections', bodies: ['multipart/form-data', 'application/json'] },
  createKey: { method: 'POST', path: '/v1/keys', bodies: ['application/json'] },
  createShare: { method: 'POST', path: '/v1/inspections/{id}/shares', bodies: ['application/json'] },
  createUpload: { method: 'POST', path: '/v1/uploads', bodies: ['application/offset+octet-stream'] },
  createWebhook: { method: 'POST', path: '/v1/webhooks', bodies: ['application/json'] },
  deleteBatch: { method: 'DELETE', path: '/v1/batches/{id}', bodies: [] },
  deleteInspection: { method: 'DELETE', path: '/v1/inspections/{id}', bodies: [] },
  deleteUpload: { method: 'DELETE', path: '/v1/uploads/{id}', bodies: [] },
  deleteWebhook: { method: 'DELETE', path: '/v1/webhooks/{id}', bodies: [] },
  describeUploads: { method: 'OPTIONS', path: '/v1/uploads', bodies: [] },
  getBatch: { method: 'GET', path: '/v1/batches/{id}', bodies: [] },
  getBatchResults: { method: 'GET', path: '/v1/batches/{id}/results', bodies: [] },
  getCapabilities: { method: 'GET', path: '/v1/capabilities', bodies: [] },
  getInspection: { method: 'GET', path: '/v1/inspections/{id}', bodies: [] },
  getInspectionCrJson: { method: 'GET', path: '/v1/inspections/{id}/crjson', bodies: [] },
  getInspectionEvidence: { method: 'GET', path: '/v1/inspections/{id}/evidence', bodies: [] },
  getInspectionHtml: { method: 'GET', path: '/v1/inspections/{id}/report.html', bodies: [] },
  getInspectionJson: { method: 'GET', path: '/v1/inspections/{id}/report.json', bodies: [] },
  getInspectionPdf: { method: 'GET', path: '/v1/inspections/{id}/report.pdf', bodies: [] },
  getInspectionPicture: { method: 'GET', path: '/v1/inspections/{id}/pictures/{name}', bodies: [] },
  getInspectionPreview: { method: 'GET', path: '/v1/inspections/{id}/preview', bodies: [] },
  getInspectionThumbnail: { method: 'GET', path: '/v1/inspections/{id}/thumbnail', bodies: [] },
  getKey: { method: 'GET', path: '/v1/keys/{id}', bodies: [] },
  getLiveness: { method: 'GET', path: '/v1/health/live', bodies: [] },
  getReadiness: { method: 'GET', path: '/v1/health/ready', bodies: [] },
  getRulebook: { method: 'GET', path: '/v1/rulebooks/{id}', bodies: [] },
  getUpload: { method: 'GET', path: '/v1/uploads/{id}', bodies: [] },
  getUploadOffset: { method: 'HEAD', path: '/v1/uploads/{id}', bodies: [] },
  getWebhook: { method: 'GET', path: '/v1/webhooks/{id}', bodies: [] },
  listAudit: { method: 'GET', path: '/v1/audit', bodies: [] },
  listBatches: { method: 'GET', path: '/v1/batches', bodies: [] },
  listInspectionPictures: { method: 'GET', path: '/v1/inspections/{id}/pictures', bodies: [] },
  listInspections: { method: 'GET', path: '/v1/inspections', bodies: [] },
  listKeys: { method: 'GET', path: '/v1/keys', bodies: [] },
  listRulebooks: { method: 'GET', path: '/v1/rulebooks', bodies: [] },
  listShares: { method: 'GET', path: '/v1/inspections/{id}/shares', bodies: [] },
  listSignals: { method: 'GET', path: '/v1/signals', bodies: [] },
  listTrustLists: { method: 'GET', path: '/v1/trust-lists', bodies: [] },
  listWebhookDeliveries: { method: 'GET', path: '/v1/webhooks/{id}/deliveries', bodies: [] },
  listWebhooks: { method: 'GET', path: '/v1/webhooks', bodies: [] },
  recheckInspection: { method: 'POST', path: '/v1/inspections/{id}/recheck', bodies: [] },
  replayWebhookDeliveries: { method: 'POST', path: '/v1/webhooks/{id}/deliveries/replay', bodies: ['application/json'] },
  retryInspection: { method: 'POST', path: '/v1/inspections/{id}/retry', bodies: [] },
  revokeKey: { method: 'DELETE', path: '/v1/keys/{id}', bodies: [] },
  revokeShare: { method: 'DELETE', path: '/v1/inspections/{id}/shares/{shareId}', bodies: [] },
  rotateWebhookSecret: { method: 'POST', path: '/v1/webhooks/{id}/secret', bodies: [] },
  testWebhook: { method: 'POST', path: '/v1/webhooks/{id}/test', bodies: [] },
  updateInspection: { method: 'PATCH', path: '/v1/inspections/{id}', bodies: ['application/json'] },
  updateWebhook: { method: 'PATCH', path: '/v1/webhooks/{id}', bodies: ['application/json'] },
} as const;
