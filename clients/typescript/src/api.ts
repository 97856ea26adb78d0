// Made from openapi.yaml by scripts/generate.js; not to be edited.

/**
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "CaseItemKind".
 */
export type CaseItemKind = string;
/**
 * 64 hexadecimal digits, the highest bit first, as Meta’s reference prints it. A turned picture is not found by it.
 *
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "PdqHash".
 */
export type PdqHash = string;
/**
 * The day the rules are asked about, as YYYY-MM-DD. Left out: today, UTC.
 *
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "RequestedAsOf".
 */
export type RequestedAsOf = string;
/**
 * Told clause by clause: ids of rulebooks, or `all`. Left out: what `jurisdiction` and `role` take in. A list, or one text with commas.
 *
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "RequestedRulebooks".
 */
export type RequestedRulebooks = string | string[];
/**
 * Places whose law is asked, as CN, EU or US-CA; `US` takes in its states. Left out: as preset, else all in brief. A list, or one text with commas.
 *
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "RequestedJurisdiction".
 */
export type RequestedJurisdiction = string | string[];
/**
 * For whom, only what binds them: provider, deployer, platform, user, device-maker, publisher, anyone. Left out: as preset, else all. A list, or one text with commas.
 *
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "RequestedRole".
 */
export type RequestedRole = string | string[];
/**
 * Which C2PA engine reads: auto, native, wasm, both. Left out: as the server is set.
 *
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "RequestedEngine".
 */
export type RequestedEngine = 'auto' | 'native' | 'wasm' | 'both';
/**
 * Look at the decoded pixels too: hidden text, watermarks, the stored thumbnail. Left out: false.
 *
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "RequestedDeep".
 */
export type RequestedDeep = boolean;
/**
 * Words to find it by. A list, or one text with commas.
 *
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "RequestedTags".
 */
export type RequestedTags = string | string[];
/**
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "InspectionStatus".
 */
export type InspectionStatus = string;
/**
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "Origin".
 */
export type Origin = string;
/**
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "Kind".
 */
export type Kind = string;
/**
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "Backing".
 */
export type Backing = string;
/**
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "CarrierOrFile".
 */
export type CarrierOrFile = string;
/**
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "Carrier".
 */
export type Carrier = string;
/**
 * Of the active manifest alone. Left out when absent.
 *
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "Integrity".
 */
export type Integrity = string;
/**
 * `not-checked`: no list is installed, or the chain could not be checked.
 *
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "Trust".
 */
export type Trust = string;
/**
 * The signer’s certificate against the time of use.
 *
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "Validity".
 */
export type Validity = string;
/**
 * One of the closed list in docs/signals.md.
 *
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "SignalId".
 */
export type SignalId = string;
/**
 * `V`: Seen byte for byte in a file of known origin. `S`: Read in the writer’s own source code. `D`: From the vendor’s documentation or a standard. `O`: Observed by others in dated samples, not reproduced by us. `C`: Only claimed: a hint that never decides an origin.
 *
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "Grade".
 */
export type Grade = string;
/**
 * What the clause does.
 *
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "ClauseKind".
 */
export type ClauseKind = string;
/**
 * What to do next.
 *
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "NextStep".
 */
export type NextStep = string;
/**
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "Role".
 */
export type Role = string;
/**
 * Of the rule on the day asked about; `voluntary` binds nobody who has not signed it.
 *
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "RuleStatus".
 */
export type RuleStatus = string;
/**
 * Whether the active manifest’s hard binding covers this part and matches.
 *
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "SignedState".
 */
export type SignedState = string;
/**
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "Presence".
 */
export type Presence = string;
/**
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "Personal".
 */
export type Personal = string;
/**
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "Scope".
 */
export type Scope = string;
/**
 * Left out: it is gone.
 *
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "Outcome".
 */
export type Outcome = string;
/**
 * https, and public, unless the operator allows another.
 *
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "WebhookUrl".
 */
export type WebhookUrl = string;
/**
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "EventTypeInput".
 */
export type EventTypeInput =
  | 'inspection.done'
  | 'inspection.failed'
  | 'inspection.superseded'
  | 'batch.done'
  | 'law.rejudged'
  | 'match.found'
  | 'log.head';
/**
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "EventType".
 */
export type EventType = string;
/**
 * Only where no key of this server opens its secret: nothing can be signed, and messages wait. `POST /v1/webhooks/{id}/secret` makes a new one, and they are sent.
 *
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "SecretFault".
 */
export type SecretFault = string;
/**
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "FingerprintKind".
 */
export type FingerprintKind = string;
/**
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "TextCarrier".
 */
export type TextCarrier = string;
/**
 * `dead`: given up; it can be replayed.
 *
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "DeliveryStatus".
 */
export type DeliveryStatus = string;

export interface Operations {
  /**
   * Put something into a case
   */
  addCaseItem: {
    path: {
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
       * A word of the client’s own for this request, as a UUID: 1 to 255 printable ASCII characters, known for a day to this key of the API. Sent again, the request has no second effect, and is answered with what the first one made (`Idempotency-Replayed`). After an answer of 4xx the same key begins anew; after 5xx the same request goes on where the first one ended.
       */
      'Idempotency-Key'?: string;
      /**
       * The client’s own id of the request: the answer, the problem, the audit log and the server’s log bear it. One that is longer or has other characters is left aside, and the server makes one.
       */
      'X-Request-Id'?: string;
    };
    body: {
      kind: 'inspection' | 'note' | 'link' | 'match' | 'finding';
      /**
       * Of `inspection`; of `match`, the one that was asked about.
       */
      inspection?: string;
      /**
       * Of `note`; and what there is to say of `link` and `match`.
       */
      text?: string;
      link?: string;
      /**
       * One of `GET /v1/inspections/{id}/matches`, by what it names.
       */
      match?: {
        inspection?: string;
        collection?: string;
        item?: string;
        scan?: string;
        path?: string;
        pathBytes?: string;
      };
      /**
       * By people, quoted as theirs.
       */
      finding?: {
        /**
         * What is said in the world.
         */
        claim: string;
        conclusion: string;
        /**
         * A word of their own.
         */
        rating?: string;
        url?: string;
        /**
         * Day of publication.
         */
        published?: string;
        /**
         * Under whose name it was published.
         */
        author?: string;
        authorType?: 'person' | 'organization';
        /**
         * Who makes the claim.
         */
        claimant?: string;
        appearance?: string;
      };
    };
    answers: {
      '201': {
        'application/json': CaseItem;
      };
    };
  };
  /**
   * Put items into a collection
   */
  addCollectionItems: {
    path: {
      id: string;
    };
    headers?: {
      /**
       * A word of the client’s own for this request, as a UUID: 1 to 255 printable ASCII characters, known for a day to this key of the API. Sent again, the request has no second effect, and is answered with what the first one made (`Idempotency-Replayed`). After an answer of 4xx the same key begins anew; after 5xx the same request goes on where the first one ended.
       */
      'Idempotency-Key'?: string;
      /**
       * The client’s own id of the request: the answer, the problem, the audit log and the server’s log bear it. One that is longer or has other characters is left aside, and the server makes one.
       */
      'X-Request-Id'?: string;
    };
    body: {
      /**
       * @minItems 1
       * @maxItems 200
       */
      items: (
        | {
            hash: PdqHash;
            alg?: 'pdq';
            /**
             * The same again takes the place of the one before.
             */
            key?: string;
            name: string;
            note?: string;
            finding?: ReviewerFindingInput;
          }
        | {
            /**
             * Whose fingerprint it is to have.
             */
            inspection: string;
            /**
             * The same again takes the place of the one before.
             */
            key?: string;
            name: string;
            note?: string;
            finding?: ReviewerFindingInput;
          }
      )[];
    };
    answers: {
      '201': {
        'application/json': {
          items: {
            id: string;
            [k: string]: unknown;
          }[];
          [k: string]: unknown;
        };
      };
    };
  };
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
       * The day the rules are asked about, as YYYY-MM-DD. Left out: today, UTC. Here or in the body, not in both.
       */
      asOf?: string;
      /**
       * Told clause by clause: ids of rulebooks, or `all`. Left out: what `jurisdiction` and `role` take in. Separated by commas; those that the body names are added.
       */
      rulebooks?: string;
      /**
       * Places whose law is asked, as CN, EU or US-CA; `US` takes in its states. Left out: as preset, else all in brief. Separated by commas; those that the body names are added.
       */
      jurisdiction?: string;
      /**
       * For whom, only what binds them: provider, deployer, platform, user, device-maker, publisher, anyone. Left out: as preset, else all. Separated by commas; those that the body names are added.
       */
      role?: string;
      /**
       * Which C2PA engine reads: auto, native, wasm, both. Left out: as the server is set. Here or in the body, not in both.
       */
      engine?: string;
      /**
       * Look at the decoded pixels too: hidden text, watermarks, the stored thumbnail. Left out: false. Here or in the body, not in both.
       */
      deep?: string;
      /**
       * Kinds of personal data to show: location, serial, names. Left out: all are masked. Only with a key that has the scope “reveal”; without keys where the operator allows it. Separated by commas.
       */
      reveal?: string;
    };
    headers?: {
      /**
       * A word of the client’s own for this request, as a UUID: 1 to 255 printable ASCII characters, known for a day to this key of the API. Sent again, the request has no second effect, and is answered with what the first one made (`Idempotency-Replayed`). After an answer of 4xx the same key begins anew; after 5xx the same request goes on where the first one ended.
       */
      'Idempotency-Key'?: string;
      /**
       * The client’s own id of the request: the answer, the problem, the audit log and the server’s log bear it. One that is longer or has other characters is left aside, and the server makes one.
       */
      'X-Request-Id'?: string;
    };
    body: {
      asOf?: RequestedAsOf;
      rulebooks?: RequestedRulebooks;
      jurisdiction?: RequestedJurisdiction;
      role?: RequestedRole;
      engine?: RequestedEngine;
      deep?: RequestedDeep;
      /**
       * The desk’s own word for the story.
       */
      caseRef?: string;
      tags?: RequestedTags;
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
             * Id of an upload that is kept beside it: its C2PA manifest store, or XMP.
             */
            sidecar?: string;
            /**
             * Id of an upload with the init segment of its stream.
             */
            init?: string;
          }
        | {
            /**
             * Whole path of a file on the server, under a folder that its operator named (ASSAY_ALLOWED_PATHS). It stays as it is and where it is.
             */
            path: string;
          }
        | {
            /**
             * As `path`, in base64: for one whose bytes are not UTF-8.
             */
            pathBytes: string;
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
   * Begin a case
   */
  createCase: {
    headers?: {
      /**
       * A word of the client’s own for this request, as a UUID: 1 to 255 printable ASCII characters, known for a day to this key of the API. Sent again, the request has no second effect, and is answered with what the first one made (`Idempotency-Replayed`). After an answer of 4xx the same key begins anew; after 5xx the same request goes on where the first one ended.
       */
      'Idempotency-Key'?: string;
      /**
       * The client’s own id of the request: the answer, the problem, the audit log and the server’s log bear it. One that is longer or has other characters is left aside, and the server makes one.
       */
      'X-Request-Id'?: string;
    };
    body: {
      name: string;
    };
    answers: {
      '201': {
        'application/json': Case;
      };
    };
  };
  /**
   * Begin a collection
   */
  createCollection: {
    headers?: {
      /**
       * A word of the client’s own for this request, as a UUID: 1 to 255 printable ASCII characters, known for a day to this key of the API. Sent again, the request has no second effect, and is answered with what the first one made (`Idempotency-Replayed`). After an answer of 4xx the same key begins anew; after 5xx the same request goes on where the first one ended.
       */
      'Idempotency-Key'?: string;
      /**
       * The client’s own id of the request: the answer, the problem, the audit log and the server’s log bear it. One that is longer or has other characters is left aside, and the server makes one.
       */
      'X-Request-Id'?: string;
    };
    body: {
      name: string;
      finding?: ReviewerFindingInput;
      /**
       * Inspections that match are told to webhooks (`match.found`).
       */
      watched?: boolean;
    };
    answers: {
      '201': {
        'application/json': Collection;
      };
    };
  };
  /**
   * Inspect a file
   */
  createInspection: {
    query?: {
      /**
       * What a file that is the whole body is called; elsewhere the file says its own name.
       */
      name?: string;
      /**
       * Only these members, separated by commas; a dot leads into one: `id,report.summary.origin,report.signals.id`.
       */
      fields?: string;
      /**
       * `summary`: what the file declares, who stands behind that and how far it was looked into; no findings, places or manifests.
       */
      profile?: 'summary';
      /**
       * The day the rules are asked about, as YYYY-MM-DD. Left out: today, UTC. Here or in the body, not in both.
       */
      asOf?: string;
      /**
       * Told clause by clause: ids of rulebooks, or `all`. Left out: what `jurisdiction` and `role` take in. Separated by commas; those that the body names are added.
       */
      rulebooks?: string;
      /**
       * Places whose law is asked, as CN, EU or US-CA; `US` takes in its states. Left out: as preset, else all in brief. Separated by commas; those that the body names are added.
       */
      jurisdiction?: string;
      /**
       * For whom, only what binds them: provider, deployer, platform, user, device-maker, publisher, anyone. Left out: as preset, else all. Separated by commas; those that the body names are added.
       */
      role?: string;
      /**
       * Which C2PA engine reads: auto, native, wasm, both. Left out: as the server is set. Here or in the body, not in both.
       */
      engine?: string;
      /**
       * Look at the decoded pixels too: hidden text, watermarks, the stored thumbnail. Left out: false. Here or in the body, not in both.
       */
      deep?: string;
      /**
       * Kinds of personal data to show: location, serial, names. Left out: all are masked. Only with a key that has the scope “reveal”; without keys where the operator allows it. Separated by commas.
       */
      reveal?: string;
      /**
       * Language of the sentences and statements: en, zh-Hans. Left out: English.
       */
      lang?: string;
    };
    headers?: {
      /**
       * `respond-async`: an answer at once, 202, and a worker inspects. `wait=N`: that answer is held back for up to N seconds (60 at most), in case there is a Report by then.
       */
      Prefer?: string;
      /**
       * RFC 9530, of a file that is the whole body: `sha-256=:…:`. What has arrived is held against it; where it differs, nothing is inspected (`digest-mismatch`). Other algorithms are left aside.
       */
      'Repr-Digest'?: string;
      /**
       * A word of the client’s own for this request, as a UUID: 1 to 255 printable ASCII characters, known for a day to this key of the API. Sent again, the request has no second effect, and is answered with what the first one made (`Idempotency-Replayed`). After an answer of 4xx the same key begins anew; after 5xx the same request goes on where the first one ended.
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
           * The day the rules are asked about, as YYYY-MM-DD. Left out: today, UTC.
           */
          asOf?: string;
          /**
           * Told clause by clause: ids of rulebooks, or `all`. Left out: what `jurisdiction` and `role` take in. Separated by commas.
           */
          rulebooks?: string;
          /**
           * Places whose law is asked, as CN, EU or US-CA; `US` takes in its states. Left out: as preset, else all in brief. Separated by commas.
           */
          jurisdiction?: string;
          /**
           * For whom, only what binds them: provider, deployer, platform, user, device-maker, publisher, anyone. Left out: as preset, else all. Separated by commas.
           */
          role?: string;
          /**
           * Which C2PA engine reads: auto, native, wasm, both. Left out: as the server is set.
           */
          engine?: 'auto' | 'native' | 'wasm' | 'both';
          /**
           * Look at the decoded pixels too: hidden text, watermarks, the stored thumbnail. Left out: false.
           */
          deep?: 'true' | 'false';
          /**
           * Kinds of personal data to show: location, serial, names. Left out: all are masked. Only with a key that has the scope “reveal”; without keys where the operator allows it. Separated by commas.
           */
          reveal?: string;
          /**
           * What is kept beside the file: a C2PA manifest store (.c2pa) that it is validated against, and up to eight files with XMP; each is known by its bytes. File and sidecars together may be as large as one file. Separated by commas.
           */
          sidecar?: Blob;
          /**
           * The init segment of a stream (fragmented MP4); the file is a segment of it, read and validated together with it. At most 64 MiB.
           */
          init?: Blob;
          /**
           * The desk’s own word for the story.
           */
          caseRef?: string;
          /**
           * Words to find it by, separated by commas.
           */
          tags?: string;
          /**
           * In place of `file`, as in JSON.
           */
          url?: string;
          page?: string;
        }
      | (
          | {
              asOf?: RequestedAsOf;
              rulebooks?: RequestedRulebooks;
              jurisdiction?: RequestedJurisdiction;
              role?: RequestedRole;
              engine?: RequestedEngine;
              deep?: RequestedDeep;
              /**
               * The desk’s own word for the story.
               */
              caseRef?: string;
              tags?: RequestedTags;
              /**
               * Id of an upload that is whole. It is used up.
               */
              upload: string;
              /**
               * Ids of uploads that are kept beside it: one C2PA manifest store (.c2pa), and up to eight with XMP.
               */
              sidecar?: string | string[];
              /**
               * Id of an upload that holds the init segment of its stream.
               */
              init?: string;
            }
          | {
              asOf?: RequestedAsOf;
              rulebooks?: RequestedRulebooks;
              jurisdiction?: RequestedJurisdiction;
              role?: RequestedRole;
              engine?: RequestedEngine;
              deep?: RequestedDeep;
              /**
               * The desk’s own word for the story.
               */
              caseRef?: string;
              tags?: RequestedTags;
              /**
               * A link to a file, or to a page that shows some.
               */
              url: string;
              /**
               * The page on which `url` was chosen, as its 300 named it: what was exchanged for it is kept too.
               */
              page?: string;
            }
        )
      | Blob;
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
   * Make a key
   */
  createKey: {
    headers?: {
      /**
       * A word of the client’s own for this request, as a UUID: 1 to 255 printable ASCII characters, known for a day to this key of the API. Sent again, the request has no second effect, and is answered with what the first one made (`Idempotency-Replayed`). After an answer of 4xx the same key begins anew; after 5xx the same request goes on where the first one ended.
       */
      'Idempotency-Key'?: string;
      /**
       * The client’s own id of the request: the answer, the problem, the audit log and the server’s log bear it. One that is longer or has other characters is left aside, and the server makes one.
       */
      'X-Request-Id'?: string;
    };
    body: {
      name: string;
      /**
       * `inspect`: send files, and delete or change what was made of them; `read`: read reports and lists of them; `reveal`: ask for personal data that is masked otherwise, and read what was revealed; `fetch`: give links in place of files, where the operator allows it (with inspect); `admin`: keys, webhooks and the audit log of its tenant, and figures of the whole service; `metrics`: figures of the whole service (/metrics) and nothing else, for what collects them
       *
       * @minItems 1
       * @maxItems 6
       */
      scopes: ('inspect' | 'read' | 'reveal' | 'fetch' | 'admin' | 'metrics')[];
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
         * @maxItems 7
         */
        roles?: ('provider' | 'deployer' | 'platform' | 'user' | 'device-maker' | 'publisher' | 'anyone')[];
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
        'application/json': Key & {
          /**
           * The key itself. It is shown this once; only a digest is kept.
           */
          key: string;
          [k: string]: unknown;
        };
      };
    };
  };
  /**
   * Ask kept Reports again under the law in force
   */
  createRejudgement: {
    query?: {
      /**
       * Language of the sentences and statements: en, zh-Hans. Left out: English.
       */
      lang?: string;
    };
    headers?: {
      /**
       * A word of the client’s own for this request, as a UUID: 1 to 255 printable ASCII characters, known for a day to this key of the API. Sent again, the request has no second effect, and is answered with what the first one made (`Idempotency-Replayed`). After an answer of 4xx the same key begins anew; after 5xx the same request goes on where the first one ended.
       */
      'Idempotency-Key'?: string;
      /**
       * The client’s own id of the request: the answer, the problem, the audit log and the server’s log bear it. One that is longer or has other characters is left aside, and the server makes one.
       */
      'X-Request-Id'?: string;
    };
    body: {
      /**
       * Left out: today, but the day that was asked for where one was.
       */
      asOf?: string;
      /**
       * Made then or later: RFC 3339.
       */
      since?: string;
      /**
       * Made before then.
       */
      until?: string;
      /**
       * Each with a change gets a new inspection in its place. Left out: they stay.
       */
      apply?: boolean;
    };
    answers: {
      '202': {
        'application/json': Rejudgement;
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
       * A word of the client’s own for this request, as a UUID: 1 to 255 printable ASCII characters, known for a day to this key of the API. Sent again, the request has no second effect, and is answered with what the first one made (`Idempotency-Replayed`). After an answer of 4xx the same key begins anew; after 5xx the same request goes on where the first one ended.
       */
      'Idempotency-Key'?: string;
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
        'application/json': Share & {
          /**
           * The link. It is shown this once; only a digest is kept.
           */
          url: string;
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
       * A word of the client’s own for this request, as a UUID: 1 to 255 printable ASCII characters, known for a day to this key of the API. Sent again, the request has no second effect, and is answered with what the first one made (`Idempotency-Replayed`). After an answer of 4xx the same key begins anew; after 5xx the same request goes on where the first one ended.
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
       * A word of the client’s own for this request, as a UUID: 1 to 255 printable ASCII characters, known for a day to this key of the API. Sent again, the request has no second effect, and is answered with what the first one made (`Idempotency-Replayed`). After an answer of 4xx the same key begins anew; after 5xx the same request goes on where the first one ended.
       */
      'Idempotency-Key'?: string;
      /**
       * The client’s own id of the request: the answer, the problem, the audit log and the server’s log bear it. One that is longer or has other characters is left aside, and the server makes one.
       */
      'X-Request-Id'?: string;
    };
    body: {
      url: WebhookUrl;
      /**
       * What to be told of. Empty or left out: everything but `log.head`.
       *
       * @maxItems 7
       */
      events?: EventTypeInput[];
      /**
       * For people.
       */
      description?: string;
    };
    answers: {
      '201': {
        'application/json': Webhook & {
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
   * Delete a case with all that was written in it
   */
  deleteCase: {
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
   * Delete a collection with its items
   */
  deleteCollection: {
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
   * Take an item out of a collection
   */
  deleteCollectionItem: {
    path: {
      id: string;
      item: string;
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
   * Delete a re-judgement with its list
   */
  deleteRejudgement: {
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
   * Give an upload up
   */
  deleteUpload: {
    path: {
      id: string;
    };
    headers: {
      'Tus-Resumable': '1.0.0';
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
   * Kept files that look or sound like a file, or like a hash
   */
  findMatches: {
    query?: {
      /**
       * What a file that is the whole body is called; elsewhere the file says its own name.
       */
      name?: string;
      /**
       * Left out: 20.
       */
      limit?: number;
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
    body:
      | {
          file: Blob;
        }
      | {
          hash: PdqHash;
          alg?: 'pdq';
        }
      | Blob;
    answers: {
      '200': {
        'application/json': Matches;
      };
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
        'application/x-ndjson': string;
        'text/csv': string;
        'application/zip': Blob;
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
        'application/json': Capabilities;
      };
    };
  };
  /**
   * Read a case
   */
  getCase: {
    path: {
      id: string;
    };
    query?: {
      /**
       * Left out: 50.
       */
      limit?: number;
      /**
       * `next` of the page before.
       */
      cursor?: string;
      /**
       * Items of that kind alone.
       */
      kind?: 'inspection' | 'note' | 'link' | 'match' | 'finding';
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
        'application/json': Case & {
          /**
           * The newest first.
           */
          items: CaseItem[];
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
   * Findings by people as ClaimReview (schema.org)
   */
  getCaseClaimReview: {
    path: {
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
        'application/ld+json': {
          '@context': string;
          '@graph': {
            [k: string]: unknown;
          }[];
          [k: string]: unknown;
        };
      };
    };
  };
  /**
   * Read a collection
   */
  getCollection: {
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
        'application/json': Collection;
      };
    };
  };
  /**
   * A small picture of an item
   */
  getCollectionItemPreview: {
    path: {
      id: string;
      item: string;
    };
    headers?: {
      /**
       * An `ETag` of before, or several: where it is still so, the answer is 304.
       */
      'If-None-Match'?: string;
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
   * The manifest store of a file of a scan that matches, as it stood in that file
   */
  getFingerprintManifest: {
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
        'application/c2pa': Blob;
      };
    };
  };
  /**
   * A small picture of a file of a scan that matches
   */
  getFingerprintPreview: {
    path: {
      id: string;
    };
    headers?: {
      /**
       * An `ETag` of before, or several: where it is still so, the answer is 304.
       */
      'If-None-Match'?: string;
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
       * Only these members, separated by commas; a dot leads into one: `id,report.summary.origin,report.signals.id`.
       */
      fields?: string;
      /**
       * `summary`: what the file declares, who stands behind that and how far it was looked into; no findings, places or manifests.
       */
      profile?: 'summary';
    };
    headers?: {
      /**
       * `respond-async`: an answer at once, 202, and a worker inspects. `wait=N`: that answer is held back for up to N seconds (60 at most), in case there is a Report by then.
       */
      Prefer?: string;
      /**
       * An `ETag` of before, or several: where it is still so, the answer is 304.
       */
      'If-None-Match'?: string;
      /**
       * The client’s own id of the request: the answer, the problem, the audit log and the server’s log bear it. One that is longer or has other characters is left aside, and the server makes one.
       */
      'X-Request-Id'?: string;
    };
    answers: {
      '200': {
        'application/json': Inspection;
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
       * An `ETag` of before, or several: where it is still so, the answer is 304.
       */
      'If-None-Match'?: string;
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
       * An `ETag` of before, or several: where it is still so, the answer is 304.
       */
      'If-None-Match'?: string;
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
   * What was exchanged to fetch a link (WARC)
   */
  getInspectionExchanges: {
    path: {
      /**
       * As in the `Location` of the upload’s answer.
       */
      id: string;
    };
    headers?: {
      /**
       * An `ETag` of before, or several: where it is still so, the answer is 304.
       */
      'If-None-Match'?: string;
      /**
       * The client’s own id of the request: the answer, the problem, the audit log and the server’s log bear it. One that is longer or has other characters is left aside, and the server makes one.
       */
      'X-Request-Id'?: string;
    };
    answers: {
      '200': {
        'application/warc': Blob;
      };
    };
  };
  /**
   * Print the one page of a Report
   */
  getInspectionFindingPdf: {
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
       * An `ETag` of before, or several: where it is still so, the answer is 304.
       */
      'If-None-Match'?: string;
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
      /**
       * Only these members, separated by commas; a dot leads into one: `id,report.summary.origin,report.signals.id`.
       */
      fields?: string;
      /**
       * `summary`: what the file declares, who stands behind that and how far it was looked into; no findings, places or manifests.
       */
      profile?: 'summary';
    };
    headers?: {
      /**
       * An `ETag` of before, or several: where it is still so, the answer is 304.
       */
      'If-None-Match'?: string;
      /**
       * The client’s own id of the request: the answer, the problem, the audit log and the server’s log bear it. One that is longer or has other characters is left aside, and the server makes one.
       */
      'X-Request-Id'?: string;
    };
    answers: {
      '200': {
        'application/json': Report;
      };
    };
  };
  /**
   * Ask the law of another place, role or day
   */
  getInspectionLaw: {
    path: {
      /**
       * As in the `Location` of the upload’s answer.
       */
      id: string;
    };
    query?: {
      /**
       * The day the rules are asked about, as YYYY-MM-DD. Left out: the kept Report’s.
       */
      asOf?: string;
      /**
       * Told clause by clause: ids of rulebooks, or `all`. Left out: what `jurisdiction` and `role` take in. Separated by commas.
       */
      rulebooks?: string;
      /**
       * Places whose law is asked, as CN, EU or US-CA; `US` takes in its states. Left out: as preset, else all in brief. Separated by commas.
       */
      jurisdiction?: string;
      /**
       * For whom, only what binds them: provider, deployer, platform, user, device-maker, publisher, anyone. Left out: as preset, else all. Separated by commas.
       */
      role?: string;
      /**
       * Language of the sentences and statements: en, zh-Hans. Left out: English.
       */
      lang?: string;
    };
    headers?: {
      /**
       * An `ETag` of before, or several: where it is still so, the answer is 304.
       */
      'If-None-Match'?: string;
      /**
       * The client’s own id of the request: the answer, the problem, the audit log and the server’s log bear it. One that is longer or has other characters is left aside, and the server makes one.
       */
      'X-Request-Id'?: string;
    };
    answers: {
      '200': {
        'application/json': LawAnswer;
      };
    };
  };
  /**
   * The Report on a part of the file alone
   */
  getInspectionPart: {
    path: {
      /**
       * As in the `Location` of the upload’s answer.
       */
      id: string;
      /**
       * The part’s place in the Report’s `parts`, where 0 is the file’s own.
       */
      number: string;
    };
    query?: {
      /**
       * Language of the sentences and statements: en, zh-Hans. Left out: English.
       */
      lang?: string;
      /**
       * Only these members, separated by commas; a dot leads into one: `id,report.summary.origin,report.signals.id`.
       */
      fields?: string;
      /**
       * `summary`: what the file declares, who stands behind that and how far it was looked into; no findings, places or manifests.
       */
      profile?: 'summary';
    };
    headers?: {
      /**
       * An `ETag` of before, or several: where it is still so, the answer is 304.
       */
      'If-None-Match'?: string;
      /**
       * The client’s own id of the request: the answer, the problem, the audit log and the server’s log bear it. One that is longer or has other characters is left aside, and the server makes one.
       */
      'X-Request-Id'?: string;
    };
    answers: {
      '200': {
        'application/json': Report;
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
       * An `ETag` of before, or several: where it is still so, the answer is 304.
       */
      'If-None-Match'?: string;
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
       * An `ETag` of before, or several: where it is still so, the answer is 304.
       */
      'If-None-Match'?: string;
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
       * An `ETag` of before, or several: where it is still so, the answer is 304.
       */
      'If-None-Match'?: string;
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
        'application/json': Key;
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
   * The signed head of the log
   */
  getLogHead: {
    headers?: {
      /**
       * The client’s own id of the request: the answer, the problem, the audit log and the server’s log bear it. One that is longer or has other characters is left aside, and the server makes one.
       */
      'X-Request-Id'?: string;
    };
    answers: {
      '200': {
        'application/json': LogHead;
        'text/plain': string;
      };
    };
  };
  /**
   * A proof about the log
   */
  getLogProof: {
    query: {
      /**
       * Of a leaf.
       */
      index?: number;
      /**
       * Of an earlier head.
       */
      from?: number;
      /**
       * Of a head.
       */
      size: number;
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
           * Items: Base64.
           */
          proof: string[];
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
   * Read where a re-judgement stands, and what changed
   */
  getRejudgement: {
    path: {
      id: string;
    };
    query?: {
      /**
       * Left out: 50.
       */
      limit?: number;
      /**
       * `next` of the page before.
       */
      cursor?: string;
      /**
       * New findings alone.
       */
      new?: boolean;
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
        'application/json': Rejudgement;
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
        'application/json': Upload;
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
        'application/json': Webhook;
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
      /**
       * Left out: 100.
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
          entries: AuditEntry[];
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
   * List cases
   */
  listCases: {
    query?: {
      /**
       * Left out: 50.
       */
      limit?: number;
      /**
       * `next` of the page before.
       */
      cursor?: string;
      /**
       * Those that are not closed, or that are.
       */
      open?: boolean;
      /**
       * The one of that word.
       */
      caseRef?: string;
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
          cases: Case[];
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
   * List items of a collection
   */
  listCollectionItems: {
    path: {
      id: string;
    };
    query?: {
      /**
       * Left out: 50.
       */
      limit?: number;
      /**
       * `next` of the page before.
       */
      cursor?: string;
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
          items: CollectionItem[];
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
   * List collections
   */
  listCollections: {
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
          collections: Collection[];
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
   * Kept files that look or sound like this one
   */
  listInspectionMatches: {
    path: {
      /**
       * As in the `Location` of the upload’s answer.
       */
      id: string;
    };
    query?: {
      /**
       * Left out: 20.
       */
      limit?: number;
      /**
       * Language of the sentences and statements: en, zh-Hans. Left out: English.
       */
      lang?: string;
      /**
       * `next` of the page before.
       */
      cursor?: string;
    };
    headers?: {
      /**
       * An `ETag` of before, or several: where it is still so, the answer is 304.
       */
      'If-None-Match'?: string;
      /**
       * The client’s own id of the request: the answer, the problem, the audit log and the server’s log bear it. One that is longer or has other characters is left aside, and the server makes one.
       */
      'X-Request-Id'?: string;
    };
    answers: {
      '200': {
        'application/json': Matches;
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
    query?: {
      /**
       * Left out: 1000.
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
        'application/json': ReportPictures;
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
       * `next` of the page before.
       */
      cursor?: string;
      sha256?: string;
      origin?: Origin;
      backing?: Backing;
      signal?: SignalId;
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
      outcome?: Outcome;
      rulebook?: string;
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
      kind?: Kind;
      status?: InspectionStatus;
      caseRef?: string;
      tag?: string;
      batch?: string;
      /**
       * Language of the sentences and statements: en, zh-Hans. Left out: English.
       */
      lang?: string;
      /**
       * Only these members, separated by commas; a dot leads into one: `id,report.summary.origin,report.signals.id`.
       */
      fields?: string;
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
    query?: {
      /**
       * Left out: 200.
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
          keys: Key[];
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
   * Leaves of the log
   */
  listLogLeaves: {
    query?: {
      /**
       * The first.
       */
      from?: number;
      /**
       * Left out: 100.
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
          leaves: LogLeaf[];
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
   * List re-judgements
   */
  listRejudgements: {
    query?: {
      /**
       * Left out: 50.
       */
      limit?: number;
      /**
       * `next` of the page before.
       */
      cursor?: string;
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
          rejudgements: Rejudgement[];
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
   * List the laws and standards that are looked at
   */
  listRulebooks: {
    query?: {
      /**
       * Left out: 1000.
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
          rulebooks: RulebookHead[];
          /**
           * `cursor` of the next page.
           */
          next?: string;
          /**
           * Dated context without clauses: no file is held against it.
           */
          watched: WatchedLaw[];
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
          shares: Share[];
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
   * List every signal a Report can hold
   */
  listSignals: {
    query?: {
      /**
       * Left out: 1000.
       */
      limit?: number;
      /**
       * `next` of the page before.
       */
      cursor?: string;
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
          signals: SignalRow[];
          /**
           * `cursor` of the next page.
           */
          next?: string;
          /**
           * Strongest first, except `invalid`.
           */
          backings: {
            id: Backing;
            meaning: string;
            [k: string]: unknown;
          }[];
          grades: {
            id: Grade;
            meaning: string;
            [k: string]: unknown;
          }[];
          /**
           * Kinds of personal data that are masked.
           */
          personal: Personal[];
          [k: string]: unknown;
        };
      };
    };
  };
  /**
   * List the trust lists that are installed
   */
  listTrustLists: {
    query?: {
      /**
       * Left out: 1000.
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
          trustLists: TrustList[];
          /**
           * `cursor` of the next page.
           */
          next?: string;
          /**
           * Of the folder, and of files that are none of these.
           */
          faults: TrustListNote[];
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
          deliveries: Delivery[];
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
   * List webhooks
   */
  listWebhooks: {
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
          webhooks: Webhook[];
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
       * A word of the client’s own for this request, as a UUID: 1 to 255 printable ASCII characters, known for a day to this key of the API. Sent again, the request has no second effect, and is answered with what the first one made (`Idempotency-Replayed`). After an answer of 4xx the same key begins anew; after 5xx the same request goes on where the first one ended.
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
   * Take something out of a case
   */
  removeCaseItem: {
    path: {
      id: string;
      item: string;
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
       * A word of the client’s own for this request, as a UUID: 1 to 255 printable ASCII characters, known for a day to this key of the API. Sent again, the request has no second effect, and is answered with what the first one made (`Idempotency-Replayed`). After an answer of 4xx the same key begins anew; after 5xx the same request goes on where the first one ended.
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
   * Make a new secret
   */
  rotateWebhookSecret: {
    path: {
      id: string;
    };
    headers?: {
      /**
       * A word of the client’s own for this request, as a UUID: 1 to 255 printable ASCII characters, known for a day to this key of the API. Sent again, the request has no second effect, and is answered with what the first one made (`Idempotency-Replayed`). After an answer of 4xx the same key begins anew; after 5xx the same request goes on where the first one ended.
       */
      'Idempotency-Key'?: string;
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
   * Seal a case as one bundle
   */
  sealCase: {
    path: {
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
    body: SealRequest;
    answers: {
      '200': {
        'application/zip': Blob;
      };
    };
  };
  /**
   * Seal a Report as a bundle
   */
  sealInspection: {
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
    body:
      | SealRequest
      | {
          /**
           * `full`: with the file (scope `reveal`). `shareable`: its SHA-256 alone, nothing masked.
           */
          kind: 'full' | 'shareable';
          /**
           * When it is said to be sealed, RFC 3339. Left out: now.
           */
          at?: string;
          lang?: 'en' | 'zh-Hans';
          file?: Blob;
        };
    answers: {
      '200': {
        'application/zip': Blob;
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
   * Name a case anew, close it, open it again
   */
  updateCase: {
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
      name?: string;
      /**
       * A mark alone: nothing is refused.
       */
      closed?: boolean;
    };
    answers: {
      '200': {
        'application/json': Case;
      };
    };
  };
  /**
   * Change a collection
   */
  updateCollection: {
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
      name?: string;
      /**
       * Null takes it away.
       */
      finding?: null | ReviewerFindingInput;
      /**
       * Inspections that match are told to webhooks (`match.found`).
       */
      watched?: boolean;
    };
    answers: {
      '200': {
        'application/json': Collection;
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
       * A word of the client’s own for this request, as a UUID: 1 to 255 printable ASCII characters, known for a day to this key of the API. Sent again, the request has no second effect, and is answered with what the first one made (`Idempotency-Replayed`). After an answer of 4xx the same key begins anew; after 5xx the same request goes on where the first one ended.
       */
      'Idempotency-Key'?: string;
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
      url?: WebhookUrl;
      /**
       * What to be told of. Empty or left out: everything but `log.head`.
       *
       * @maxItems 7
       */
      events?: EventTypeInput[];
      /**
       * For people; null takes it away.
       */
      description?: null | string;
      enabled?: boolean;
    };
    answers: {
      '200': {
        'application/json': Webhook;
      };
    };
  };
  /**
   * Be told how a batch goes on
   */
  watchBatch: {
    path: {
      id: string;
    };
    headers?: {
      /**
       * `respond-async`: an answer at once, 202, and a worker inspects. `wait=N`: that answer is held back for up to N seconds (60 at most), in case there is a Report by then.
       */
      Prefer?: string;
      /**
       * The client’s own id of the request: the answer, the problem, the audit log and the server’s log bear it. One that is longer or has other characters is left aside, and the server makes one.
       */
      'X-Request-Id'?: string;
    };
    answers: {
      '200': {
        'text/event-stream': string;
      };
    };
  };
  /**
   * Be told how an inspection goes on
   */
  watchInspection: {
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
       * `respond-async`: an answer at once, 202, and a worker inspects. `wait=N`: that answer is held back for up to N seconds (60 at most), in case there is a Report by then.
       */
      Prefer?: string;
      /**
       * The client’s own id of the request: the answer, the problem, the audit log and the server’s log bear it. One that is longer or has other characters is left aside, and the server makes one.
       */
      'X-Request-Id'?: string;
    };
    answers: {
      '200': {
        'text/event-stream': string;
      };
    };
  };
}
/**
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "CaseItem".
 */
export interface CaseItem {
  /**
   * Of an inspection that is there: its own.
   */
  id: string;
  /**
   * Its `ETag`, for `If-Match`.
   */
  etag?: string;
  kind: CaseItemKind;
  at: string;
  /**
   * A key’s name; left out: nobody knows.
   */
  by?: string;
  inspection?: string;
  text?: string;
  link?: string;
  /**
   * A match as it stood then.
   */
  match?: {
    [k: string]: unknown;
  };
  finding?: CaseFinding;
  /**
   * Of it nothing else is left.
   */
  removed?: {
    at: string;
    by?: string;
    [k: string]: unknown;
  };
  /**
   * Its inspection is not kept any more.
   */
  gone?: {
    at: string;
    reason: string;
    [k: string]: unknown;
  };
  [k: string]: unknown;
}
/**
 * By people, quoted as theirs.
 *
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "CaseFinding".
 */
export interface CaseFinding {
  /**
   * What is said in the world.
   */
  claim: string;
  conclusion: string;
  /**
   * A word of their own.
   */
  rating?: string;
  url?: string;
  /**
   * Day of publication.
   */
  published?: string;
  /**
   * Under whose name it was published.
   */
  author?: string;
  authorType?: string;
  /**
   * Who makes the claim.
   */
  claimant?: string;
  appearance?: string;
  [k: string]: unknown;
}
/**
 * Finding of a person or an organisation, quoted as theirs.
 *
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "ReviewerFindingInput".
 */
export interface ReviewerFindingInput {
  text: string;
  by?: string;
  link?: string;
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
  status: string;
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
    [k: string]: unknown;
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
    [k: string]: unknown;
  };
  caseRef?: string;
  tags: string[];
  links: {
    self: string;
    results: string;
    inspections: string;
    page: string;
    [k: string]: unknown;
  };
  [k: string]: unknown;
}
/**
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "Case".
 */
export interface Case {
  id: string;
  /**
   * As its inspections have it; it stays when the name is changed.
   */
  caseRef: string;
  name: string;
  createdAt: string;
  createdBy?: string;
  changedAt: string;
  closedAt?: string;
  closedBy?: string;
  counts: {
    inspection: number;
    note: number;
    link: number;
    match: number;
    finding: number;
    [k: string]: unknown;
  };
  /**
   * Inspections taken out, deleted or expired; items tell of the first 1000.
   */
  former: number;
  [k: string]: unknown;
}
/**
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "Collection".
 */
export interface Collection {
  id: string;
  name: string;
  /**
   * RFC 3339.
   */
  createdAt: string;
  /**
   * RFC 3339.
   */
  changedAt: string;
  finding?: ReviewerFinding;
  watched: boolean;
  items: number;
  /**
   * Items that no search can find.
   */
  notSearchable: number;
  [k: string]: unknown;
}
/**
 * Finding of a person or an organisation, quoted as theirs.
 *
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "ReviewerFinding".
 */
export interface ReviewerFinding {
  text: string;
  by?: string;
  link?: string;
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
  status: InspectionStatus;
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
   * Who served it, where it came by a link.
   */
  servedBy?: {
    host: string;
    at: string;
    isLengthUnknown?: true;
    [k: string]: unknown;
  };
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
    [k: string]: unknown;
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
  /**
   * Left out in lists.
   */
  notes?: {
    id?: string;
    text: string;
    by: string;
    at: string;
    [k: string]: unknown;
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
  changes?: Changes;
  versions?: Versions;
  /**
   * Only in lists: the Report’s own words in short.
   */
  summary?: {
    origin: Origin;
    kind: Kind;
    headline?: {
      id: string;
      text?: string;
      [k: string]: unknown;
    };
    sentence: string;
    backing?: Backing;
    signer?: string;
    [k: string]: unknown;
  };
  links: {
    self: string;
    report?: string;
    page?: string;
    matches?: string;
    [k: string]: unknown;
  };
  report?: Report;
  [k: string]: unknown;
}
/**
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "Changes".
 */
export interface Changes {
  /**
   * What is another one than at the earlier inspection.
   */
  reasons: Change[];
  /**
   * Only where the file was no longer there: what is another one now and has not read it. Integrity, and what readers found, is as the engine and the readers of the earlier inspection saw it.
   */
  notApplied?: Change[];
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
    [k: string]: unknown;
  }[];
  [k: string]: unknown;
}
/**
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "Change".
 */
export interface Change {
  what: string;
  name: string;
  before?: string;
  after?: string;
  [k: string]: unknown;
}
/**
 * What decided the answer besides the file and the question.
 *
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "Versions".
 */
export interface Versions {
  tool: string;
  engines: string[];
  lists: {
    name: string;
    sha256: string;
    date?: string;
    [k: string]: unknown;
  }[];
  rulebooks: {
    id: string;
    edition: string;
    sha256: string;
    [k: string]: unknown;
  }[];
  programs: string[];
  [k: string]: unknown;
}
/**
 * What one file declares about its origin (assay.report/1).
 *
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "Report".
 */
export interface Report {
  schema: 'assay.report/1';
  asset: Asset;
  summary: Summary;
  contentCredentials: ContentCredentials;
  signals: Signal[];
  contradictions: Contradiction[];
  /**
   * Of the rulebooks, places and roles that were asked for; none where nothing was.
   */
  findings: Finding[];
  /**
   * One for each place, and role, asked for; left out by versions before 0.2.
   */
  law?: Law[];
  fileDates?: FileDate[];
  reads: Reads;
  /**
   * Only where all was looked into, no label, credential or generator trace was found, and a platform’s or encoder’s trace was.
   */
  whyMissing?: WhyMissing[];
  notChecked: NotChecked[];
  /**
   * Each asset in the file, its own first, and those behind its end or embedded in it. Only where there is more than one.
   */
  parts?: Part[];
  tool: Tool;
  [k: string]: unknown;
}
/**
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "Asset".
 */
export interface Asset {
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
  kind: Kind;
  /**
   * What the client or the name’s ending said.
   */
  declaredMediaType?: string;
  servedBy?: ServedBy;
  /**
   * Of a segment: the initialisation segment that it was read with.
   */
  init?: {
    bytes: number;
    sha256: string;
    [k: string]: unknown;
  };
  streams?: Streams;
  /**
   * Dates the file gives itself, outside the Content Credentials. Nothing proves them, and no rule is asked about them.
   */
  claimedDates?: ClaimedDate[];
  [k: string]: unknown;
}
/**
 * Of a file fetched by a link: which host gave it, and when. Platforms often remove what a file says of its origin.
 *
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "ServedBy".
 */
export interface ServedBy {
  /**
   * `host` or `host:port`.
   */
  host: string;
  /**
   * RFC 3339.
   */
  at: string;
  /**
   * The host named no length: whether all of the file came cannot be told.
   */
  isLengthUnknown?: true;
  [k: string]: unknown;
}
/**
 * Facts of the picture or of the sound and video streams, where they were read.
 *
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "Streams".
 */
export interface Streams {
  /**
   * As the container names itself.
   */
  container?: string;
  durationSeconds?: number;
  tracks: {
    kind: string;
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
    [k: string]: unknown;
  }[];
  [k: string]: unknown;
}
/**
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "ClaimedDate".
 */
export interface ClaimedDate {
  /**
   * What the field is called.
   */
  name: string;
  /**
   * As written, or in ISO 8601 where the format has a form of its own; most carry no time zone.
   */
  value: string;
  carrier: CarrierOrFile;
  /**
   * Where it stands.
   */
  locator: string;
  /**
   * Bytes from the start of the file.
   */
  offset?: number;
  /**
   * Its writer counted seconds from 1970, where the standard counts from 1904: read by the standard it would be a day before 1970.
   */
  countedFrom1970?: true;
  [k: string]: unknown;
}
/**
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "Summary".
 */
export interface Summary {
  /**
   * What the file declares; not what it is. `none`: looked everywhere, and nothing decides. `unknown`: nothing was found, and a part was not looked into.
   */
  origin: string;
  backing?: Backing;
  declared?: Declared;
  headline?: Headline;
  facts?: FourFacts;
  /**
   * One to three short sentences built from facts.
   */
  sentence: string;
  messages?: {
    /**
     * @maxItems 64
     */
    sentence: Message[];
    [k: string]: unknown;
  };
  coverage: Coverage;
  [k: string]: unknown;
}
/**
 * What the Content Credentials declare, followed through their ingredients: a fact of `sentence`.
 *
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "Declared".
 */
export interface Declared {
  origin: string;
  backing: Backing;
  /**
   * The digital source type that decided it.
   */
  term?: string;
  /**
   * Where in the history it is said: of this file, of an earlier version, of a part.
   */
  where: string;
  /**
   * A capture that was edited afterwards is `other`.
   */
  editedAfterCapture: boolean;
  /**
   * Words of the signer, where no digital source type states the origin.
   */
  statement?: string;
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
  signedBy?: string;
  /**
   * Of an `ancestor`: whether an action that changes what is perceived was recorded after it. Where none was, the statement holds of this file.
   */
  edited?: boolean;
  /**
   * Of an `ancestor`: the actions recorded after it, each kind once, in order, at most 16. `c2pa.edited (visible watermark)`, `(invisible watermark)` or `(watermark)` where the signer’s own words say that the edit was that alone; it does not count as `edited`.
   */
  followedBy?: string[];
  [k: string]: unknown;
}
/**
 * What a person reads first.
 *
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "Headline".
 */
export interface Headline {
  /**
   * Of the catalogues.
   */
  id: string;
  params?: Params;
  /**
   * At most 12 words, quotable alone, in the language of `tool.language`.
   */
  text: string;
  [k: string]: unknown;
}
/**
 * What goes into the places: each a text, a number, something said within it, or a list of these.
 *
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "Params".
 */
export interface Params {
  [k: string]: unknown;
}
/**
 * Who stands behind it, whether it changed since, how AI is stated, when.
 *
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "FourFacts".
 */
export interface FourFacts {
  who: SummaryFact;
  changed: SummaryFact;
  ai: SummaryFact;
  when: SummaryFact;
  [k: string]: unknown;
}
/**
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "SummaryFact".
 */
export interface SummaryFact {
  code: string;
  /**
   * In a few words.
   */
  text: string;
  messages?: {
    text?: Message;
    [k: string]: unknown;
  };
  /**
   * Of `when`.
   */
  day?: string;
  [k: string]: unknown;
}
/**
 * What the text beside it says, the same in every language: an id of the catalogues of words, and what goes into its places.
 *
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "Message".
 */
export interface Message {
  id: string;
  params?: Params;
  [k: string]: unknown;
}
/**
 * How far the file was looked into. What is only looked at when asked (`--deep`) does not count.
 *
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "Coverage".
 */
export interface Coverage {
  /**
   * `complete`: every carrier that can hold a label in this format was read to its end. `nothing`: none of them was read.
   */
  state: string;
  /**
   * Carriers in which a label would have been missed, in part or whole.
   */
  unread: {
    carrier: Carrier;
    /**
     * As in `reads`.
     */
    code?: string;
    params?: Params;
    /**
     * As in `reads`.
     */
    reason?: string;
    [k: string]: unknown;
  }[];
  [k: string]: unknown;
}
/**
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "ContentCredentials".
 */
export interface ContentCredentials {
  /**
   * `unreadable`: Assay located a manifest store, and it could not be read. `unsupported`: credentials were not looked for, or could not be; `reads.c2pa` says why.
   */
  presence: string;
  integrity?: Integrity;
  /**
   * Status codes, or a word where no code speaks, that decided it.
   */
  integrityCauses?: string[];
  ingredientIntegrity?: Integrity;
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
  bytesFaultMissing?: string[];
  engine?: UsedEngine;
  /**
   * Label.
   */
  activeManifest?: string;
  /**
   * The manifest store came from a file of its own.
   */
  sidecar?: boolean;
  secondOpinion?: SecondOpinion;
  /**
   * Of `altered`, in scans: Assay’s own hash of the bytes, in place of a second engine.
   */
  ownHash?: {
    algorithm: string;
    stated: string;
    found: string;
    [k: string]: unknown;
  };
  /**
   * Of `altered`: why the engine that says it is the only one that does. Left out where the other was asked and answered.
   */
  soleEngine?: string;
  messages?: {
    bytesFault?: Message;
    soleEngine?: Message;
    [k: string]: unknown;
  };
  signer?: Signer;
  time?: SigningTime;
  codes?: Codes;
  manifests?: Manifest[];
  [k: string]: unknown;
}
/**
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "UsedEngine".
 */
export interface UsedEngine {
  name: string;
  version: string;
  sdk: string;
  [k: string]: unknown;
}
/**
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "SecondOpinion".
 */
export interface SecondOpinion {
  engine: UsedEngine;
  agrees: boolean;
  /**
   * `-` only the first engine gave it, `+` only the second.
   */
  differences: string[];
  /**
   * Of the active manifest alone. Left out when absent.
   */
  integrity?: string;
  [k: string]: unknown;
}
/**
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "Signer".
 */
export interface Signer {
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
  trust: Trust;
  /**
   * Why it is unlisted or was not checked.
   */
  trustReason?: string;
  /**
   * The list that `trust` speaks of.
   */
  list?: string;
  messages?: {
    trustReason?: Message;
    list?: Message;
    [k: string]: unknown;
  };
  conformance?: Conformance;
  /**
   * An issuer is on the list, or the certificate itself.
   */
  through?: string;
  /**
   * Issue date of the list that `trust` speaks of.
   */
  listDate?: string;
  /**
   * The signer’s own first, each issued by the next; up to the anchor where a list has one.
   */
  certificates?: Certificate[];
  [k: string]: unknown;
}
/**
 * The product that the signer’s certificate name stands for, where that list is installed.
 *
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "Conformance".
 */
export interface Conformance {
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
  [k: string]: unknown;
}
/**
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "Certificate".
 */
export interface Certificate {
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
  source: string;
  [k: string]: unknown;
}
/**
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "SigningTime".
 */
export interface SigningTime {
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
   * `not-checked`: no list is installed, or the chain could not be checked.
   */
  authorityTrust: string;
  /**
   * The list that `authorityTrust` speaks of, with its date.
   */
  authorityList?: string;
  messages?: {
    timestampReason?: Message;
    authorityList?: Message;
    [k: string]: unknown;
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
  validity: Validity;
  revocation: string;
  [k: string]: unknown;
}
/**
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "Codes".
 */
export interface Codes {
  active: StatusCode[];
  ingredients: StatusCode[];
  cawg: StatusCode[];
  [k: string]: unknown;
}
/**
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "StatusCode".
 */
export interface StatusCode {
  /**
   * C2PA or CAWG validation status code, verbatim.
   */
  code: string;
  kind: string;
  /**
   * JUMBF URI the code speaks of.
   */
  url?: string;
  /**
   * The engine’s words.
   */
  explanation?: string;
  [k: string]: unknown;
}
/**
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "Manifest".
 */
export interface Manifest {
  /**
   * JUMBF label.
   */
  label: string;
  active: boolean;
  /**
   * Steps from the active manifest; left out where unreachable.
   */
  depth?: number;
  integrity: Integrity;
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
  trust?: Trust;
  /**
   * The signer’s certificate against the time of use.
   */
  validity?: string;
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
  actions: Action[];
  ingredients: Ingredient[];
  [k: string]: unknown;
}
/**
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "Action".
 */
export interface Action {
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
  [k: string]: unknown;
}
/**
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "Ingredient".
 */
export interface Ingredient {
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
  [k: string]: unknown;
}
/**
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "Signal".
 */
export interface Signal {
  id: SignalId;
  /**
   * `trusted`: A signature holds, and its signer was on an installed list at the proven time. `valid`: A signature holds; the signer is unlisted, expired or was not checked against a list. `unsigned`: A standard label, or text, that anyone can write or remove. `inferred`: A trace that a generator, editor or platform usually leaves; it can be copied into any file. `invalid`: Signed once, but the signature or a hash no longer matches this file.
   */
  backing: string;
  /**
   * The file’s own words, cut where long, or what we found out (`messages`).
   */
  value?: string;
  messages?: {
    value?: Message;
    [k: string]: unknown;
  };
  grade?: Grade;
  /**
   * What was parsed there, each in the file’s own words.
   */
  facts?: Fact[];
  /**
   * @minItems 1
   */
  basis: Basis[];
  [k: string]: unknown;
}
/**
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "Fact".
 */
export interface Fact {
  /**
   * What it is: `model`, `prompt`, `seed`, `provider`, …
   */
  name: string;
  /**
   * The file’s own words, cut where long, or what we found out (`messages`). Left out where masked.
   */
  value?: string;
  messages?: {
    value?: Message;
    [k: string]: unknown;
  };
  /**
   * Kind of personal data. Its value is left out unless that kind is revealed.
   */
  personal?: string;
  [k: string]: unknown;
}
/**
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "Basis".
 */
export interface Basis {
  /**
   * Where in the file’s structure.
   */
  carrier: string;
  /**
   * JUMBF URI, XMP path, box path, chunk, or tag name.
   */
  locator: string;
  /**
   * Bytes from the start of the file.
   */
  offset?: number;
  /**
   * In an XMP sidecar, and not in the file.
   */
  sidecar?: true;
  /**
   * Row of docs/signatures.md that matched here.
   */
  row?: string;
  [k: string]: unknown;
}
/**
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "Contradiction".
 */
export interface Contradiction {
  /**
   * @minItems 2
   */
  between: never[];
  /**
   * What does not go together.
   */
  statement: string;
  messages?: {
    statement?: Message;
    [k: string]: unknown;
  };
  [k: string]: unknown;
}
/**
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "Finding".
 */
export interface Finding {
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
  outcome: string;
  kind?: ClauseKind;
  /**
   * Ids of what it asks for, or forbids, that is there; after a dot, in which way.
   */
  found?: string[];
  /**
   * What of it is not there.
   */
  missing?: string[];
  /**
   * What of it could not be looked for.
   */
  unread?: string[];
  /**
   * Id of the exception that holds for it.
   */
  excepted?: string;
  /**
   * Signals that decided it. `indeterminate` without one: what kind of file it is, is not known.
   */
  because: SignalId[];
  /**
   * In the language of `tool.language`: made of the rulebook’s words, the outcome and the signals that decided it.
   */
  statement: string;
  /**
   * Of title and statement, where it is another than `tool.language`: the law has no words in that one.
   */
  language?: string;
  next: NextStep;
  binds: Role[];
  status: RuleStatus;
  /**
   * The earliest day and the last, exclusive; no day: it is not law yet.
   */
  inForce: {
    from?: string;
    until?: string;
    [k: string]: unknown;
  };
  /**
   * Where it begins for some later than for others: whom each period is for.
   */
  periods?: {
    from: string;
    until?: string;
    cohort?: string;
    [k: string]: unknown;
  }[];
  /**
   * Words of `statement` that are the law’s own.
   */
  quotations?: {
    text: string;
    language: string;
    [k: string]: unknown;
  }[];
  reference: Reference;
  /**
   * False: from secondary sources, to be rechecked against the official text.
   */
  verified: boolean;
  [k: string]: unknown;
}
/**
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "Reference".
 */
export interface Reference {
  title: string;
  address: string;
  [k: string]: unknown;
}
/**
 * Of one place, for one role where roles were asked for: how many clauses have which outcome, which see something (`sees`), which are for the eyes (`look`), and which no file can show (`neverInFile`).
 *
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "Law".
 */
export interface Law {
  /**
   * As asked; `US` takes in its states.
   */
  jurisdiction: string;
  role?: Role;
  counts: OutcomeCounts;
  sees: ClauseId[];
  look: ClauseId[];
  neverInFile: ClauseId[];
  [k: string]: unknown;
}
/**
 * Clauses by outcome.
 *
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "OutcomeCounts".
 */
export interface OutcomeCounts {
  answered?: number;
  'partly-answered'?: number;
  'no-signal-found'?: number;
  'indicator-seen'?: number;
  'none-seen'?: number;
  look?: number;
  indeterminate?: number;
  'not-assessable'?: number;
  'not-applicable'?: number;
  'not-in-force'?: number;
  superseded?: number;
  [k: string]: unknown;
}
/**
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "ClauseId".
 */
export interface ClauseId {
  rulebook: string;
  rule: string;
  [k: string]: unknown;
}
/**
 * A day that the file gives itself. The law is asked about `tool.asOf` alone.
 *
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "FileDate".
 */
export interface FileDate {
  day: string;
  /**
   * `proven`: by a listed timestamp authority.
   */
  is: string;
  carrier: string;
  /**
   * The field, or `timestamp`.
   */
  name: string;
  [k: string]: unknown;
}
/**
 * Per carrier, how reading ended. `absent` is said only where Assay looked.
 *
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "Reads".
 */
export interface Reads {
  c2pa: Read;
  xmp: Read;
  exif: Read;
  iptcIim: Read;
  pngText: Read;
  comment: Read;
  privateChunk: Read;
  seft: Read;
  id3: Read;
  apeTags: Read;
  vorbisComment: Read;
  riffInfo: Read;
  broadcastWave: Read;
  bmffMeta: Read;
  matroskaTags: Read;
  flvMeta: Read;
  mxfMetadata: Read;
  asfMeta: Read;
  imageHeader: Read;
  documentProperties: Read;
  sei: Read;
  jpegCoding: Read;
  streams: Read;
  parts: Read;
  stealthText: Read;
  pixelProof: Read;
  pixelWatermark: Read;
  thumbnail: Read;
  [k: string]: unknown;
}
/**
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "Read".
 */
export interface Read {
  status: string;
  /**
   * Stable code of why it was not looked at or what went wrong. Beside `found`: not all of it was read.
   */
  code?: string;
  params?: Params;
  /**
   * The same for people.
   */
  reason?: string;
  /**
   * What a reader should know of how it was read.
   */
  note?: string;
  messages?: {
    /**
     * @maxItems 64
     */
    note: Message[];
    [k: string]: unknown;
  };
  [k: string]: unknown;
}
/**
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "WhyMissing".
 */
export interface WhyMissing {
  /**
   * Ids of the signals that show the path.
   *
   * @minItems 1
   */
  because: SignalId[];
  /**
   * What that path usually removes. A habit, never a verdict.
   */
  says: string;
  /**
   * Who says so, and when.
   */
  source: string;
  messages?: {
    says?: Message;
    source?: Message;
    [k: string]: unknown;
  };
  [k: string]: unknown;
}
/**
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "NotChecked".
 */
export interface NotChecked {
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
  messages?: {
    what?: Message;
    why?: Message;
    ask?: Message;
    [k: string]: unknown;
  };
  /**
   * The vendor’s own page. Assay never calls it.
   */
  link?: string;
  [k: string]: unknown;
}
/**
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "Part".
 */
export interface Part {
  kind: string;
  /**
   * Decided from the part’s bytes.
   */
  mediaType?: string;
  /**
   * Bytes from the start of the file, or of the part that it stands `within`.
   */
  offset: number;
  bytes: number;
  /**
   * What names this part in the file.
   */
  locator: string;
  /**
   * What the file calls it.
   */
  name?: string;
  /**
   * The part it stands in, by its place in this list.
   */
  within?: number;
  /**
   * Of the part’s own bytes.
   */
  sha256?: string;
  signed: SignedState;
  outcome?: PartOutcome;
  /**
   * Stable code of why it was not looked into.
   */
  code?: string;
  /**
   * The same for people.
   */
  reason?: string;
  messages?: {
    reason?: Message;
    [k: string]: unknown;
  };
  [k: string]: unknown;
}
/**
 * What a report on the part alone says, in short. Nothing of it is said of the file.
 *
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "PartOutcome".
 */
export interface PartOutcome {
  /**
   * The format’s usual name.
   */
  format: string;
  kind: Kind;
  origin: Origin;
  backing?: Backing;
  /**
   * As its own report has it.
   */
  headline: string;
  messages?: {
    headline?: Message;
    [k: string]: unknown;
  };
  presence: Presence;
  integrity?: Integrity;
  signer?: {
    /**
     * As in its certificate.
     */
    name?: string;
    trust: Trust;
    [k: string]: unknown;
  };
  /**
   * Signals that state how it was made.
   */
  labels: SignalId[];
  coverage: string;
  [k: string]: unknown;
}
/**
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "Tool".
 */
export interface Tool {
  name: 'assay';
  version: string;
  c2paEngines: UsedEngine[];
  lists: {
    /**
     * What it is called.
     */
    name: string;
    messages?: {
      name?: Message;
      [k: string]: unknown;
    };
    date?: string;
    [k: string]: unknown;
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
     * sha256 of its clauses and words.
     */
    digest?: string;
    /**
     * Clauses that name a signal which this version does not know: not looked at.
     */
    disabled?: string[];
    /**
     * In the language of `tool.language`.
     */
    title: string;
    [k: string]: unknown;
  }[];
  /**
   * Language of the sentences and statements in this document; left out: English.
   */
  language?: string;
  /**
   * The day the rules were asked about.
   */
  asOf: string;
  /**
   * Why that day: somebody asked for it, or it was the day of the inspection (UTC).
   */
  asOfSource: string;
  /**
   * Kinds of personal data that were asked for; all others are masked.
   */
  revealed?: Personal[];
  /**
   * `sandbox`: the file was read where nothing else is to be seen: no other file, no network. `process`: in a process of its own only, as this machine has no sandbox or was told to do without.
   */
  isolation?: string;
  /**
   * Why not in a sandbox, where it was in none. `switched-off`: whoever runs this chose so. `not-installed`: the machine has none. `refused`: it has one, which did not work. `too-slow`: nothing had started in it in time.
   */
  isolationReason?: string;
  [k: string]: unknown;
}
/**
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "Key".
 */
export interface Key {
  id: string;
  name: string;
  /**
   * @minItems 1
   * @maxItems 6
   */
  scopes: Scope[];
  defaults: KeyDefaults;
  limits: KeyLimits;
  createdAt: string;
  /**
   * Name of the key that made it.
   */
  createdBy?: string;
  expiresAt?: string;
  revokedAt?: string;
  /**
   * To the minute.
   */
  lastUsedAt?: string;
  [k: string]: unknown;
}
/**
 * What is asked where the client names nothing.
 *
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "KeyDefaults".
 */
export interface KeyDefaults {
  /**
   * @minItems 1
   * @maxItems 50
   */
  jurisdictions?: string[];
  /**
   * @minItems 1
   * @maxItems 7
   */
  roles?: Role[];
  /**
   * @minItems 1
   * @maxItems 50
   */
  rulebooks?: string[];
  [k: string]: unknown;
}
/**
 * Left out: the service’s own.
 *
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "KeyLimits".
 */
export interface KeyLimits {
  requestsPerMinute?: number;
  dailyInspections?: number;
  dailyBytes?: number;
  [k: string]: unknown;
}
/**
 * Kept Reports asked again under the law in force, without their files.
 *
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "Rejudgement".
 */
export interface Rejudgement {
  schema: 'assay.rejudgement/1';
  id: string;
  status: string;
  createdAt: string;
  startedAt?: string;
  finishedAt?: string;
  expiresAt?: string;
  asOf: string;
  since?: string;
  until?: string;
  apply: boolean;
  /**
   * Digest of the law asked.
   */
  law?: string;
  counts: {
    /**
     * `judged`, `superseded` and `notJudged` together.
     */
    reports: number;
    judged: number;
    changed: number;
    newFindings: number;
    endedFindings: number;
    /**
     * Only outcomes that see nothing changed: not listed.
     */
    otherwise: number;
    /**
     * Asked about their own day: their signers were not looked at again.
     */
    onTheirDay: number;
    superseded: number;
    notJudged: {
      damaged?: number;
      'unknown-rulebook'?: number;
      shortened?: number;
      [k: string]: unknown;
    };
    [k: string]: unknown;
  };
  /**
   * Once done.
   */
  summary?: string;
  notes: string[];
  changes?: {
    inspection: string;
    rulebook: string;
    rule: string;
    /**
     * `sees`: told in brief alone. Left out: nothing was seen, or there was no such clause.
     */
    before?: string;
    after?: Outcome;
    /**
     * `new`: it says something of the file now.
     */
    is: string;
    asOf: string;
    /**
     * The inspection in its place.
     */
    replacedBy?: string;
    [k: string]: unknown;
  }[];
  /**
   * `cursor` of the next page.
   */
  next?: string;
  [k: string]: unknown;
}
/**
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "Share".
 */
export interface Share {
  id: string;
  /**
   * Its `ETag`, for `If-Match`.
   */
  etag?: string;
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
}
/**
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "Webhook".
 */
export interface Webhook {
  id: string;
  url: WebhookUrl;
  /**
   * What to be told of. Empty or left out: everything but `log.head`.
   *
   * @maxItems 7
   */
  events: EventType[];
  /**
   * For people.
   */
  description?: string;
  /**
   * RFC 3339.
   */
  createdAt: string;
  enabled: boolean;
  disabled?: WebhookDisabled;
  secretFault?: SecretFault;
  [k: string]: unknown;
}
/**
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "WebhookDisabled".
 */
export interface WebhookDisabled {
  /**
   * RFC 3339.
   */
  at: string;
  /**
   * `gone`: it answered 410. `asked`: by PATCH.
   */
  reason: string;
  [k: string]: unknown;
}
/**
 * Kept files that look or sound alike. No part of a Report: another day’s archive answers otherwise.
 *
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "Matches".
 */
export interface Matches {
  schema: 'assay.matches/1';
  inspection?: string;
  /**
   * `pending`: its fingerprint is being made. `not-searchable`: `reasons` says why.
   */
  state: string;
  /**
   * What of the file could not be compared; `partly`: a part of it was.
   */
  reasons?: {
    kind?: FingerprintKind;
    code: string;
    text: string;
    partly?: true;
    [k: string]: unknown;
  }[];
  searched: number;
  /**
   * Kept ones that could not be searched: a match among them is missed.
   */
  notSearchable: number;
  /**
   * There are more than are told.
   */
  more: boolean;
  /**
   * What was kept just before may not have been searched: ask again.
   */
  behind?: true;
  /**
   * The nearest first.
   */
  matches: Match[];
  /**
   * `cursor` of those that are next near, of a kept inspection.
   */
  next?: string;
  [k: string]: unknown;
}
/**
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "Match".
 */
export interface Match {
  /**
   * Id of the one it was seen in; or scan and path; or collection and item.
   */
  inspection?: string;
  /**
   * Id of the scan.
   */
  scan?: string;
  /**
   * As the scan’s record has it.
   */
  path?: string;
  pathBytes?: string;
  collection?: string;
  item?: string;
  /**
   * Of the file or the item.
   */
  name?: string;
  sha256?: string;
  kind: FingerprintKind;
  /**
   * Bits that differ.
   */
  distance: number;
  of: 256;
  /**
   * `same`: at most 31 bits; `similar`: at most 60.
   */
  tier: string;
  /**
   * How the file asked about is turned.
   */
  orientation?: string;
  part?: string;
  frames?: {
    matched: number;
    of: number;
    ofStored: number;
    [k: string]: unknown;
  };
  backing: 'inferred';
  /**
   * By that file, as its own Report has it. It says nothing of the file asked about.
   */
  declared?: {
    headline?: {
      id: string;
      params?: {
        [k: string]: unknown;
      };
      text?: string;
      [k: string]: unknown;
    };
    origin?: Origin;
    backing?: Backing;
    presence?: Presence;
    integrity?: string;
    signer?: string;
    [k: string]: unknown;
  };
  case?: string;
  /**
   * By people.
   */
  notes?: {
    text: string;
    by?: string;
    at?: string;
    [k: string]: unknown;
  }[];
  finding?: ReviewerFinding;
  /**
   * When, and by which door.
   */
  seen: {
    at: string;
    by: string;
    [k: string]: unknown;
  };
  partly?: {
    kind?: FingerprintKind;
    code: string;
    text: string;
    [k: string]: unknown;
  };
  reportDeleted?: true;
  /**
   * Address of a small picture of it; left out: none is kept.
   */
  preview?: string;
  /**
   * Address of the manifest store that is kept of it; scope `reveal`.
   */
  manifest?: string;
  [k: string]: unknown;
}
/**
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "Capabilities".
 */
export interface Capabilities {
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
    kind: Kind;
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
    name: string;
    version: string;
    sdk: string;
    /**
     * Its binary for this machine is there.
     */
    present: boolean;
    /**
     * What the operator’s choice of engine makes of it.
     */
    used: string;
    [k: string]: unknown;
  }[];
  /**
   * Whether links to reports can be made here.
   */
  shares: boolean;
  /**
   * Whether files that look alike are looked for here.
   */
  fingerprints: boolean;
  /**
   * Which links are followed here.
   */
  fetch: string;
  rulebooks: string[];
  presets: LawPresets;
  missing: {
    part: string;
    /**
     * What this host cannot do.
     */
    lost: string;
    [k: string]: unknown;
  }[];
  [k: string]: unknown;
}
/**
 * What is asked where neither a client nor its key says.
 *
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "LawPresets".
 */
export interface LawPresets {
  jurisdictions?: string[];
  roles?: Role[];
  [k: string]: unknown;
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
    [k: string]: unknown;
  };
  /**
   * Those in which something was read, and in each the fields in the order of the file.
   *
   * @maxItems 21
   */
  carriers: {
    carrier: TextCarrier;
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
      locator: string;
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
      withheld?: Personal[];
      [k: string]: unknown;
    }[];
    /**
     * Further fields that were left out: there are too many.
     */
    more?: number;
    [k: string]: unknown;
  }[];
  /**
   * @maxItems 8
   */
  labels: {
    /**
     * An implicit label of GB 45438, or IPTC’s digital source type.
     */
    label: string;
    carrier: TextCarrier;
    /**
     * As the signals of the Report name it.
     */
    locator: string;
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
    why?: string;
    [k: string]: unknown;
  }[];
  /**
   * Kinds of personal data that were asked for.
   */
  revealed?: Personal[];
  [k: string]: unknown;
}
/**
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "LawAnswer".
 */
export interface LawAnswer {
  /**
   * The day the rules were asked about.
   */
  asOf: string;
  /**
   * One for each place, and role, asked for; left out by versions before 0.2.
   */
  law?: Law[];
  fileDates?: FileDate[];
  /**
   * Of the rulebooks, places and roles that were asked for; none where nothing was.
   */
  findings: Finding[];
  [k: string]: unknown;
}
/**
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "LogHead".
 */
export interface LogHead {
  origin: string;
  /**
   * Leaves.
   */
  size: number;
  /**
   * As C2SP’s signed-note writes it.
   */
  verifierKey: string;
  /**
   * The signed head, as C2SP’s tlog-checkpoint has it.
   */
  checkpoint: string;
  [k: string]: unknown;
}
/**
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "Readiness".
 */
export interface Readiness {
  status: string;
  checks: {
    dataDirectory: Check;
    database: Check;
    inspector: Check;
    /**
     * `ok` without a sandbox too, where it was not required; `level` tells which it is.
     */
    sandbox?: {
      status: string;
      /**
       * The same for people.
       */
      words: string;
      /**
       * As `tool.isolation` of the next Report.
       */
      level: string;
      /**
       * Why there is no sandbox, as `tool.isolationReason`.
       */
      reason?: string;
      [k: string]: unknown;
    };
    serving: Check;
    uploads: Check;
    [k: string]: unknown;
  };
  [k: string]: unknown;
}
/**
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "Check".
 */
export interface Check {
  status: string;
  /**
   * The same for people.
   */
  words: string;
  [k: string]: unknown;
}
/**
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "Rulebook".
 */
export interface Rulebook {
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
    [k: string]: unknown;
  };
  /**
   * Date of this text of ours; `.2` for the second of a day.
   */
  edition: string;
  rules: Rule[];
  title: TextInLanguages2;
  about: TextInLanguages3;
  /**
   * sha256 of its clauses and words.
   */
  digest?: string;
  [k: string]: unknown;
}
/**
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "Rule".
 */
export interface Rule {
  id: string;
  /**
   * Article, section or annex that holds the clause.
   */
  provision: string;
  /**
   * As the instrument numbers it, whole: it is quoted alone.
   */
  clause: string;
  kind: ClauseKind;
  subject?: string;
  binds: Role[];
  media: Kind[];
  /**
   * Binds nobody who has not taken it on.
   */
  voluntary?: true;
  /**
   * Not law yet.
   */
  pending?: true;
  supersededBy?: string;
  sources: Source[];
  checkAgainOn?: string;
  trigger?: Condition;
  /**
   * By outcome.
   */
  next?: {
    [k: string]: NextStep;
  };
  title: TextInLanguages;
  asks: TextInLanguages1;
  note?: TextInLanguages;
  status: RuleStatus;
  inForce: {
    from?: string;
    until?: string;
    [k: string]: unknown;
  };
  references: Reference[];
  /**
   * True only where the official text, or a copy of it, was read for this rule.
   */
  verified: boolean;
  /**
   * A: official words or summary; B2: two others tell the wording; B: fewer; C: memory.
   */
  grade: string;
  periods: {
    from: string;
    until?: string;
    cohort?: string;
    whom?: TextInLanguages;
    [k: string]: unknown;
  }[];
  parts?: {
    id: string;
    when?: Condition;
    ways?: {
      id: string;
      when: Condition;
      gives?: string[];
      text: TextInLanguages;
      [k: string]: unknown;
    }[];
    text: TextInLanguages;
    [k: string]: unknown;
  }[];
  exceptions?: {
    id: string;
    when?: Condition;
    text: TextInLanguages;
    [k: string]: unknown;
  }[];
  notAssessable?: TextInLanguages;
  /**
   * By outcome.
   */
  statements: {
    [k: string]: TextInLanguages;
  };
  [k: string]: unknown;
}
/**
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "Source".
 */
export interface Source {
  kind: string;
  title: string;
  address?: string;
  locator?: string;
  quotation?: {
    text: string;
    language: string;
    [k: string]: unknown;
  };
  seenOn: string;
  seenBy: string;
  supports: string[];
  [k: string]: unknown;
}
/**
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "Condition".
 */
export interface Condition {
  any?: Term[];
  all?: Term[];
  none?: Term[];
  [k: string]: unknown;
}
/**
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "Term".
 */
export interface Term {
  signal: string;
  backing?: Backing[];
  [k: string]: unknown;
}
/**
 * English, Simplified Chinese.
 *
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "TextInLanguages".
 */
export interface TextInLanguages {
  en: string;
  zh: string;
  [k: string]: string;
}
/**
 * English, Simplified Chinese.
 */
export interface TextInLanguages1 {
  en: string;
  zh: string;
  [k: string]: string;
}
/**
 * English, Simplified Chinese.
 */
export interface TextInLanguages2 {
  en: string;
  zh: string;
  [k: string]: string;
}
/**
 * English, Simplified Chinese.
 */
export interface TextInLanguages3 {
  en: string;
  zh: string;
  [k: string]: string;
}
/**
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "Upload".
 */
export interface Upload {
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
  [k: string]: unknown;
}
/**
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "AuditEntry".
 */
export interface AuditEntry {
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
}
/**
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "CollectionItem".
 */
export interface CollectionItem {
  id: string;
  /**
   * Its `ETag`, for `If-Match`.
   */
  etag?: string;
  name: string;
  note?: string;
  finding?: ReviewerFinding;
  /**
   * RFC 3339.
   */
  at: string;
  /**
   * What it can be found by; empty: nothing.
   */
  kinds: FingerprintKind[];
  missing: {
    kind: string;
    code: string;
    text: string;
    [k: string]: unknown;
  }[];
  /**
   * Address of a small picture of it.
   */
  preview?: string;
  [k: string]: unknown;
}
/**
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "ReportPictures".
 */
export interface ReportPictures {
  pictures: {
    /**
     * `preview` of the file, `large` where it is larger, `waveform` of a sound, `thumbnail` of its active manifest, `stored` in EXIF, `frame-1` and on of a video; `manifest-2` of the Report’s `contentCredentials.manifests[2]`, `ingredient-2` of its one ingredient that brought no manifest.
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
     * Of a key frame: at or before this moment; of a waveform: its length.
     */
    seconds?: number;
    /**
     * The sound is longer than its waveform.
     */
    cut?: boolean;
    [k: string]: unknown;
  }[];
  missing: {
    kind: string;
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
  /**
   * `cursor` of the next page.
   */
  next?: string;
  [k: string]: unknown;
}
/**
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "LogLeaf".
 */
export interface LogLeaf {
  index: number;
  /**
   * Left out once its time is over.
   */
  leaf?: {
    [k: string]: unknown;
  };
  /**
   * Base64.
   */
  hash: string;
  [k: string]: unknown;
}
/**
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "RulebookHead".
 */
export interface RulebookHead {
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
  /**
   * sha256 of its clauses and words.
   */
  digest?: string;
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
}
/**
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "WatchedLaw".
 */
export interface WatchedLaw {
  id: string;
  jurisdiction: string;
  state: string;
  effective?: string;
  sources: Source[];
  checkAgainOn?: string;
  grade: string;
  instrument: TextInLanguages;
  asks: TextInLanguages;
  known?: TextInLanguages;
  [k: string]: unknown;
}
/**
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "SignalRow".
 */
export interface SignalRow {
  id: string;
  meaning: string;
  /**
   * Carriers it may stand in; empty where the file as a whole is looked at.
   */
  reads: Carrier[];
  [k: string]: unknown;
}
/**
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "TrustList".
 */
export interface TrustList {
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
  faults: TrustListNote[];
  /**
   * It is used, and should be looked after.
   */
  warnings: TrustListNote[];
  [k: string]: unknown;
}
/**
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "TrustListNote".
 */
export interface TrustListNote {
  code: string;
  /**
   * The same for people.
   */
  words: string;
  [k: string]: unknown;
}
/**
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "Delivery".
 */
export interface Delivery {
  id: string;
  /**
   * `webhook-id` of every attempt.
   */
  messageId: string;
  type: EventType;
  /**
   * RFC 3339.
   */
  createdAt: string;
  status: DeliveryStatus;
  attempts: number;
  /**
   * RFC 3339.
   */
  nextAt?: string;
  /**
   * The last attempt.
   */
  last?: {
    /**
     * RFC 3339.
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
}
/**
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "SealRequest".
 */
export interface SealRequest {
  /**
   * `full`: with the file (scope `reveal`). `shareable`: its SHA-256 alone, nothing masked.
   */
  kind: 'full' | 'shareable';
  /**
   * When it is said to be sealed, RFC 3339. Left out: now.
   */
  at?: string;
  lang?: 'en' | 'zh-Hans';
}
/**
 * What a page shows, to choose from. None of it was asked for.
 *
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "Media".
 */
export interface Media {
  schema: 'assay.media/1';
  page: {
    url: string;
    /**
     * The page’s words.
     */
    title?: string;
    [k: string]: unknown;
  };
  media: {
    url: string;
    kind: string;
    /**
     * Where in the page it stands.
     */
    from: string;
    /**
     * Pixels, as the page says.
     */
    width?: number;
    /**
     * The page’s words.
     */
    alt?: string;
    /**
     * Why it would be refused, by its address alone.
     */
    refused?: string;
    [k: string]: unknown;
  }[];
  /**
   * Media beyond those listed.
   */
  leftOut?: number;
  /**
   * What plays there and names no file.
   */
  players?: {
    kind: string;
    host?: string;
    [k: string]: unknown;
  }[];
  /**
   * The page is longer than what is looked at.
   */
  isCut?: true;
  [k: string]: unknown;
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
  code: string;
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
    [k: string]: unknown;
  }[];
  [k: string]: unknown;
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
  type: string;
  /**
   * RFC 3339.
   */
  timestamp: string;
  /**
   * Beside the id only what there is. Above 20000 bytes in all the id stands alone.
   */
  data: {
    /**
     * Of what it happened to; of the webhook in a test.
     */
    id: string;
    /**
     * `inspection.done`: what the file declares, in the Report’s word.
     */
    origin?: string;
    /**
     * `inspection.done`: what a person reads first; `text` in English.
     */
    headline?: {
      id: string;
      params?: {
        [k: string]: unknown;
      };
      text?: string;
      [k: string]: unknown;
    };
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
    reports?: number;
    judged?: number;
    changed?: number;
    newFindings?: number;
    endedFindings?: number;
    notJudged?: number;
    messages?: {
      id: string;
      params?: {
        [k: string]: unknown;
      };
      [k: string]: unknown;
    };
    list?: string;
    /**
     * `match.found`: what it is near to.
     */
    collection?: string;
    item?: string;
    kind?: string;
    distance?: number;
    of?: number;
    tier?: string;
    orientation?: string;
    size?: number;
    /**
     * `log.head`: the signed head, as C2SP’s tlog-checkpoint has it.
     */
    head?: string;
    /**
     * `match.found`: more are near than were looked at or are told.
     */
    more?: true;
    [k: string]: unknown;
  };
  [k: string]: unknown;
}

/** Method and path of each operation. */
export const OPERATIONS = {
  addCaseItem: { method: 'POST', path: '/v1/cases/{id}/items', bodies: ['application/json'], takesKey: true },
  addCollectionItems: { method: 'POST', path: '/v1/collections/{id}/items', bodies: ['application/json'], takesKey: true },
  appendToUpload: { method: 'PATCH', path: '/v1/uploads/{id}', bodies: ['application/offset+octet-stream'], takesKey: false },
  cancelBatch: { method: 'POST', path: '/v1/batches/{id}/cancel', bodies: [], takesKey: false },
  createBatch: { method: 'POST', path: '/v1/batches', bodies: ['application/json'], takesKey: true },
  createCase: { method: 'POST', path: '/v1/cases', bodies: ['application/json'], takesKey: true },
  createCollection: { method: 'POST', path: '/v1/collections', bodies: ['application/json'], takesKey: true },
  createInspection: { method: 'POST', path: '/v1/inspections', bodies: ['multipart/form-data', 'application/json', '*/*'], takesKey: true },
  createKey: { method: 'POST', path: '/v1/keys', bodies: ['application/json'], takesKey: true },
  createRejudgement: { method: 'POST', path: '/v1/law/rejudgements', bodies: ['application/json'], takesKey: true },
  createShare: { method: 'POST', path: '/v1/inspections/{id}/shares', bodies: ['application/json'], takesKey: true },
  createUpload: { method: 'POST', path: '/v1/uploads', bodies: ['application/offset+octet-stream'], takesKey: true },
  createWebhook: { method: 'POST', path: '/v1/webhooks', bodies: ['application/json'], takesKey: true },
  deleteBatch: { method: 'DELETE', path: '/v1/batches/{id}', bodies: [], takesKey: false },
  deleteCase: { method: 'DELETE', path: '/v1/cases/{id}', bodies: [], takesKey: false },
  deleteCollection: { method: 'DELETE', path: '/v1/collections/{id}', bodies: [], takesKey: false },
  deleteCollectionItem: { method: 'DELETE', path: '/v1/collections/{id}/items/{item}', bodies: [], takesKey: false },
  deleteInspection: { method: 'DELETE', path: '/v1/inspections/{id}', bodies: [], takesKey: false },
  deleteRejudgement: { method: 'DELETE', path: '/v1/law/rejudgements/{id}', bodies: [], takesKey: false },
  deleteUpload: { method: 'DELETE', path: '/v1/uploads/{id}', bodies: [], takesKey: false },
  deleteWebhook: { method: 'DELETE', path: '/v1/webhooks/{id}', bodies: [], takesKey: false },
  describeUploads: { method: 'OPTIONS', path: '/v1/uploads', bodies: [], takesKey: false },
  findMatches: { method: 'POST', path: '/v1/matches', bodies: ['multipart/form-data', 'application/json', '*/*'], takesKey: false },
  getBatch: { method: 'GET', path: '/v1/batches/{id}', bodies: [], takesKey: false },
  getBatchResults: { method: 'GET', path: '/v1/batches/{id}/results', bodies: [], takesKey: false },
  getCapabilities: { method: 'GET', path: '/v1/capabilities', bodies: [], takesKey: false },
  getCase: { method: 'GET', path: '/v1/cases/{id}', bodies: [], takesKey: false },
  getCaseClaimReview: { method: 'GET', path: '/v1/cases/{id}/claim-review', bodies: [], takesKey: false },
  getCollection: { method: 'GET', path: '/v1/collections/{id}', bodies: [], takesKey: false },
  getCollectionItemPreview: { method: 'GET', path: '/v1/collections/{id}/items/{item}/preview', bodies: [], takesKey: false },
  getFingerprintManifest: { method: 'GET', path: '/v1/fingerprints/{id}/manifest', bodies: [], takesKey: false },
  getFingerprintPreview: { method: 'GET', path: '/v1/fingerprints/{id}/preview', bodies: [], takesKey: false },
  getInspection: { method: 'GET', path: '/v1/inspections/{id}', bodies: [], takesKey: false },
  getInspectionCrJson: { method: 'GET', path: '/v1/inspections/{id}/crjson', bodies: [], takesKey: false },
  getInspectionEvidence: { method: 'GET', path: '/v1/inspections/{id}/evidence', bodies: [], takesKey: false },
  getInspectionExchanges: { method: 'GET', path: '/v1/inspections/{id}/exchanges', bodies: [], takesKey: false },
  getInspectionFindingPdf: { method: 'GET', path: '/v1/inspections/{id}/finding.pdf', bodies: [], takesKey: false },
  getInspectionHtml: { method: 'GET', path: '/v1/inspections/{id}/report.html', bodies: [], takesKey: false },
  getInspectionJson: { method: 'GET', path: '/v1/inspections/{id}/report.json', bodies: [], takesKey: false },
  getInspectionLaw: { method: 'GET', path: '/v1/inspections/{id}/law', bodies: [], takesKey: false },
  getInspectionPart: { method: 'GET', path: '/v1/inspections/{id}/parts/{number}', bodies: [], takesKey: false },
  getInspectionPdf: { method: 'GET', path: '/v1/inspections/{id}/report.pdf', bodies: [], takesKey: false },
  getInspectionPicture: { method: 'GET', path: '/v1/inspections/{id}/pictures/{name}', bodies: [], takesKey: false },
  getInspectionPreview: { method: 'GET', path: '/v1/inspections/{id}/preview', bodies: [], takesKey: false },
  getInspectionThumbnail: { method: 'GET', path: '/v1/inspections/{id}/thumbnail', bodies: [], takesKey: false },
  getKey: { method: 'GET', path: '/v1/keys/{id}', bodies: [], takesKey: false },
  getLiveness: { method: 'GET', path: '/v1/health/live', bodies: [], takesKey: false },
  getLogHead: { method: 'GET', path: '/v1/log/head', bodies: [], takesKey: false },
  getLogProof: { method: 'GET', path: '/v1/log/proof', bodies: [], takesKey: false },
  getReadiness: { method: 'GET', path: '/v1/health/ready', bodies: [], takesKey: false },
  getRejudgement: { method: 'GET', path: '/v1/law/rejudgements/{id}', bodies: [], takesKey: false },
  getRulebook: { method: 'GET', path: '/v1/rulebooks/{id}', bodies: [], takesKey: false },
  getUpload: { method: 'GET', path: '/v1/uploads/{id}', bodies: [], takesKey: false },
  getUploadOffset: { method: 'HEAD', path: '/v1/uploads/{id}', bodies: [], takesKey: false },
  getWebhook: { method: 'GET', path: '/v1/webhooks/{id}', bodies: [], takesKey: false },
  listAudit: { method: 'GET', path: '/v1/audit', bodies: [], takesKey: false },
  listBatches: { method: 'GET', path: '/v1/batches', bodies: [], takesKey: false },
  listCases: { method: 'GET', path: '/v1/cases', bodies: [], takesKey: false },
  listCollectionItems: { method: 'GET', path: '/v1/collections/{id}/items', bodies: [], takesKey: false },
  listCollections: { method: 'GET', path: '/v1/collections', bodies: [], takesKey: false },
  listInspectionMatches: { method: 'GET', path: '/v1/inspections/{id}/matches', bodies: [], takesKey: false },
  listInspectionPictures: { method: 'GET', path: '/v1/inspections/{id}/pictures', bodies: [], takesKey: false },
  listInspections: { method: 'GET', path: '/v1/inspections', bodies: [], takesKey: false },
  listKeys: { method: 'GET', path: '/v1/keys', bodies: [], takesKey: false },
  listLogLeaves: { method: 'GET', path: '/v1/log/leaves', bodies: [], takesKey: false },
  listRejudgements: { method: 'GET', path: '/v1/law/rejudgements', bodies: [], takesKey: false },
  listRulebooks: { method: 'GET', path: '/v1/rulebooks', bodies: [], takesKey: false },
  listShares: { method: 'GET', path: '/v1/inspections/{id}/shares', bodies: [], takesKey: false },
  listSignals: { method: 'GET', path: '/v1/signals', bodies: [], takesKey: false },
  listTrustLists: { method: 'GET', path: '/v1/trust-lists', bodies: [], takesKey: false },
  listWebhookDeliveries: { method: 'GET', path: '/v1/webhooks/{id}/deliveries', bodies: [], takesKey: false },
  listWebhooks: { method: 'GET', path: '/v1/webhooks', bodies: [], takesKey: false },
  recheckInspection: { method: 'POST', path: '/v1/inspections/{id}/recheck', bodies: [], takesKey: true },
  removeCaseItem: { method: 'DELETE', path: '/v1/cases/{id}/items/{item}', bodies: [], takesKey: false },
  replayWebhookDeliveries: { method: 'POST', path: '/v1/webhooks/{id}/deliveries/replay', bodies: ['application/json'], takesKey: false },
  retryInspection: { method: 'POST', path: '/v1/inspections/{id}/retry', bodies: [], takesKey: true },
  revokeKey: { method: 'DELETE', path: '/v1/keys/{id}', bodies: [], takesKey: false },
  revokeShare: { method: 'DELETE', path: '/v1/inspections/{id}/shares/{shareId}', bodies: [], takesKey: false },
  rotateWebhookSecret: { method: 'POST', path: '/v1/webhooks/{id}/secret', bodies: [], takesKey: true },
  sealCase: { method: 'POST', path: '/v1/cases/{id}/seal', bodies: ['application/json'], takesKey: false },
  sealInspection: { method: 'POST', path: '/v1/inspections/{id}/seal', bodies: ['application/json', 'multipart/form-data'], takesKey: false },
  testWebhook: { method: 'POST', path: '/v1/webhooks/{id}/test', bodies: [], takesKey: false },
  updateCase: { method: 'PATCH', path: '/v1/cases/{id}', bodies: ['application/json'], takesKey: false },
  updateCollection: { method: 'PATCH', path: '/v1/collections/{id}', bodies: ['application/json'], takesKey: false },
  updateInspection: { method: 'PATCH', path: '/v1/inspections/{id}', bodies: ['application/json'], takesKey: true },
  updateWebhook: { method: 'PATCH', path: '/v1/webhooks/{id}', bodies: ['application/json'], takesKey: false },
  watchBatch: { method: 'GET', path: '/v1/batches/{id}/events', bodies: [], takesKey: false },
  watchInspection: { method: 'GET', path: '/v1/inspections/{id}/events', bodies: [], takesKey: false },
} as const;
