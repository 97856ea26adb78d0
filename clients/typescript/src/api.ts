// Made from openapi.yaml by scripts/generate.js; not to be edited.

/**
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "CaseItemKind".
 */
export type CaseItemKind = string;
/**
 * PDQ hash in 64 hexadecimal digits, highest bit first, as Meta’s reference implementation prints it. A search by hash does not find rotated or mirrored pictures.
 *
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "PdqHash".
 */
export type PdqHash = string;
/**
 * The day for which the rules are evaluated, as YYYY-MM-DD. Left out: today, UTC.
 *
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "RequestedAsOf".
 */
export type RequestedAsOf = string;
/**
 * Rulebooks to list clause by clause: their ids, or `all`. Left out: those that `jurisdiction` and `role` select. A list, or one text with commas.
 *
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "RequestedRulebooks".
 */
export type RequestedRulebooks = string | string[];
/**
 * Jurisdictions whose law is evaluated, as CN, EU or US-CA; `US` includes its states. Left out: the server’s preset, else all in brief. A list, or one text with commas.
 *
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "RequestedJurisdiction".
 */
export type RequestedJurisdiction = string | string[];
/**
 * Only clauses that bind these roles: provider, deployer, platform, user, device-maker, publisher, anyone. Left out: the server’s preset, else all. A list, or one text with commas.
 *
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "RequestedRole".
 */
export type RequestedRole = string | string[];
/**
 * Which C2PA engine reads: auto, native, wasm, both. Left out: as the server is configured.
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
 * Read the words in the corners of pictures and of some frames of videos, and tell those that read like an AI notice. “deep” implies it. Left out: false.
 *
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "RequestedVisible".
 */
export type RequestedVisible = boolean;
/**
 * Words to find the inspection by. A list, or one text with commas.
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
 * Integrity of the active manifest only. Absent if there are no credentials.
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
 * Validity of the signer’s certificate at the time of use.
 *
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "Validity".
 */
export type Validity = string;
/**
 * Id from the closed list in docs/signals.md.
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
 * Corner of the picture as a viewer shows it.
 *
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "Corner".
 */
export type Corner = string;
/**
 * Kind of clause.
 *
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "ClauseKind".
 */
export type ClauseKind = string;
/**
 * Recommended next step.
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
 * Status of the rule on the day evaluated; a `voluntary` rule binds only those who signed it.
 *
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "RuleStatus".
 */
export type RuleStatus = string;
/**
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "ClauseCondition".
 */
export type ClauseCondition = string;
/**
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "BookKind".
 */
export type BookKind = string;
/**
 * Outcome before. Absent: the Report did not list the clause, or it did not exist.
 *
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "Outcome".
 */
export type Outcome = string;
/**
 * Item that a clause asks a file to carry.
 *
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "LawItem".
 */
export type LawItem = string;
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
 * `listed`, `expired` and `term-unknown` confirm the name.
 *
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "SignerStanding".
 */
export type SignerStanding = string;
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
 * Address of the endpoint: https and public, unless the operator allows another.
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
 * Present only if no key of this server decrypts the webhook’s secret: messages cannot be signed and are queued. `POST /v1/webhooks/{id}/secret` creates a new secret, after which they are sent.
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
 * Outcome of the item. `notice-seen`: a visible mark was seen in the pixels, which is a hint and no finding; without one a notice is `look`, never “none”.
 *
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "GridAnswer".
 */
export type GridAnswer = string;
/**
 * Kind of content by the law’s own scope: pictures, videos, sound, documents that hold text (PDF, Word), plain text. It does not depend on what Assay reads.
 *
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "CoveredKind".
 */
export type CoveredKind = string;
/**
 * `dead`: the server stopped trying to deliver the message; it can be replayed.
 *
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "DeliveryStatus".
 */
export type DeliveryStatus = string;

export interface Operations {
  /**
   * Add an item to a case
   */
  addCaseItem: {
    path: {
      id: string;
    };
    query?: {
      /**
       * Language of the sentences and statements: en, zh-Hans. Default: English.
       */
      lang?: string;
    };
    headers?: {
      /**
       * Id of this request chosen by the client, such as a UUID: 1 to 255 printable ASCII characters, remembered for a day for this API key. A repeated request has no second effect and gets the result of the first one (`Idempotency-Replayed`). After a 4xx response the same value starts a new request; after 5xx the same request continues where the first one ended.
       */
      'Idempotency-Key'?: string;
      /**
       * The client’s own id of the request, which the response, the problem, the audit log and the server’s log contain. The server ignores an id that is longer or has other characters, and creates its own.
       */
      'X-Request-Id'?: string;
    };
    body: {
      kind: 'inspection' | 'note' | 'link' | 'match' | 'finding';
      /**
       * Id of the inspection, for an `inspection`; for a `match`, id of the inspection whose matches were requested.
       */
      inspection?: string;
      /**
       * Text of a `note`, or a comment on a `link` or `match`.
       */
      text?: string;
      link?: string;
      /**
       * Match from `GET /v1/inspections/{id}/matches`, identified by the members that it contains.
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
       * Finding of a person or an organisation, quoted as theirs.
       */
      finding?: {
        /**
         * Claim that was reviewed, as made in public.
         */
        claim: string;
        conclusion: string;
        /**
         * Rating in the authors’ own words.
         */
        rating?: string;
        url?: string;
        /**
         * Day of publication.
         */
        published?: string;
        /**
         * Name under which the finding was published.
         */
        author?: string;
        authorType?: 'person' | 'organization';
        /**
         * Person or organisation that makes the claim.
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
   * Add items to a collection
   */
  addCollectionItems: {
    path: {
      id: string;
    };
    headers?: {
      /**
       * Id of this request chosen by the client, such as a UUID: 1 to 255 printable ASCII characters, remembered for a day for this API key. A repeated request has no second effect and gets the result of the first one (`Idempotency-Replayed`). After a 4xx response the same value starts a new request; after 5xx the same request continues where the first one ended.
       */
      'Idempotency-Key'?: string;
      /**
       * The client’s own id of the request, which the response, the problem, the audit log and the server’s log contain. The server ignores an id that is longer or has other characters, and creates its own.
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
             * Client’s own key of the item; a new item with the same key replaces the earlier one.
             */
            key?: string;
            name: string;
            note?: string;
            finding?: ReviewerFindingInput;
          }
        | {
            /**
             * Id of the inspection whose fingerprint the item gets.
             */
            inspection: string;
            /**
             * Client’s own key of the item; a new item with the same key replaces the earlier one.
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
   * Send the next bytes of an upload
   */
  appendToUpload: {
    path: {
      id: string;
    };
    headers: {
      'Tus-Resumable': '1.0.0';
      /**
       * Offset at which these bytes begin, as last returned by `HEAD`.
       */
      'Upload-Offset': number;
      /**
       * Size of the whole file in bytes, if it was not sent before.
       */
      'Upload-Length'?: number;
      /**
       * The client’s own id of the request, which the response, the problem, the audit log and the server’s log contain. The server ignores an id that is longer or has other characters, and creates its own.
       */
      'X-Request-Id'?: string;
    };
    body: Blob;
    answers: {
      '204': {};
    };
  };
  /**
   * Cancel the remaining inspections of a batch
   */
  cancelBatch: {
    path: {
      id: string;
    };
    headers?: {
      /**
       * The client’s own id of the request, which the response, the problem, the audit log and the server’s log contain. The server ignores an id that is longer or has other characters, and creates its own.
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
       * The day for which the rules are evaluated, as YYYY-MM-DD. Left out: today, UTC. Here or in the body, not in both.
       */
      asOf?: string;
      /**
       * Rulebooks to list clause by clause: their ids, or `all`. Left out: those that `jurisdiction` and `role` select. Separated by commas; those that the body names are added.
       */
      rulebooks?: string;
      /**
       * Jurisdictions whose law is evaluated, as CN, EU or US-CA; `US` includes its states. Left out: the server’s preset, else all in brief. Separated by commas; those that the body names are added.
       */
      jurisdiction?: string;
      /**
       * Only clauses that bind these roles: provider, deployer, platform, user, device-maker, publisher, anyone. Left out: the server’s preset, else all. Separated by commas; those that the body names are added.
       */
      role?: string;
      /**
       * Which C2PA engine reads: auto, native, wasm, both. Left out: as the server is configured. Here or in the body, not in both.
       */
      engine?: string;
      /**
       * Look at the decoded pixels too: hidden text, watermarks, the stored thumbnail. Left out: false. Here or in the body, not in both.
       */
      deep?: string;
      /**
       * Read the words in the corners of pictures and of some frames of videos, and tell those that read like an AI notice. “deep” implies it. Left out: false. Here or in the body, not in both.
       */
      visible?: string;
      /**
       * Kinds of personal data to show: location, serial, names. Left out: all are masked. Only with a key that has the scope “reveal”; without keys where the operator allows it. Separated by commas.
       */
      reveal?: string;
    };
    headers?: {
      /**
       * Id of this request chosen by the client, such as a UUID: 1 to 255 printable ASCII characters, remembered for a day for this API key. A repeated request has no second effect and gets the result of the first one (`Idempotency-Replayed`). After a 4xx response the same value starts a new request; after 5xx the same request continues where the first one ended.
       */
      'Idempotency-Key'?: string;
      /**
       * The client’s own id of the request, which the response, the problem, the audit log and the server’s log contain. The server ignores an id that is longer or has other characters, and creates its own.
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
      visible?: RequestedVisible;
      /**
       * The newsroom’s own reference for the story.
       */
      caseRef?: string;
      tags?: RequestedTags;
      /**
       * Files of the batch; the same options apply to all of them.
       *
       * @minItems 1
       * @maxItems 1000
       */
      items: (
        | {
            /**
             * Id of a finished upload. The upload is consumed.
             */
            upload: string;
            /**
             * Id of an upload that is the file’s sidecar: its C2PA manifest store, or XMP.
             */
            sidecar?: string;
            /**
             * Id of an upload with the initialisation segment of the file’s stream.
             */
            init?: string;
          }
        | {
            /**
             * Absolute path of a file on the server, in a folder that the operator allows (ASSAY_ALLOWED_PATHS). Assay neither changes nor moves the file.
             */
            path: string;
          }
        | {
            /**
             * Same as `path`, in base64, for paths whose bytes are not UTF-8.
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
   * Create a case
   */
  createCase: {
    headers?: {
      /**
       * Id of this request chosen by the client, such as a UUID: 1 to 255 printable ASCII characters, remembered for a day for this API key. A repeated request has no second effect and gets the result of the first one (`Idempotency-Replayed`). After a 4xx response the same value starts a new request; after 5xx the same request continues where the first one ended.
       */
      'Idempotency-Key'?: string;
      /**
       * The client’s own id of the request, which the response, the problem, the audit log and the server’s log contain. The server ignores an id that is longer or has other characters, and creates its own.
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
   * Create a collection
   */
  createCollection: {
    headers?: {
      /**
       * Id of this request chosen by the client, such as a UUID: 1 to 255 printable ASCII characters, remembered for a day for this API key. A repeated request has no second effect and gets the result of the first one (`Idempotency-Replayed`). After a 4xx response the same value starts a new request; after 5xx the same request continues where the first one ended.
       */
      'Idempotency-Key'?: string;
      /**
       * The client’s own id of the request, which the response, the problem, the audit log and the server’s log contain. The server ignores an id that is longer or has other characters, and creates its own.
       */
      'X-Request-Id'?: string;
    };
    body: {
      name: string;
      finding?: ReviewerFindingInput;
      /**
       * Whether webhooks are notified of inspections that match (`match.found`).
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
       * Name of a file that is the whole body; other uploads state the file name themselves.
       */
      name?: string;
      /**
       * Members to return, separated by commas; a dot selects a nested member: `id,report.summary.origin,report.signals.id`.
       */
      fields?: string;
      /**
       * `summary`: only the declared origin, its signer and how much of the file was read, without findings, locations or manifests.
       */
      profile?: 'summary';
      /**
       * The day for which the rules are evaluated, as YYYY-MM-DD. Left out: today, UTC. Here or in the body, not in both.
       */
      asOf?: string;
      /**
       * Rulebooks to list clause by clause: their ids, or `all`. Left out: those that `jurisdiction` and `role` select. Separated by commas; those that the body names are added.
       */
      rulebooks?: string;
      /**
       * Jurisdictions whose law is evaluated, as CN, EU or US-CA; `US` includes its states. Left out: the server’s preset, else all in brief. Separated by commas; those that the body names are added.
       */
      jurisdiction?: string;
      /**
       * Only clauses that bind these roles: provider, deployer, platform, user, device-maker, publisher, anyone. Left out: the server’s preset, else all. Separated by commas; those that the body names are added.
       */
      role?: string;
      /**
       * Which C2PA engine reads: auto, native, wasm, both. Left out: as the server is configured. Here or in the body, not in both.
       */
      engine?: string;
      /**
       * Look at the decoded pixels too: hidden text, watermarks, the stored thumbnail. Left out: false. Here or in the body, not in both.
       */
      deep?: string;
      /**
       * Read the words in the corners of pictures and of some frames of videos, and tell those that read like an AI notice. “deep” implies it. Left out: false. Here or in the body, not in both.
       */
      visible?: string;
      /**
       * Kinds of personal data to show: location, serial, names. Left out: all are masked. Only with a key that has the scope “reveal”; without keys where the operator allows it. Separated by commas.
       */
      reveal?: string;
      /**
       * Language of the sentences and statements: en, zh-Hans. Default: English.
       */
      lang?: string;
    };
    headers?: {
      /**
       * `respond-async`: the server responds at once with 202, and a worker inspects the file. `wait=N`: the server delays that response for up to N seconds (60 at most), in case the Report is ready by then.
       */
      Prefer?: string;
      /**
       * Digest of a file that is the whole body (RFC 9530): `sha-256=:…:`. The server compares the received bytes with it; if they differ, nothing is inspected (`digest-mismatch`). Other algorithms are ignored.
       */
      'Repr-Digest'?: string;
      /**
       * Id of this request chosen by the client, such as a UUID: 1 to 255 printable ASCII characters, remembered for a day for this API key. A repeated request has no second effect and gets the result of the first one (`Idempotency-Replayed`). After a 4xx response the same value starts a new request; after 5xx the same request continues where the first one ended.
       */
      'Idempotency-Key'?: string;
      /**
       * The client’s own id of the request, which the response, the problem, the audit log and the server’s log contain. The server ignores an id that is longer or has other characters, and creates its own.
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
           * The day for which the rules are evaluated, as YYYY-MM-DD. Left out: today, UTC.
           */
          asOf?: string;
          /**
           * Rulebooks to list clause by clause: their ids, or `all`. Left out: those that `jurisdiction` and `role` select. Separated by commas.
           */
          rulebooks?: string;
          /**
           * Jurisdictions whose law is evaluated, as CN, EU or US-CA; `US` includes its states. Left out: the server’s preset, else all in brief. Separated by commas.
           */
          jurisdiction?: string;
          /**
           * Only clauses that bind these roles: provider, deployer, platform, user, device-maker, publisher, anyone. Left out: the server’s preset, else all. Separated by commas.
           */
          role?: string;
          /**
           * Which C2PA engine reads: auto, native, wasm, both. Left out: as the server is configured.
           */
          engine?: 'auto' | 'native' | 'wasm' | 'both';
          /**
           * Look at the decoded pixels too: hidden text, watermarks, the stored thumbnail. Left out: false.
           */
          deep?: 'true' | 'false';
          /**
           * Read the words in the corners of pictures and of some frames of videos, and tell those that read like an AI notice. “deep” implies it. Left out: false.
           */
          visible?: 'true' | 'false';
          /**
           * Kinds of personal data to show: location, serial, names. Left out: all are masked. Only with a key that has the scope “reveal”; without keys where the operator allows it. Separated by commas.
           */
          reveal?: string;
          /**
           * Sidecars of the file: a C2PA manifest store (.c2pa) that it is validated against, and up to eight files with XMP. Assay recognises each by its bytes. File and sidecars together may be as large as one file. Separated by commas.
           */
          sidecar?: Blob;
          /**
           * The init segment of a stream (fragmented MP4); the file is a segment of it, read and validated together with it. At most 64 MiB.
           */
          init?: Blob;
          /**
           * The newsroom’s own reference for the story.
           */
          caseRef?: string;
          /**
           * Tags for finding the inspection, separated by commas.
           */
          tags?: string;
          /**
           * Link to the file, instead of `file`, as in JSON.
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
              visible?: RequestedVisible;
              /**
               * The newsroom’s own reference for the story.
               */
              caseRef?: string;
              tags?: RequestedTags;
              /**
               * Id of a finished upload. The upload is consumed.
               */
              upload: string;
              /**
               * Ids of uploads that are the file’s sidecars: one C2PA manifest store (.c2pa), and up to eight with XMP.
               */
              sidecar?: string | string[];
              /**
               * Id of an upload with the initialisation segment of the file’s stream.
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
              visible?: RequestedVisible;
              /**
               * The newsroom’s own reference for the story.
               */
              caseRef?: string;
              tags?: RequestedTags;
              /**
               * Link to a media file, or to a page that shows media files.
               */
              url: string;
              /**
               * Address of the page on which `url` was chosen, as given in the 300 response; the HTTP exchanges for that page are stored too.
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
       * Id of this request chosen by the client, such as a UUID: 1 to 255 printable ASCII characters, remembered for a day for this API key. A repeated request has no second effect and gets the result of the first one (`Idempotency-Replayed`). After a 4xx response the same value starts a new request; after 5xx the same request continues where the first one ended.
       */
      'Idempotency-Key'?: string;
      /**
       * The client’s own id of the request, which the response, the problem, the audit log and the server’s log contain. The server ignores an id that is longer or has other characters, and creates its own.
       */
      'X-Request-Id'?: string;
    };
    body: {
      name: string;
      /**
       * `inspect`: send files, and delete or change what was made of them; `read`: read reports and lists of them; `reveal`: ask for personal data that is masked otherwise, and read what was revealed; `fetch`: give links in place of files, where the operator allows it (with inspect); `admin`: keys, webhooks and the audit log of its tenant, and figures of the whole service; `metrics`: figures of the whole service (/metrics) and nothing else, for a metrics collector
       *
       * @minItems 1
       * @maxItems 6
       */
      scopes: ('inspect' | 'read' | 'reveal' | 'fetch' | 'admin' | 'metrics')[];
      expiresAt?: string;
      /**
       * Law options used if the client sets none.
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
       * Limits of the key; the service’s limits apply to absent members.
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
           * The key itself. It is shown only once; the server stores only a digest.
           */
          key: string;
          [k: string]: unknown;
        };
      };
    };
  };
  /**
   * Evaluate stored Reports under the law in force
   */
  createRejudgement: {
    query?: {
      /**
       * Language of the sentences and statements: en, zh-Hans. Default: English.
       */
      lang?: string;
    };
    headers?: {
      /**
       * Id of this request chosen by the client, such as a UUID: 1 to 255 printable ASCII characters, remembered for a day for this API key. A repeated request has no second effect and gets the result of the first one (`Idempotency-Replayed`). After a 4xx response the same value starts a new request; after 5xx the same request continues where the first one ended.
       */
      'Idempotency-Key'?: string;
      /**
       * The client’s own id of the request, which the response, the problem, the audit log and the server’s log contain. The server ignores an id that is longer or has other characters, and creates its own.
       */
      'X-Request-Id'?: string;
    };
    body: {
      /**
       * Day for which the rules are evaluated. Default: today, or for Reports with a requested day, that day.
       */
      asOf?: string;
      /**
       * Judge only Reports created at or after this time (RFC 3339).
       */
      since?: string;
      /**
       * Judge only Reports created before this time (RFC 3339).
       */
      until?: string;
      /**
       * Whether each Report with a change is superseded by a new inspection. Default: false, Reports stay unchanged.
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
       * Id from the `Location` header of the upload’s response.
       */
      id: string;
    };
    headers?: {
      /**
       * Id of this request chosen by the client, such as a UUID: 1 to 255 printable ASCII characters, remembered for a day for this API key. A repeated request has no second effect and gets the result of the first one (`Idempotency-Replayed`). After a 4xx response the same value starts a new request; after 5xx the same request continues where the first one ended.
       */
      'Idempotency-Key'?: string;
      /**
       * The client’s own id of the request, which the response, the problem, the audit log and the server’s log contain. The server ignores an id that is longer or has other characters, and creates its own.
       */
      'X-Request-Id'?: string;
    };
    body: {
      /**
       * Days until the link expires. Default: 7.
       */
      expiresInDays?: number;
      /**
       * Whether the link also shows the notes that exist now. Default: false.
       */
      notes?: boolean;
      /**
       * Whether the link also shows the preview pictures stored with the report. Default: false.
       */
      pictures?: boolean;
      /**
       * Language in which the link opens. Default: the language that the reader’s browser requests.
       */
      lang?: 'en' | 'zh-Hans';
    };
    answers: {
      '201': {
        'application/json': Share & {
          /**
           * The link. It is shown only once; the server stores only a digest.
           */
          url: string;
          [k: string]: unknown;
        };
      };
    };
  };
  /**
   * Create a resumable upload
   */
  createUpload: {
    headers: {
      'Tus-Resumable': '1.0.0';
      /**
       * Bytes of the whole file.
       */
      'Upload-Length'?: number;
      /**
       * Instead of `Upload-Length`: the client will send the length later.
       */
      'Upload-Defer-Length'?: '1';
      /**
       * Pairs of a name and a value in Base64, separated by commas.
       */
      'Upload-Metadata'?: string;
      /**
       * Id of this request chosen by the client, such as a UUID: 1 to 255 printable ASCII characters, remembered for a day for this API key. A repeated request has no second effect and gets the result of the first one (`Idempotency-Replayed`). After a 4xx response the same value starts a new request; after 5xx the same request continues where the first one ended.
       */
      'Idempotency-Key'?: string;
      /**
       * The client’s own id of the request, which the response, the problem, the audit log and the server’s log contain. The server ignores an id that is longer or has other characters, and creates its own.
       */
      'X-Request-Id'?: string;
    };
    body: Blob;
    answers: {
      '201': {};
    };
  };
  /**
   * Create a webhook
   */
  createWebhook: {
    headers?: {
      /**
       * Id of this request chosen by the client, such as a UUID: 1 to 255 printable ASCII characters, remembered for a day for this API key. A repeated request has no second effect and gets the result of the first one (`Idempotency-Replayed`). After a 4xx response the same value starts a new request; after 5xx the same request continues where the first one ended.
       */
      'Idempotency-Key'?: string;
      /**
       * The client’s own id of the request, which the response, the problem, the audit log and the server’s log contain. The server ignores an id that is longer or has other characters, and creates its own.
       */
      'X-Request-Id'?: string;
    };
    body: {
      url: WebhookUrl;
      /**
       * Events that the webhook receives. Empty or absent: all except `log.head`.
       *
       * @maxItems 7
       */
      events?: EventTypeInput[];
      /**
       * Description for people.
       */
      description?: string;
    };
    answers: {
      '201': {
        'application/json': Webhook & {
          /**
           * Signing secret, shown only once. Begins with `whsec_`.
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
       * One or more `ETag` values from reading the resource in any representation. If it was changed since, nothing is done and the response is 412.
       */
      'If-Match'?: string;
      /**
       * The client’s own id of the request, which the response, the problem, the audit log and the server’s log contain. The server ignores an id that is longer or has other characters, and creates its own.
       */
      'X-Request-Id'?: string;
    };
    answers: {
      '204': {};
    };
  };
  /**
   * Delete a case with its notes and other items
   */
  deleteCase: {
    path: {
      id: string;
    };
    headers?: {
      /**
       * One or more `ETag` values from reading the resource in any representation. If it was changed since, nothing is done and the response is 412.
       */
      'If-Match'?: string;
      /**
       * The client’s own id of the request, which the response, the problem, the audit log and the server’s log contain. The server ignores an id that is longer or has other characters, and creates its own.
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
       * One or more `ETag` values from reading the resource in any representation. If it was changed since, nothing is done and the response is 412.
       */
      'If-Match'?: string;
      /**
       * The client’s own id of the request, which the response, the problem, the audit log and the server’s log contain. The server ignores an id that is longer or has other characters, and creates its own.
       */
      'X-Request-Id'?: string;
    };
    answers: {
      '204': {};
    };
  };
  /**
   * Remove an item from a collection
   */
  deleteCollectionItem: {
    path: {
      id: string;
      item: string;
    };
    headers?: {
      /**
       * One or more `ETag` values from reading the resource in any representation. If it was changed since, nothing is done and the response is 412.
       */
      'If-Match'?: string;
      /**
       * The client’s own id of the request, which the response, the problem, the audit log and the server’s log contain. The server ignores an id that is longer or has other characters, and creates its own.
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
       * Id from the `Location` header of the upload’s response.
       */
      id: string;
    };
    headers?: {
      /**
       * One or more `ETag` values from reading the resource in any representation. If it was changed since, nothing is done and the response is 412.
       */
      'If-Match'?: string;
      /**
       * The client’s own id of the request, which the response, the problem, the audit log and the server’s log contain. The server ignores an id that is longer or has other characters, and creates its own.
       */
      'X-Request-Id'?: string;
    };
    answers: {
      '204': {};
    };
  };
  /**
   * Delete a re-judgement and its list of changes
   */
  deleteRejudgement: {
    path: {
      id: string;
    };
    headers?: {
      /**
       * One or more `ETag` values from reading the resource in any representation. If it was changed since, nothing is done and the response is 412.
       */
      'If-Match'?: string;
      /**
       * The client’s own id of the request, which the response, the problem, the audit log and the server’s log contain. The server ignores an id that is longer or has other characters, and creates its own.
       */
      'X-Request-Id'?: string;
    };
    answers: {
      '204': {};
    };
  };
  /**
   * Delete an upload
   */
  deleteUpload: {
    path: {
      id: string;
    };
    headers: {
      'Tus-Resumable': '1.0.0';
      /**
       * One or more `ETag` values from reading the resource in any representation. If it was changed since, nothing is done and the response is 412.
       */
      'If-Match'?: string;
      /**
       * The client’s own id of the request, which the response, the problem, the audit log and the server’s log contain. The server ignores an id that is longer or has other characters, and creates its own.
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
       * One or more `ETag` values from reading the resource in any representation. If it was changed since, nothing is done and the response is 412.
       */
      'If-Match'?: string;
      /**
       * The client’s own id of the request, which the response, the problem, the audit log and the server’s log contain. The server ignores an id that is longer or has other characters, and creates its own.
       */
      'X-Request-Id'?: string;
    };
    answers: {
      '204': {};
    };
  };
  /**
   * Read the supported tus version and extensions
   */
  describeUploads: {
    headers?: {
      /**
       * The client’s own id of the request, which the response, the problem, the audit log and the server’s log contain. The server ignores an id that is longer or has other characters, and creates its own.
       */
      'X-Request-Id'?: string;
    };
    answers: {
      '204': {};
    };
  };
  /**
   * List stored files that look or sound like a file or match a hash
   */
  findMatches: {
    query?: {
      /**
       * Name of a file that is the whole body; other uploads state the file name themselves.
       */
      name?: string;
      /**
       * Default: 20.
       */
      limit?: number;
      /**
       * Language of the sentences and statements: en, zh-Hans. Default: English.
       */
      lang?: string;
    };
    headers?: {
      /**
       * The client’s own id of the request, which the response, the problem, the audit log and the server’s log contain. The server ignores an id that is longer or has other characters, and creates its own.
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
   * Read the status of a batch
   */
  getBatch: {
    path: {
      id: string;
    };
    headers?: {
      /**
       * The client’s own id of the request, which the response, the problem, the audit log and the server’s log contain. The server ignores an id that is longer or has other characters, and creates its own.
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
   * Read the results of a batch
   */
  getBatchResults: {
    path: {
      id: string;
    };
    query?: {
      /**
       * `batchItem` of the last line received. Default: start at the first item.
       */
      after?: number;
      /**
       * Language of the sentences and statements: en, zh-Hans. Default: English.
       */
      lang?: string;
    };
    headers?: {
      /**
       * The client’s own id of the request, which the response, the problem, the audit log and the server’s log contain. The server ignores an id that is longer or has other characters, and creates its own.
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
   * Read the formats, limits, engines and missing parts of this server
   */
  getCapabilities: {
    headers?: {
      /**
       * The client’s own id of the request, which the response, the problem, the audit log and the server’s log contain. The server ignores an id that is longer or has other characters, and creates its own.
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
       * Default: 50.
       */
      limit?: number;
      /**
       * Value of `next` from the previous page.
       */
      cursor?: string;
      /**
       * Only items of this kind.
       */
      kind?: 'inspection' | 'note' | 'link' | 'match' | 'finding';
      /**
       * Language of the sentences and statements: en, zh-Hans. Default: English.
       */
      lang?: string;
    };
    headers?: {
      /**
       * The client’s own id of the request, which the response, the problem, the audit log and the server’s log contain. The server ignores an id that is longer or has other characters, and creates its own.
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
       * Language of the sentences and statements: en, zh-Hans. Default: English.
       */
      lang?: string;
    };
    headers?: {
      /**
       * The client’s own id of the request, which the response, the problem, the audit log and the server’s log contain. The server ignores an id that is longer or has other characters, and creates its own.
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
       * The client’s own id of the request, which the response, the problem, the audit log and the server’s log contain. The server ignores an id that is longer or has other characters, and creates its own.
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
   * Read the preview picture of an item
   */
  getCollectionItemPreview: {
    path: {
      id: string;
      item: string;
    };
    headers?: {
      /**
       * One or more earlier `ETag` values: if one of them is still current, the response is 304.
       */
      'If-None-Match'?: string;
      /**
       * The client’s own id of the request, which the response, the problem, the audit log and the server’s log contain. The server ignores an id that is longer or has other characters, and creates its own.
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
   * Read the manifest store of a matching file of a scan
   */
  getFingerprintManifest: {
    path: {
      id: string;
    };
    headers?: {
      /**
       * The client’s own id of the request, which the response, the problem, the audit log and the server’s log contain. The server ignores an id that is longer or has other characters, and creates its own.
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
   * Read the preview picture of a matching file of a scan
   */
  getFingerprintPreview: {
    path: {
      id: string;
    };
    headers?: {
      /**
       * One or more earlier `ETag` values: if one of them is still current, the response is 304.
       */
      'If-None-Match'?: string;
      /**
       * The client’s own id of the request, which the response, the problem, the audit log and the server’s log contain. The server ignores an id that is longer or has other characters, and creates its own.
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
   * Read a stored Report, or the status of its inspection
   */
  getInspection: {
    path: {
      /**
       * Id from the `Location` header of the upload’s response.
       */
      id: string;
    };
    query?: {
      /**
       * Language of the sentences and statements: en, zh-Hans. Default: English.
       */
      lang?: string;
      /**
       * Members to return, separated by commas; a dot selects a nested member: `id,report.summary.origin,report.signals.id`.
       */
      fields?: string;
      /**
       * `summary`: only the declared origin, its signer and how much of the file was read, without findings, locations or manifests.
       */
      profile?: 'summary';
    };
    headers?: {
      /**
       * `respond-async`: the server responds at once with 202, and a worker inspects the file. `wait=N`: the server delays that response for up to N seconds (60 at most), in case the Report is ready by then.
       */
      Prefer?: string;
      /**
       * One or more earlier `ETag` values: if one of them is still current, the response is 304.
       */
      'If-None-Match'?: string;
      /**
       * The client’s own id of the request, which the response, the problem, the audit log and the server’s log contain. The server ignores an id that is longer or has other characters, and creates its own.
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
   * Read the manifest store in crJSON
   */
  getInspectionCrJson: {
    path: {
      /**
       * Id from the `Location` header of the upload’s response.
       */
      id: string;
    };
    headers?: {
      /**
       * One or more earlier `ETag` values: if one of them is still current, the response is 304.
       */
      'If-None-Match'?: string;
      /**
       * The client’s own id of the request, which the response, the problem, the audit log and the server’s log contain. The server ignores an id that is longer or has other characters, and creates its own.
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
   * Read the file’s metadata, field by field
   */
  getInspectionEvidence: {
    path: {
      /**
       * Id from the `Location` header of the upload’s response.
       */
      id: string;
    };
    headers?: {
      /**
       * One or more earlier `ETag` values: if one of them is still current, the response is 304.
       */
      'If-None-Match'?: string;
      /**
       * The client’s own id of the request, which the response, the problem, the audit log and the server’s log contain. The server ignores an id that is longer or has other characters, and creates its own.
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
   * Read the HTTP exchanges of fetching a link (WARC)
   */
  getInspectionExchanges: {
    path: {
      /**
       * Id from the `Location` header of the upload’s response.
       */
      id: string;
    };
    headers?: {
      /**
       * One or more earlier `ETag` values: if one of them is still current, the response is 304.
       */
      'If-None-Match'?: string;
      /**
       * The client’s own id of the request, which the response, the problem, the audit log and the server’s log contain. The server ignores an id that is longer or has other characters, and creates its own.
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
   * Download the one-page summary of a Report as PDF
   */
  getInspectionFindingPdf: {
    path: {
      /**
       * Id from the `Location` header of the upload’s response.
       */
      id: string;
    };
    query?: {
      /**
       * Language of the sentences and statements: en, zh-Hans. Default: English.
       */
      lang?: string;
      /**
       * Paper size. Default: a4.
       */
      paper?: 'a4' | 'letter';
    };
    headers?: {
      /**
       * The client’s own id of the request, which the response, the problem, the audit log and the server’s log contain. The server ignores an id that is longer or has other characters, and creates its own.
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
   * Download a stored Report as an HTML page
   */
  getInspectionHtml: {
    path: {
      /**
       * Id from the `Location` header of the upload’s response.
       */
      id: string;
    };
    query?: {
      /**
       * Language of the sentences and statements: en, zh-Hans. Default: English.
       */
      lang?: string;
    };
    headers?: {
      /**
       * One or more earlier `ETag` values: if one of them is still current, the response is 304.
       */
      'If-None-Match'?: string;
      /**
       * The client’s own id of the request, which the response, the problem, the audit log and the server’s log contain. The server ignores an id that is longer or has other characters, and creates its own.
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
   * Download a stored Report as JSON
   */
  getInspectionJson: {
    path: {
      /**
       * Id from the `Location` header of the upload’s response.
       */
      id: string;
    };
    query?: {
      /**
       * Language of the sentences and statements: en, zh-Hans. Default: English.
       */
      lang?: string;
      /**
       * Members to return, separated by commas; a dot selects a nested member: `id,report.summary.origin,report.signals.id`.
       */
      fields?: string;
      /**
       * `summary`: only the declared origin, its signer and how much of the file was read, without findings, locations or manifests.
       */
      profile?: 'summary';
    };
    headers?: {
      /**
       * One or more earlier `ETag` values: if one of them is still current, the response is 304.
       */
      'If-None-Match'?: string;
      /**
       * The client’s own id of the request, which the response, the problem, the audit log and the server’s log contain. The server ignores an id that is longer or has other characters, and creates its own.
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
   * Evaluate the rules for another jurisdiction, role or day
   */
  getInspectionLaw: {
    path: {
      /**
       * Id from the `Location` header of the upload’s response.
       */
      id: string;
    };
    query?: {
      /**
       * Day for which the rules are evaluated, as YYYY-MM-DD. Default: the day of the stored Report.
       */
      asOf?: string;
      /**
       * Rulebooks to list clause by clause: their ids, or `all`. Left out: those that `jurisdiction` and `role` select. Separated by commas.
       */
      rulebooks?: string;
      /**
       * Jurisdictions whose law is evaluated, as CN, EU or US-CA; `US` includes its states. Left out: the server’s preset, else all in brief. Separated by commas.
       */
      jurisdiction?: string;
      /**
       * Only clauses that bind these roles: provider, deployer, platform, user, device-maker, publisher, anyone. Left out: the server’s preset, else all. Separated by commas.
       */
      role?: string;
      /**
       * Language of the sentences and statements: en, zh-Hans. Default: English.
       */
      lang?: string;
    };
    headers?: {
      /**
       * One or more earlier `ETag` values: if one of them is still current, the response is 304.
       */
      'If-None-Match'?: string;
      /**
       * The client’s own id of the request, which the response, the problem, the audit log and the server’s log contain. The server ignores an id that is longer or has other characters, and creates its own.
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
   * Read what laws ask for and what the file holds, item by item
   */
  getInspectionLawGrid: {
    path: {
      /**
       * Id from the `Location` header of the upload’s response.
       */
      id: string;
    };
    query?: {
      /**
       * The day for which the rules are evaluated, as YYYY-MM-DD. Left out: today, UTC.
       */
      asOf?: string;
      /**
       * Rulebooks to list clause by clause: their ids, or `all`. Left out: those that `jurisdiction` and `role` select. Separated by commas.
       */
      rulebooks?: string;
      /**
       * Jurisdictions whose law is evaluated, as CN, EU or US-CA; `US` includes its states. Left out: the server’s preset, else all in brief. Separated by commas.
       */
      jurisdiction?: string;
      /**
       * Only clauses that bind these roles: provider, deployer, platform, user, device-maker, publisher, anyone. Left out: the server’s preset, else all. Separated by commas.
       */
      role?: string;
      /**
       * Form of the answer. Default: what `Accept` prefers.
       */
      format?: 'json' | 'csv';
      /**
       * Language of the sentences and statements: en, zh-Hans. Default: English.
       */
      lang?: string;
    };
    headers?: {
      /**
       * One or more earlier `ETag` values: if one of them is still current, the response is 304.
       */
      'If-None-Match'?: string;
      /**
       * The client’s own id of the request, which the response, the problem, the audit log and the server’s log contain. The server ignores an id that is longer or has other characters, and creates its own.
       */
      'X-Request-Id'?: string;
    };
    answers: {
      '200': {
        /**
         * What the laws of some places ask a file to carry on a day, and what the file holds. An item without a cell is not asked for.
         */
        'application/json': {
          schema: 'assay.law-grid/1';
          /**
           * Base name of the file.
           */
          name: string;
          sha256: string;
          /**
           * Day for which the law is evaluated.
           */
          asOf: string;
          roles?: Role[];
          laws: GridLaw[];
          cells: GridCell[];
          [k: string]: unknown;
        };
        'text/csv': string;
      };
    };
  };
  /**
   * Read the Report on one part of the file
   */
  getInspectionPart: {
    path: {
      /**
       * Id from the `Location` header of the upload’s response.
       */
      id: string;
      /**
       * Index of the part in the Report’s `parts`; 0 is the primary asset of the file.
       */
      number: string;
    };
    query?: {
      /**
       * Language of the sentences and statements: en, zh-Hans. Default: English.
       */
      lang?: string;
      /**
       * Members to return, separated by commas; a dot selects a nested member: `id,report.summary.origin,report.signals.id`.
       */
      fields?: string;
      /**
       * `summary`: only the declared origin, its signer and how much of the file was read, without findings, locations or manifests.
       */
      profile?: 'summary';
    };
    headers?: {
      /**
       * One or more earlier `ETag` values: if one of them is still current, the response is 304.
       */
      'If-None-Match'?: string;
      /**
       * The client’s own id of the request, which the response, the problem, the audit log and the server’s log contain. The server ignores an id that is longer or has other characters, and creates its own.
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
   * Download a stored Report as PDF
   */
  getInspectionPdf: {
    path: {
      /**
       * Id from the `Location` header of the upload’s response.
       */
      id: string;
    };
    query?: {
      /**
       * Language of the sentences and statements: en, zh-Hans. Default: English.
       */
      lang?: string;
      /**
       * Paper size. Default: a4.
       */
      paper?: 'a4' | 'letter';
    };
    headers?: {
      /**
       * The client’s own id of the request, which the response, the problem, the audit log and the server’s log contain. The server ignores an id that is longer or has other characters, and creates its own.
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
   * Read one picture
   */
  getInspectionPicture: {
    path: {
      /**
       * Id from the `Location` header of the upload’s response.
       */
      id: string;
      /**
       * Name of the picture, as in the list.
       */
      name: string;
    };
    headers?: {
      /**
       * One or more earlier `ETag` values: if one of them is still current, the response is 304.
       */
      'If-None-Match'?: string;
      /**
       * The client’s own id of the request, which the response, the problem, the audit log and the server’s log contain. The server ignores an id that is longer or has other characters, and creates its own.
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
   * Read the preview picture of the file; for a video, one of its key frames
   */
  getInspectionPreview: {
    path: {
      /**
       * Id from the `Location` header of the upload’s response.
       */
      id: string;
    };
    headers?: {
      /**
       * One or more earlier `ETag` values: if one of them is still current, the response is 304.
       */
      'If-None-Match'?: string;
      /**
       * The client’s own id of the request, which the response, the problem, the audit log and the server’s log contain. The server ignores an id that is longer or has other characters, and creates its own.
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
   * Read the thumbnail that the active manifest contains
   */
  getInspectionThumbnail: {
    path: {
      /**
       * Id from the `Location` header of the upload’s response.
       */
      id: string;
    };
    headers?: {
      /**
       * One or more earlier `ETag` values: if one of them is still current, the response is 304.
       */
      'If-None-Match'?: string;
      /**
       * The client’s own id of the request, which the response, the problem, the audit log and the server’s log contain. The server ignores an id that is longer or has other characters, and creates its own.
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
   * Read the permissions of a key
   */
  getKey: {
    path: {
      /**
       * Id of the key, as in the list of keys.
       */
      id: string;
    };
    headers?: {
      /**
       * The client’s own id of the request, which the response, the problem, the audit log and the server’s log contain. The server ignores an id that is longer or has other characters, and creates its own.
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
   * List what begins or ends in law within twelve months
   */
  getLawCalendar: {
    query?: {
      /**
       * Jurisdictions whose law is evaluated, as CN, EU or US-CA; `US` includes its states. Left out: the server’s preset, else all in brief. Separated by commas.
       */
      jurisdiction?: string;
      /**
       * Only clauses that bind these roles: provider, deployer, platform, user, device-maker, publisher, anyone. Left out: the server’s preset, else all. Separated by commas.
       */
      role?: string;
      /**
       * First day of the twelve months, as YYYY-MM-DD. Default: today.
       */
      from?: string;
    };
    headers?: {
      /**
       * The client’s own id of the request, which the response, the problem, the audit log and the server’s log contain. The server ignores an id that is longer or has other characters, and creates its own.
       */
      'X-Request-Id'?: string;
    };
    answers: {
      '200': {
        'application/json': LawCalendar;
      };
    };
  };
  /**
   * Check that the process is alive
   */
  getLiveness: {
    headers?: {
      /**
       * The client’s own id of the request, which the response, the problem, the audit log and the server’s log contain. The server ignores an id that is longer or has other characters, and creates its own.
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
   * Read the signed head of the log
   */
  getLogHead: {
    headers?: {
      /**
       * The client’s own id of the request, which the response, the problem, the audit log and the server’s log contain. The server ignores an id that is longer or has other characters, and creates its own.
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
   * Read a proof about the log
   */
  getLogProof: {
    query: {
      /**
       * Index of a leaf.
       */
      index?: number;
      /**
       * Tree size of an earlier head.
       */
      from?: number;
      /**
       * Tree size of a head.
       */
      size: number;
    };
    headers?: {
      /**
       * The client’s own id of the request, which the response, the problem, the audit log and the server’s log contain. The server ignores an id that is longer or has other characters, and creates its own.
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
   * Check that the server can accept an upload
   */
  getReadiness: {
    headers?: {
      /**
       * The client’s own id of the request, which the response, the problem, the audit log and the server’s log contain. The server ignores an id that is longer or has other characters, and creates its own.
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
   * Read the status and changes of a re-judgement
   */
  getRejudgement: {
    path: {
      id: string;
    };
    query?: {
      /**
       * Default: 50.
       */
      limit?: number;
      /**
       * Value of `next` from the previous page.
       */
      cursor?: string;
      /**
       * `true`: only changes of the kind `new`.
       */
      new?: boolean;
      /**
       * Language of the sentences and statements: en, zh-Hans. Default: English.
       */
      lang?: string;
    };
    headers?: {
      /**
       * The client’s own id of the request, which the response, the problem, the audit log and the server’s log contain. The server ignores an id that is longer or has other characters, and creates its own.
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
       * Id of the rulebook, as in a finding.
       */
      id: string;
    };
    headers?: {
      /**
       * The client’s own id of the request, which the response, the problem, the audit log and the server’s log contain. The server ignores an id that is longer or has other characters, and creates its own.
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
   * Read the state of an upload
   */
  getUpload: {
    path: {
      id: string;
    };
    headers?: {
      /**
       * The client’s own id of the request, which the response, the problem, the audit log and the server’s log contain. The server ignores an id that is longer or has other characters, and creates its own.
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
   * Read the offset of an upload
   */
  getUploadOffset: {
    path: {
      id: string;
    };
    headers: {
      'Tus-Resumable': '1.0.0';
      /**
       * The client’s own id of the request, which the response, the problem, the audit log and the server’s log contain. The server ignores an id that is longer or has other characters, and creates its own.
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
       * The client’s own id of the request, which the response, the problem, the audit log and the server’s log contain. The server ignores an id that is longer or has other characters, and creates its own.
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
   * List audit log entries
   */
  listAudit: {
    query?: {
      /**
       * Only entries with lower numbers than this: the last number of the previous page.
       */
      before?: number;
      /**
       * Default: 100.
       */
      limit?: number;
      /**
       * Value of `next` from the previous page.
       */
      cursor?: string;
    };
    headers?: {
      /**
       * The client’s own id of the request, which the response, the problem, the audit log and the server’s log contain. The server ignores an id that is longer or has other characters, and creates its own.
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
       * Default: 50.
       */
      limit?: number;
      /**
       * Value of `next` from the previous page.
       */
      cursor?: string;
    };
    headers?: {
      /**
       * The client’s own id of the request, which the response, the problem, the audit log and the server’s log contain. The server ignores an id that is longer or has other characters, and creates its own.
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
       * Default: 50.
       */
      limit?: number;
      /**
       * Value of `next` from the previous page.
       */
      cursor?: string;
      /**
       * `true`: only open cases; `false`: only closed cases.
       */
      open?: boolean;
      /**
       * Only the case with this `caseRef`.
       */
      caseRef?: string;
    };
    headers?: {
      /**
       * The client’s own id of the request, which the response, the problem, the audit log and the server’s log contain. The server ignores an id that is longer or has other characters, and creates its own.
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
       * Default: 50.
       */
      limit?: number;
      /**
       * Value of `next` from the previous page.
       */
      cursor?: string;
      /**
       * Language of the sentences and statements: en, zh-Hans. Default: English.
       */
      lang?: string;
    };
    headers?: {
      /**
       * The client’s own id of the request, which the response, the problem, the audit log and the server’s log contain. The server ignores an id that is longer or has other characters, and creates its own.
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
       * Default: 50.
       */
      limit?: number;
      /**
       * Value of `next` from the previous page.
       */
      cursor?: string;
    };
    headers?: {
      /**
       * The client’s own id of the request, which the response, the problem, the audit log and the server’s log contain. The server ignores an id that is longer or has other characters, and creates its own.
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
   * List stored files that look or sound like this one
   */
  listInspectionMatches: {
    path: {
      /**
       * Id from the `Location` header of the upload’s response.
       */
      id: string;
    };
    query?: {
      /**
       * Default: 20.
       */
      limit?: number;
      /**
       * Language of the sentences and statements: en, zh-Hans. Default: English.
       */
      lang?: string;
      /**
       * Value of `next` from the previous page.
       */
      cursor?: string;
    };
    headers?: {
      /**
       * One or more earlier `ETag` values: if one of them is still current, the response is 304.
       */
      'If-None-Match'?: string;
      /**
       * The client’s own id of the request, which the response, the problem, the audit log and the server’s log contain. The server ignores an id that is longer or has other characters, and creates its own.
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
   * List the pictures of a file, and reasons for missing ones
   */
  listInspectionPictures: {
    path: {
      /**
       * Id from the `Location` header of the upload’s response.
       */
      id: string;
    };
    query?: {
      /**
       * Default: 1000.
       */
      limit?: number;
      /**
       * Value of `next` from the previous page.
       */
      cursor?: string;
    };
    headers?: {
      /**
       * The client’s own id of the request, which the response, the problem, the audit log and the server’s log contain. The server ignores an id that is longer or has other characters, and creates its own.
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
       * Default: 50.
       */
      limit?: number;
      /**
       * Value of `next` from the previous page.
       */
      cursor?: string;
      sha256?: string;
      origin?: Origin;
      backing?: Backing;
      signal?: SignalId;
      /**
       * Only inspections whose Report has a signal of this family, the part of its id before the dot.
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
        | 'file'
        | 'visible';
      outcome?: Outcome;
      rulebook?: string;
      /**
       * Only inspections whose active manifest has a signer with exactly this name.
       */
      signer?: string;
      /**
       * Only inspections created at or after this day or time, RFC 3339.
       */
      from?: string;
      /**
       * Only inspections created before this day or time, RFC 3339.
       */
      to?: string;
      kind?: Kind;
      status?: InspectionStatus;
      caseRef?: string;
      tag?: string;
      batch?: string;
      /**
       * Language of the sentences and statements: en, zh-Hans. Default: English.
       */
      lang?: string;
      /**
       * Members to return, separated by commas; a dot selects a nested member: `id,report.summary.origin,report.signals.id`.
       */
      fields?: string;
    };
    headers?: {
      /**
       * The client’s own id of the request, which the response, the problem, the audit log and the server’s log contain. The server ignores an id that is longer or has other characters, and creates its own.
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
       * Default: 200.
       */
      limit?: number;
      /**
       * Value of `next` from the previous page.
       */
      cursor?: string;
    };
    headers?: {
      /**
       * The client’s own id of the request, which the response, the problem, the audit log and the server’s log contain. The server ignores an id that is longer or has other characters, and creates its own.
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
   * List leaves of the log
   */
  listLogLeaves: {
    query?: {
      /**
       * Index of the first leaf to return.
       */
      from?: number;
      /**
       * Default: 100.
       */
      limit?: number;
      /**
       * Value of `next` from the previous page.
       */
      cursor?: string;
    };
    headers?: {
      /**
       * The client’s own id of the request, which the response, the problem, the audit log and the server’s log contain. The server ignores an id that is longer or has other characters, and creates its own.
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
       * Default: 50.
       */
      limit?: number;
      /**
       * Value of `next` from the previous page.
       */
      cursor?: string;
      /**
       * Language of the sentences and statements: en, zh-Hans. Default: English.
       */
      lang?: string;
    };
    headers?: {
      /**
       * The client’s own id of the request, which the response, the problem, the audit log and the server’s log contain. The server ignores an id that is longer or has other characters, and creates its own.
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
   * List the laws and standards that Assay evaluates
   */
  listRulebooks: {
    query?: {
      /**
       * Default: 1000.
       */
      limit?: number;
      /**
       * Value of `next` from the previous page.
       */
      cursor?: string;
    };
    headers?: {
      /**
       * The client’s own id of the request, which the response, the problem, the audit log and the server’s log contain. The server ignores an id that is longer or has other characters, and creates its own.
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
           * Laws listed with their dates as context. They have no clauses and are not evaluated for files.
           */
          watched: WatchedLaw[];
          [k: string]: unknown;
        };
      };
    };
  };
  /**
   * List the valid links to a report
   */
  listShares: {
    path: {
      /**
       * Id from the `Location` header of the upload’s response.
       */
      id: string;
    };
    query?: {
      /**
       * Default: 50.
       */
      limit?: number;
      /**
       * Value of `next` from the previous page.
       */
      cursor?: string;
    };
    headers?: {
      /**
       * The client’s own id of the request, which the response, the problem, the audit log and the server’s log contain. The server ignores an id that is longer or has other characters, and creates its own.
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
   * List every signal that a Report can contain
   */
  listSignals: {
    query?: {
      /**
       * Default: 1000.
       */
      limit?: number;
      /**
       * Value of `next` from the previous page.
       */
      cursor?: string;
      /**
       * Language of the sentences and statements: en, zh-Hans. Default: English.
       */
      lang?: string;
    };
    headers?: {
      /**
       * The client’s own id of the request, which the response, the problem, the audit log and the server’s log contain. The server ignores an id that is longer or has other characters, and creates its own.
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
           * Backings, strongest first, except `invalid`.
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
   * List the trust lists
   */
  listTrustLists: {
    query?: {
      /**
       * Default: 1000.
       */
      limit?: number;
      /**
       * Value of `next` from the previous page.
       */
      cursor?: string;
    };
    headers?: {
      /**
       * The client’s own id of the request, which the response, the problem, the audit log and the server’s log contain. The server ignores an id that is longer or has other characters, and creates its own.
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
           * Faults of the folder, and of files in it that are not among these lists.
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
       * Default: 50.
       */
      limit?: number;
      /**
       * Value of `next` from the previous page.
       */
      cursor?: string;
    };
    headers?: {
      /**
       * The client’s own id of the request, which the response, the problem, the audit log and the server’s log contain. The server ignores an id that is longer or has other characters, and creates its own.
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
       * Default: 50.
       */
      limit?: number;
      /**
       * Value of `next` from the previous page.
       */
      cursor?: string;
    };
    headers?: {
      /**
       * The client’s own id of the request, which the response, the problem, the audit log and the server’s log contain. The server ignores an id that is longer or has other characters, and creates its own.
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
   * Repeat an inspection
   */
  recheckInspection: {
    path: {
      /**
       * Id from the `Location` header of the upload’s response.
       */
      id: string;
    };
    headers?: {
      /**
       * Id of this request chosen by the client, such as a UUID: 1 to 255 printable ASCII characters, remembered for a day for this API key. A repeated request has no second effect and gets the result of the first one (`Idempotency-Replayed`). After a 4xx response the same value starts a new request; after 5xx the same request continues where the first one ended.
       */
      'Idempotency-Key'?: string;
      /**
       * The client’s own id of the request, which the response, the problem, the audit log and the server’s log contain. The server ignores an id that is longer or has other characters, and creates its own.
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
   * Remove an item from a case
   */
  removeCaseItem: {
    path: {
      id: string;
      item: string;
    };
    headers?: {
      /**
       * One or more `ETag` values from reading the resource in any representation. If it was changed since, nothing is done and the response is 412.
       */
      'If-Match'?: string;
      /**
       * The client’s own id of the request, which the response, the problem, the audit log and the server’s log contain. The server ignores an id that is longer or has other characters, and creates its own.
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
       * The client’s own id of the request, which the response, the problem, the audit log and the server’s log contain. The server ignores an id that is longer or has other characters, and creates its own.
       */
      'X-Request-Id'?: string;
    };
    body: {
      /**
       * Ids of dead letters. Default: all dead letters of this webhook.
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
       * Id from the `Location` header of the upload’s response.
       */
      id: string;
    };
    headers?: {
      /**
       * Id of this request chosen by the client, such as a UUID: 1 to 255 printable ASCII characters, remembered for a day for this API key. A repeated request has no second effect and gets the result of the first one (`Idempotency-Replayed`). After a 4xx response the same value starts a new request; after 5xx the same request continues where the first one ended.
       */
      'Idempotency-Key'?: string;
      /**
       * The client’s own id of the request, which the response, the problem, the audit log and the server’s log contain. The server ignores an id that is longer or has other characters, and creates its own.
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
       * Id of the key, as in the list of keys.
       */
      id: string;
    };
    headers?: {
      /**
       * One or more `ETag` values from reading the resource in any representation. If it was changed since, nothing is done and the response is 412.
       */
      'If-Match'?: string;
      /**
       * The client’s own id of the request, which the response, the problem, the audit log and the server’s log contain. The server ignores an id that is longer or has other characters, and creates its own.
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
       * Id from the `Location` header of the upload’s response.
       */
      id: string;
      shareId: string;
    };
    headers?: {
      /**
       * One or more `ETag` values from reading the resource in any representation. If it was changed since, nothing is done and the response is 412.
       */
      'If-Match'?: string;
      /**
       * The client’s own id of the request, which the response, the problem, the audit log and the server’s log contain. The server ignores an id that is longer or has other characters, and creates its own.
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
       * Id of this request chosen by the client, such as a UUID: 1 to 255 printable ASCII characters, remembered for a day for this API key. A repeated request has no second effect and gets the result of the first one (`Idempotency-Replayed`). After a 4xx response the same value starts a new request; after 5xx the same request continues where the first one ended.
       */
      'Idempotency-Key'?: string;
      /**
       * The client’s own id of the request, which the response, the problem, the audit log and the server’s log contain. The server ignores an id that is longer or has other characters, and creates its own.
       */
      'X-Request-Id'?: string;
    };
    answers: {
      '200': {
        'application/json': {
          /**
           * Signing secret, shown only once. Begins with `whsec_`.
           */
          secret: string;
          /**
           * Time until which messages are also signed with the old secret.
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
       * Language of the sentences and statements: en, zh-Hans. Default: English.
       */
      lang?: string;
    };
    headers?: {
      /**
       * The client’s own id of the request, which the response, the problem, the audit log and the server’s log contain. The server ignores an id that is longer or has other characters, and creates its own.
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
       * Id from the `Location` header of the upload’s response.
       */
      id: string;
    };
    headers?: {
      /**
       * The client’s own id of the request, which the response, the problem, the audit log and the server’s log contain. The server ignores an id that is longer or has other characters, and creates its own.
       */
      'X-Request-Id'?: string;
    };
    body:
      | SealRequest
      | {
          /**
           * Kind of bundle. `full`: with the file (scope `reveal`). `shareable`: with only the file’s SHA-256 and nothing that the Report masks.
           */
          kind: 'full' | 'shareable';
          /**
           * Stated time of sealing, RFC 3339. Default: now.
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
       * The client’s own id of the request, which the response, the problem, the audit log and the server’s log contain. The server ignores an id that is longer or has other characters, and creates its own.
       */
      'X-Request-Id'?: string;
    };
    answers: {
      '200': {
        'application/json': {
          delivered: boolean;
          /**
           * HTTP status that the endpoint returned.
           */
          status?: number;
          /**
           * Reason why the endpoint returned no status, such as `ECONNREFUSED`, `timeout`, `target.private` or `secret.notOpened`.
           */
          code?: string;
          [k: string]: unknown;
        };
      };
    };
  };
  /**
   * Rename, close or reopen a case
   */
  updateCase: {
    path: {
      id: string;
    };
    headers?: {
      /**
       * One or more `ETag` values from reading the resource in any representation. If it was changed since, nothing is done and the response is 412.
       */
      'If-Match'?: string;
      /**
       * The client’s own id of the request, which the response, the problem, the audit log and the server’s log contain. The server ignores an id that is longer or has other characters, and creates its own.
       */
      'X-Request-Id'?: string;
    };
    body: {
      name?: string;
      /**
       * Whether the case is marked as closed. A closed case still accepts changes.
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
       * One or more `ETag` values from reading the resource in any representation. If it was changed since, nothing is done and the response is 412.
       */
      'If-Match'?: string;
      /**
       * The client’s own id of the request, which the response, the problem, the audit log and the server’s log contain. The server ignores an id that is longer or has other characters, and creates its own.
       */
      'X-Request-Id'?: string;
    };
    body: {
      name?: string;
      /**
       * Finding that applies to all items; null removes it.
       */
      finding?: null | ReviewerFindingInput;
      /**
       * Whether webhooks are notified of inspections that match (`match.found`).
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
       * Id from the `Location` header of the upload’s response.
       */
      id: string;
    };
    headers?: {
      /**
       * One or more `ETag` values from reading the resource in any representation. If it was changed since, nothing is done and the response is 412.
       */
      'If-Match'?: string;
      /**
       * Id of this request chosen by the client, such as a UUID: 1 to 255 printable ASCII characters, remembered for a day for this API key. A repeated request has no second effect and gets the result of the first one (`Idempotency-Replayed`). After a 4xx response the same value starts a new request; after 5xx the same request continues where the first one ended.
       */
      'Idempotency-Key'?: string;
      /**
       * The client’s own id of the request, which the response, the problem, the audit log and the server’s log contain. The server ignores an id that is longer or has other characters, and creates its own.
       */
      'X-Request-Id'?: string;
    };
    body: {
      /**
       * The newsroom’s own reference for the story; null removes it.
       */
      caseRef?: string | null;
      /**
       * Tags that replace the existing ones.
       *
       * @maxItems 50
       */
      tags?: string[];
      /**
       * Note that is added to the existing ones.
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
       * One or more `ETag` values from reading the resource in any representation. If it was changed since, nothing is done and the response is 412.
       */
      'If-Match'?: string;
      /**
       * The client’s own id of the request, which the response, the problem, the audit log and the server’s log contain. The server ignores an id that is longer or has other characters, and creates its own.
       */
      'X-Request-Id'?: string;
    };
    body: {
      url?: WebhookUrl;
      /**
       * Events that the webhook receives. Empty or absent: all except `log.head`.
       *
       * @maxItems 7
       */
      events?: EventTypeInput[];
      /**
       * Description for people; null removes it.
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
   * Stream the progress of a batch
   */
  watchBatch: {
    path: {
      id: string;
    };
    headers?: {
      /**
       * `respond-async`: the server responds at once with 202, and a worker inspects the file. `wait=N`: the server delays that response for up to N seconds (60 at most), in case the Report is ready by then.
       */
      Prefer?: string;
      /**
       * The client’s own id of the request, which the response, the problem, the audit log and the server’s log contain. The server ignores an id that is longer or has other characters, and creates its own.
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
   * Stream the status of an inspection
   */
  watchInspection: {
    path: {
      /**
       * Id from the `Location` header of the upload’s response.
       */
      id: string;
    };
    query?: {
      /**
       * Language of the sentences and statements: en, zh-Hans. Default: English.
       */
      lang?: string;
    };
    headers?: {
      /**
       * `respond-async`: the server responds at once with 202, and a worker inspects the file. `wait=N`: the server delays that response for up to N seconds (60 at most), in case the Report is ready by then.
       */
      Prefer?: string;
      /**
       * The client’s own id of the request, which the response, the problem, the audit log and the server’s log contain. The server ignores an id that is longer or has other characters, and creates its own.
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
   * Id of the item; for an inspection that still exists, the id of the inspection.
   */
  id: string;
  /**
   * `ETag` of this resource, for `If-Match`.
   */
  etag?: string;
  kind: CaseItemKind;
  at: string;
  /**
   * Name of the API key that added the item; absent if unknown.
   */
  by?: string;
  inspection?: string;
  text?: string;
  link?: string;
  /**
   * Match as it was when it was added.
   */
  match?: {
    [k: string]: unknown;
  };
  finding?: CaseFinding;
  /**
   * Time and author of the removal; nothing else of the item is stored.
   */
  removed?: {
    at: string;
    by?: string;
    [k: string]: unknown;
  };
  /**
   * Time and reason of the inspection’s deletion.
   */
  gone?: {
    at: string;
    reason: string;
    [k: string]: unknown;
  };
  [k: string]: unknown;
}
/**
 * Finding of a person or an organisation, quoted as theirs.
 *
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "CaseFinding".
 */
export interface CaseFinding {
  /**
   * Claim that was reviewed, as made in public.
   */
  claim: string;
  conclusion: string;
  /**
   * Rating in the authors’ own words.
   */
  rating?: string;
  url?: string;
  /**
   * Day of publication.
   */
  published?: string;
  /**
   * Name under which the finding was published.
   */
  author?: string;
  authorType?: string;
  /**
   * Person or organisation that makes the claim.
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
 * Set of files that are inspected with the same options.
 *
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "Batch".
 */
export interface Batch {
  schema: 'assay.batch/1';
  id: string;
  /**
   * `done`: none of the batch’s inspections is queued or running.
   */
  status: string;
  /**
   * RFC 3339, UTC.
   */
  createdAt: string;
  finishedAt?: string;
  cancelledAt?: string;
  /**
   * Time at which the batch is deleted; absent if it is stored until somebody deletes it.
   */
  expiresAt?: string;
  /**
   * Number of files in the batch when it was created.
   */
  total: number;
  /**
   * Number of inspections by status; deleted inspections are not counted.
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
   * Number of Reports by declared origin; origins without Reports are absent.
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
   * `caseRef` of the case’s inspections; it stays when the name is changed.
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
   * Number of inspections removed, deleted or expired; the items list the first 1000.
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
   * Number of items that no search can find.
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
 * An inspection and its status, which the Report itself does not contain.
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
   * Time at which a worker last started the inspection.
   */
  startedAt?: string;
  /**
   * Time at which the inspection finished, failed or was cancelled.
   */
  finishedAt?: string;
  /**
   * Time at which the inspection will be deleted; absent if it is stored until somebody deletes it.
   */
  expiresAt?: string;
  /**
   * Base name of the file.
   */
  name: string;
  bytes?: number;
  sha256?: string;
  /**
   * Host that served the file, if it was fetched by a link.
   */
  servedBy?: {
    host: string;
    at: string;
    isLengthUnknown?: true;
    [k: string]: unknown;
  };
  /**
   * Number of times that a worker started the inspection.
   */
  attempts: number;
  /**
   * Error; present only if the inspection failed.
   */
  error?: {
    /**
     * Stable code for programs. `attempts-exhausted`: every worker that ran only this inspection ended before it finished. `internal`: the service failed repeatedly. `path-not-allowed`, `not-found`, `not-readable`, `not-a-file`, `changed-while-reading`: the file could not be read at its path. None of these codes says anything about the content of the file.
     */
    code: string;
    message: string;
    [k: string]: unknown;
  };
  /**
   * Time until which the uploaded file stays stored for a retry; present only if the inspection failed.
   */
  uploadKeptUntil?: string;
  /**
   * Id of the inspection whose result was reused: same bytes, options and versions. Results that depend on the file name are this inspection’s own.
   */
  cachedFrom?: string;
  /**
   * The newsroom’s own reference for the story.
   */
  caseRef?: string;
  tags: string[];
  /**
   * Notes by people; absent in lists.
   */
  notes?: {
    id?: string;
    text: string;
    by: string;
    at: string;
    [k: string]: unknown;
  }[];
  /**
   * Id of the batch that the inspection belongs to.
   */
  batch?: string;
  /**
   * Position of the inspection in the batch, from 1.
   */
  batchItem?: number;
  /**
   * Id of the earlier inspection that this inspection rechecks.
   */
  supersedes?: string;
  /**
   * Id of the recheck that came to a different result.
   */
  supersededBy?: string;
  changes?: Changes;
  versions?: Versions;
  /**
   * Summary of the Report, with texts taken from the Report; present only in lists.
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
    /**
     * A trust list confirms the name of the signer.
     */
    signerConfirmed?: true;
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
   * Versions and inputs that differ from the earlier inspection.
   */
  reasons: Change[];
  /**
   * Present only if the file was no longer stored: changed components that therefore did not read it. Integrity and the readers’ results are those of the engine and the readers of the earlier inspection.
   */
  notApplied?: Change[];
  /**
   * Differences between the two Reports; empty if there are none.
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
 * Versions that the result depends on, besides the file and the options.
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
   * Findings for the requested rulebooks, jurisdictions and roles; empty if none were requested.
   */
  findings: Finding[];
  /**
   * One entry for each requested jurisdiction and role; absent in Reports of versions before 0.2.
   */
  law?: Law[];
  fileDates?: FileDate[];
  reads: Reads;
  /**
   * Likely reasons why labels are missing. Present only if Assay read everything and found no label, credential or generator trace, but found the trace of a platform or encoder.
   */
  whyMissing?: WhyMissing[];
  notChecked: NotChecked[];
  /**
   * Assets in the file: the primary asset first, then those after its end or embedded in it. Present only if there is more than one.
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
   * Base name of the file; never a path.
   */
  name: string;
  bytes: number;
  sha256: string;
  /**
   * Media type detected from the bytes, never from the name; `application/octet-stream` if unknown.
   */
  mediaType: string;
  /**
   * Common name of the format, such as `JPEG` or `Canon CR3`.
   */
  format: string;
  kind: Kind;
  /**
   * Media type that the client sent or that the file name extension implies.
   */
  declaredMediaType?: string;
  servedBy?: ServedBy;
  /**
   * Initialisation segment that was used to read the file, if the file is a segment of a stream.
   */
  init?: {
    bytes: number;
    sha256: string;
    [k: string]: unknown;
  };
  streams?: Streams;
  /**
   * Dates that the file states outside the Content Credentials. Nothing proves them, and no rule is evaluated for them.
   */
  claimedDates?: ClaimedDate[];
  [k: string]: unknown;
}
/**
 * Host that served a file fetched by a link, and when. Platforms often remove what a file declares about its origin.
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
   * The host sent no length, so it is unknown whether the whole file was received.
   */
  isLengthUnknown?: true;
  [k: string]: unknown;
}
/**
 * Facts about the picture or the audio and video streams, if they were read.
 *
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "Streams".
 */
export interface Streams {
  /**
   * Container name, as the file gives it.
   */
  container?: string;
  durationSeconds?: number;
  tracks: {
    kind: string;
    /**
     * Codec name, as the file gives it.
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
   * Name of the field.
   */
  name: string;
  /**
   * Date as written, or in ISO 8601 if the format has its own notation; most dates have no time zone.
   */
  value: string;
  carrier: CarrierOrFile;
  /**
   * Location of the field within its carrier.
   */
  locator: string;
  /**
   * Bytes from the start of the file.
   */
  offset?: number;
  /**
   * The writer of the file counted seconds from 1970, although the standard counts from 1904: read by the standard, the date would be before 1970.
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
   * Origin that the file declares, which may differ from what it is. `none`: Assay searched everything and nothing decides the origin. `unknown`: nothing was found, but part of the file was not read.
   */
  origin: string;
  backing?: Backing;
  declared?: Declared;
  headline: Headline;
  facts: FourFacts;
  /**
   * One to three short sentences built from facts.
   */
  sentence: string;
  /**
   * Line that may stand under the published file: its confirmed origin, or that it is not known.
   */
  caption?: string;
  messages?: {
    /**
     * @maxItems 64
     */
    sentence: Message[];
    caption?: Message;
    [k: string]: unknown;
  };
  coverage: Coverage;
  [k: string]: unknown;
}
/**
 * Origin that the Content Credentials declare, including through their ingredients; one of the facts in `sentence`.
 *
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "Declared".
 */
export interface Declared {
  origin: string;
  backing: Backing;
  /**
   * Digital source type that decided `origin`.
   */
  term?: string;
  /**
   * Subject of the declaration: this file (`this`), an earlier version (`ancestor`) or a part (`component`).
   */
  where: string;
  /**
   * Whether a capture was edited afterwards; its `origin` is then `other`.
   */
  editedAfterCapture: boolean;
  /**
   * Statement in the signer’s own words, if no digital source type states the origin.
   */
  statement?: string;
  /**
   * Claim generator or software agent of the manifest that contains the declaration.
   */
  agent?: string;
  /**
   * Software agent named in the action that contains the declaration.
   */
  tool?: string;
  /**
   * Label of the manifest that contains the declaration; absent if it is the active manifest.
   */
  manifest?: string;
  /**
   * Whether the signer of the active manifest also signed that manifest, compared by certificates, never by name alone. Absent if it is the active manifest.
   */
  signedBy?: string;
  /**
   * Only with `ancestor`: whether an action that perceptibly changes the content was recorded after it. If none was recorded, the declaration applies to this file.
   */
  edited?: boolean;
  /**
   * Only with `ancestor`: actions recorded after it, each kind once, in order, at most 16. `c2pa.edited (visible watermark)`, `(invisible watermark)` or `(watermark)` if the signer states that the edit was only that; such an edit does not set `edited`.
   */
  followedBy?: string[];
  [k: string]: unknown;
}
/**
 * Headline shown first to readers.
 *
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "Headline".
 */
export interface Headline {
  /**
   * Id of the message in the catalogues.
   */
  id: string;
  params?: Params;
  /**
   * Headline of at most 12 words that can be quoted on its own, in the language of `tool.language`.
   */
  text: string;
  [k: string]: unknown;
}
/**
 * Values for the message’s placeholders: each a text, a number, a nested message, or a list of these.
 *
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "Params".
 */
export interface Params {
  [k: string]: unknown;
}
/**
 * Four facts: who signed, whether the file changed since, what is stated about AI, and when.
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
   * The fact in a few words.
   */
  text: string;
  messages?: {
    text?: Message;
    [k: string]: unknown;
  };
  /**
   * Date of the fact; only in `when`.
   */
  day?: string;
  [k: string]: unknown;
}
/**
 * Language-independent form of the text member of the same name: id of a message in the catalogues, and values for its placeholders.
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
 * How much of the file Assay read. Checks that run only on request (`--deep`) do not count.
 *
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "Coverage".
 */
export interface Coverage {
  /**
   * `complete`: Assay read every carrier that can hold a label in this format to its end. `nothing`: Assay read none of them.
   */
  state: string;
  /**
   * Carriers that Assay read only in part or not at all, so that a label in them would be missed.
   */
  unread: {
    carrier: Carrier;
    /**
     * Same value as in `reads`.
     */
    code?: string;
    params?: Params;
    /**
     * Same value as in `reads`.
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
   * Whether Content Credentials exist. `unreadable`: Assay located a manifest store but could not read it. `unsupported`: Assay did not or could not search for credentials; `reads.c2pa` gives the reason.
   */
  presence: string;
  integrity?: Integrity;
  /**
   * Status codes that decided `integrity`, or a keyword if no status code applies.
   */
  integrityCauses?: string[];
  ingredientIntegrity?: Integrity;
  /**
   * Only with `intact`: status codes of formal faults, such as `claim.malformed` for a label, although the signature, hashes and binding are valid.
   */
  formFaults?: string[];
  /**
   * Address of a remote manifest store, as plain text; Assay never fetches it.
   */
  remoteUrl?: string;
  /**
   * Reason why certificates, claims or timestamps could not be read from the file’s own bytes.
   */
  bytesFault?: string;
  /**
   * Facts that remain unknown because of `bytesFault`; all others are known. `signer`: which list contains the signer; `time`: when the file was signed; `binding`: what the hash excludes; `claims`: what the C2PA rubric reads; `statements`: what the active manifest states; `backing`: whether signers are vouched for.
   */
  bytesFaultMissing?: string[];
  engine?: UsedEngine;
  /**
   * Label of the active manifest.
   */
  activeManifest?: string;
  /**
   * Whether the manifest store was read from a separate file.
   */
  sidecar?: boolean;
  secondOpinion?: SecondOpinion;
  /**
   * Only with `altered`, in scans: hash of the bytes that Assay computed instead of running a second engine.
   */
  ownHash?: {
    algorithm: string;
    stated: string;
    found: string;
    [k: string]: unknown;
  };
  /**
   * Only with `altered`: reason why only one engine reports it. Absent if the other engine was run and gave a result.
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
   * Status codes that only one engine reported: `-` only the first engine, `+` only the second.
   */
  differences: string[];
  /**
   * Integrity of the active manifest only. Absent if there are no credentials.
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
   * Certification authority, if the certificate itself was read.
   */
  issuer?: string;
  /**
   * Serial number of the signer’s certificate; `[serial number: masked]` unless revealed.
   */
  serial?: string;
  trust: Trust;
  /**
   * Reason why the signer is unlisted or was not checked.
   */
  trustReason?: string;
  /**
   * Name of the trust list that `trust` refers to.
   */
  list?: string;
  messages?: {
    trustReason?: Message;
    list?: Message;
    [k: string]: unknown;
  };
  conformance?: Conformance;
  /**
   * Kind of match on the list: an issuer (`anchor`) or the certificate itself (`allowed`).
   */
  through?: string;
  /**
   * Issue date of the trust list that `trust` refers to.
   */
  listDate?: string;
  /**
   * Certificate chain: the signer’s own certificate first, each issued by the next, up to the anchor if a list has one.
   */
  certificates?: Certificate[];
  [k: string]: unknown;
}
/**
 * Conforming product identified by the name in the signer’s certificate, if the conforming products list has it.
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
   * Value from the record in the conforming products list.
   */
  assuranceLevel?: string;
  /**
   * Value from the record in the conforming products list.
   */
  status?: string;
  /**
   * Signals that this manifest raises although the product’s record disallows them.
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
   * Common name, else organisation, of the certificate’s subject.
   */
  subject?: string;
  /**
   * Common name, else organisation, of the certificate’s issuer.
   */
  issuer?: string;
  /**
   * Serial number in decimal digits; absent for an issuer of which the list states only facts. For the signer’s own certificate: `[serial number: masked]` unless revealed.
   */
  serial?: string;
  /**
   * RFC 3339.
   */
  from: string;
  /**
   * RFC 3339.
   */
  until: string;
  /**
   * SHA-256 of the certificate’s DER, lower-case hexadecimal. Masked for the signer’s own certificate, like its serial number.
   */
  sha256: string;
  /**
   * Source of the certificate: the signature (`file`), or only the trust list (`list`).
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
   * Reason why an attached timestamp yields no time: it does not match the signature, or it could not be read or checked.
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
   * Name and date of the list that `authorityTrust` refers to.
   */
  authorityList?: string;
  messages?: {
    timestampReason?: Message;
    authorityList?: Message;
    [k: string]: unknown;
  };
  /**
   * Same value as `timestamp`, present only if the authority is on a list, which makes the time proven.
   */
  proven?: string;
  /**
   * Label of the manifest that contains the timestamp (`c2pa.time-stamp`): the signature existed by then, and may be older. Absent if the signature itself contains it.
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
   * JUMBF URI that the code refers to.
   */
  url?: string;
  /**
   * Explanation in the words of the engine.
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
   * Number of steps from the active manifest; absent if unreachable from it.
   */
  depth?: number;
  integrity: Integrity;
  /**
   * Value as written in the manifest.
   */
  claimGenerator?: string;
  claimVersion?: number;
  /**
   * Text from the file, as written.
   */
  title?: string;
  /**
   * Organisation or common name in the signer’s certificate.
   */
  signer?: string;
  trust?: Trust;
  /**
   * Validity of the signer’s certificate at the time of use.
   */
  validity?: string;
  /**
   * A revocation response states that the signer’s certificate was revoked.
   */
  revoked?: boolean;
  /**
   * Time of the manifest’s timestamp, RFC 3339.
   */
  time?: string;
  /**
   * Same value as `time`, present only if the timestamp authority is on a list.
   */
  proven?: string;
  /**
   * Label of the manifest that contains that timestamp (`c2pa.time-stamp`): the signature existed by then, and may be older. Absent if the signature itself contains it.
   */
  provenIn?: string;
  /**
   * C2PA version that the claim names.
   */
  specVersion?: string;
  /**
   * Whether this is an update manifest, which changes no content.
   */
  update?: boolean;
  /**
   * JUMBF URIs that the signer removed.
   */
  redacted?: string[];
  /**
   * Byte ranges or boxes that the hard binding excludes.
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
   * Value as written in the manifest.
   */
  digitalSourceType?: string;
  /**
   * Name and version.
   */
  softwareAgent?: string;
  /**
   * Text from the file, as written.
   */
  description?: string;
  /**
   * Time claimed by the signer; not proven.
   */
  when?: string;
  /**
   * Regions of the picture that the action states as changed (`changes`), as written.
   */
  regions?: StatedRegion[];
  /**
   * The action states more changes than `regions` has: too many, or in a form that is not read.
   */
  moreRegions?: true;
  [k: string]: unknown;
}
/**
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "StatedRegion".
 */
export interface StatedRegion {
  shape: string;
  /**
   * Percent of the width and height of the picture, or pixels; from its top left.
   */
  unit: string;
  origin?: Point;
  /**
   * Of a circle, its diameter around the origin.
   */
  width?: number;
  height?: number;
  vertices?: Point[];
  [k: string]: unknown;
}
/**
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "Point".
 */
export interface Point {
  x: number;
  y: number;
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
   * Text from the file, as written.
   */
  title?: string;
  /**
   * Media type as written.
   */
  format?: string;
  /**
   * Label of the ingredient’s manifest in this store; absent if it has none.
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
   * Text from the file, shortened if long, or a result determined by Assay (`messages`).
   */
  value?: string;
  messages?: {
    value?: Message;
    [k: string]: unknown;
  };
  grade?: Grade;
  /**
   * Facts parsed at these locations, as written in the file.
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
   * Kind of fact: `model`, `prompt`, `seed`, `provider`, …
   */
  name: string;
  /**
   * Text from the file, shortened if long, or a result determined by Assay (`messages`). Absent if masked.
   */
  value?: string;
  messages?: {
    value?: Message;
    [k: string]: unknown;
  };
  /**
   * Kind of personal data that the value is. The value is omitted unless that kind is revealed.
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
   * Carrier in the file’s structure.
   */
  carrier: string;
  /**
   * Location within the carrier: JUMBF URI, XMP path, box path, chunk, or tag name.
   */
  locator: string;
  /**
   * Bytes from the start of the file.
   */
  offset?: number;
  /**
   * The signal was found in an XMP sidecar, not in the file.
   */
  sidecar?: true;
  /**
   * Row of docs/signatures.md, or mark of docs/visible-marks.md, that matched at this location.
   */
  row?: string;
  region?: Region;
  [k: string]: unknown;
}
/**
 * Where in the picture the mark is seen.
 *
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "Region".
 */
export interface Region {
  corner: Corner;
  /**
   * Pixels from the left edge of the picture as a viewer shows it, EXIF rotation applied.
   */
  left: number;
  /**
   * Pixels from the upper edge.
   */
  top: number;
  /**
   * Width in pixels.
   */
  width: number;
  /**
   * Height in pixels.
   */
  height: number;
  /**
   * Width of the whole picture as shown, to draw the region on a smaller copy.
   */
  pictureWidth: number;
  /**
   * Height of the whole picture as shown.
   */
  pictureHeight: number;
  /**
   * Likeness to the drawn shape (normalised correlation). Not a probability.
   */
  correlation?: number;
  /**
   * Seconds from the start of a video.
   */
  seconds?: number[];
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
   * Description of the contradiction.
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
   * Article, section or annex that contains the clause.
   */
  provision: string;
  /**
   * Clause as the instrument numbers it.
   */
  clause: string;
  /**
   * Requirement of the clause in short, in the language of `tool.language`.
   */
  title: string;
  /**
   * Result of evaluating the clause against the file’s signals. Never states whether a law was obeyed. `outside-clause`: the clause does not speak of such a file; `not-triggered`: nothing in the file brings it into play, and it may still apply; `kind-not-read`: it covers this kind of file, and Assay does not read it.
   */
  outcome: string;
  kind?: ClauseKind;
  /**
   * Ids of required or forbidden parts of the clause that were found; the suffix after a dot is the form that was found.
   */
  found?: string[];
  /**
   * Ids of parts of the clause that were not found.
   */
  missing?: string[];
  /**
   * Ids of parts of the clause that Assay could not search for.
   */
  unread?: string[];
  /**
   * Id of the exception that applies to the file.
   */
  excepted?: string;
  /**
   * Signals that decided the outcome. `indeterminate` without any signal: the kind of file is unknown.
   */
  because: SignalId[];
  /**
   * Statement composed of the rulebook’s texts, the outcome and the signals that decided it, in the language of `tool.language`.
   */
  statement: string;
  /**
   * Language of title and statement, present if it differs from `tool.language` because the rulebook has no texts in that language.
   */
  language?: string;
  next: NextStep;
  binds: Role[];
  status: RuleStatus;
  /**
   * Period in which the clause is in force: first day inclusive, last day exclusive. Empty if it is not law yet.
   */
  inForce: {
    from?: string;
    until?: string;
    [k: string]: unknown;
  };
  /**
   * Periods by group, if the clause begins later for some than for others; `cohort` names the group.
   */
  periods?: {
    from: string;
    until?: string;
    cohort?: string;
    [k: string]: unknown;
  }[];
  /**
   * Passages of `statement` that are quoted from the law.
   */
  quotations?: {
    text: string;
    language: string;
    [k: string]: unknown;
  }[];
  reference: Reference;
  /**
   * Conditions of the clause that no file shows; the statement names them.
   */
  onlyIf?: ClauseCondition[];
  /**
   * Signer of the rulebook: `assay` for Assay’s own text, otherwise the name of the trusted key.
   */
  bookSigner: string;
  /**
   * False: the rule is based on secondary sources and must be rechecked against the official text.
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
 * Law of one jurisdiction, and of one role if roles were requested: by rulebook, the clauses whose outcome says something about the file.
 *
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "Law".
 */
export interface Law {
  /**
   * Jurisdiction as requested; `US` includes its states.
   */
  jurisdiction: string;
  role?: Role;
  books: LawOfBook[];
  [k: string]: unknown;
}
/**
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "LawOfBook".
 */
export interface LawOfBook {
  /**
   * Rulebook id.
   */
  rulebook: string;
  kind: BookKind;
  /**
   * Signer of the rulebook: `assay` for Assay’s own text, otherwise the name of the trusted key.
   */
  bookSigner: string;
  clauses: ClauseAnswer[];
  [k: string]: unknown;
}
/**
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "ClauseAnswer".
 */
export interface ClauseAnswer {
  /**
   * Rule id, unique in its rulebook.
   */
  rule: string;
  outcome: Outcome;
  /**
   * Items that the clause asks a file to carry, one by one.
   */
  items?: ItemOutcome[];
  [k: string]: unknown;
}
/**
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "ItemOutcome".
 */
export interface ItemOutcome {
  item: LawItem;
  outcome: Outcome;
  [k: string]: unknown;
}
/**
 * Date stated in the file. Rules are evaluated only for `tool.asOf`.
 *
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "FileDate".
 */
export interface FileDate {
  day: string;
  /**
   * `proven`: the date comes from a timestamp of a listed authority.
   */
  is: string;
  carrier: string;
  /**
   * Name of the field, or `timestamp`.
   */
  name: string;
  [k: string]: unknown;
}
/**
 * Result of reading each carrier. `absent` is reported only if Assay searched the carrier.
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
   * Stable code of the reason why the carrier was not read, or of the error. With `found`: the carrier was read only in part.
   */
  code?: string;
  params?: Params;
  /**
   * The reason given by `code`, as text for people.
   */
  reason?: string;
  /**
   * Remarks on how the carrier was read.
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
   * Ids of the signals that show which platform or encoder the file passed through.
   *
   * @minItems 1
   */
  because: SignalId[];
  /**
   * Metadata that this platform or encoder usually removes. A general observation, never a verdict on this file.
   */
  says: string;
  /**
   * Source of that observation, and its date.
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
   * Subject that this report cannot determine.
   */
  what: string;
  /**
   * Reason why this report cannot determine it.
   */
  why: string;
  /**
   * Parties that could determine it.
   */
  ask?: string;
  messages?: {
    what?: Message;
    why?: Message;
    ask?: Message;
    [k: string]: unknown;
  };
  /**
   * Address of the vendor’s page. Assay never requests it.
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
   * Media type detected from the part’s bytes.
   */
  mediaType?: string;
  /**
   * Offset in bytes from the start of the file, or of the part given by `within`.
   */
  offset: number;
  bytes: number;
  /**
   * Location of this part in the file’s structure.
   */
  locator: string;
  /**
   * Name that the file gives to this part.
   */
  name?: string;
  /**
   * Index in this list of the part that contains this part.
   */
  within?: number;
  /**
   * SHA-256 of the part’s own bytes.
   */
  sha256?: string;
  signed: SignedState;
  outcome?: PartOutcome;
  /**
   * Stable code of the reason why the part was not inspected.
   */
  code?: string;
  /**
   * The reason given by `code`, as text for people.
   */
  reason?: string;
  messages?: {
    reason?: Message;
    [k: string]: unknown;
  };
  [k: string]: unknown;
}
/**
 * Summary of a report on the part alone. It makes no statement about the file.
 *
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "PartOutcome".
 */
export interface PartOutcome {
  /**
   * Common name of the format.
   */
  format: string;
  kind: Kind;
  origin: Origin;
  backing?: Backing;
  /**
   * Headline of the part’s own report.
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
     * Name of the signer, from the certificate.
     */
    name?: string;
    trust: Trust;
    standing?: SignerStanding;
    [k: string]: unknown;
  };
  /**
   * Signals that state how the part was made.
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
     * Name of the trust list.
     */
    name: string;
    messages?: {
      name?: Message;
      [k: string]: unknown;
    };
    date?: string;
    /**
     * Time by which the publisher announced the next edition.
     */
    nextUpdate?: string;
    [k: string]: unknown;
  }[];
  rulebooks: {
    id: string;
    /**
     * Date of this edition of the text.
     */
    edition: string;
    /**
     * ISO 3166 code, `EU` or `INT`.
     */
    jurisdiction: string;
    /**
     * Law, voluntary code, or practice of platforms and standards.
     */
    kind: string;
    /**
     * SHA-256 of the rulebook’s clauses and texts, and of what a layer of law adds or disables.
     */
    digest?: string;
    signer?: BookSigner;
    /**
     * Clauses that were not evaluated.
     */
    disabled?: DisabledClause[];
    /**
     * Title of the rulebook, in the language of `tool.language`.
     */
    title: string;
    [k: string]: unknown;
  }[];
  /**
   * Language of the sentences and statements in this document; absent means English.
   */
  language?: string;
  /**
   * Day for which the rules were evaluated.
   */
  asOf: string;
  /**
   * Source of `asOf`: requested by the caller (`requested`), or the day of the inspection in UTC (`today`).
   */
  asOfSource: string;
  /**
   * Kinds of personal data that the caller requested; all others are masked.
   */
  revealed?: Personal[];
  /**
   * Isolation of the process that read the file. `sandbox`: without access to other files or the network. `process`: only a separate process, because this machine has no sandbox or is configured to run without one.
   */
  isolation?: string;
  /**
   * Reason why no sandbox was used. `switched-off`: the operator disabled it. `not-installed`: the machine has none. `refused`: the sandbox did not work. `too-slow`: no process started in it in time.
   */
  isolationReason?: string;
  [k: string]: unknown;
}
/**
 * Who signed the text; absent if it is Assay’s own.
 *
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "BookSigner".
 */
export interface BookSigner {
  name: string;
  /**
   * SHA-256 of the public key.
   */
  key: string;
  [k: string]: unknown;
}
/**
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "DisabledClause".
 */
export interface DisabledClause {
  /**
   * Rule id.
   */
  rule: string;
  /**
   * Signal that this version of Assay does not know.
   */
  signal?: string;
  /**
   * Clause as the instrument numbers it.
   */
  clause?: string;
  /**
   * Name of the signer whose layer of law disables the clause.
   */
  by?: string;
  /**
   * The signer’s reason, as written.
   */
  reason?: string;
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
   * Name of the API key that created this key.
   */
  createdBy?: string;
  expiresAt?: string;
  revokedAt?: string;
  /**
   * Time of the last use, to the minute.
   */
  lastUsedAt?: string;
  [k: string]: unknown;
}
/**
 * Law options used if the client sets none.
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
 * Limits of the key; the service’s limits apply to absent members.
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
 * Evaluation of stored Reports under the law now in force, without their files.
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
   * Digest of the rulebooks that were evaluated.
   */
  law?: string;
  counts: {
    /**
     * Sum of `judged`, `superseded` and `notJudged`.
     */
    reports: number;
    judged: number;
    changed: number;
    newFindings: number;
    endedFindings: number;
    /**
     * Number of Reports in which only outcomes that found nothing changed; these changes are not listed.
     */
    otherwise: number;
    /**
     * Number of Reports judged for their own requested day; their signers were not checked again.
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
   * Summary of the result; present once the re-judgement is done.
   */
  summary?: string;
  notes: string[];
  changes?: {
    inspection: string;
    rulebook: string;
    rule: string;
    before?: Outcome;
    /**
     * Outcome before. Absent: the Report did not list the clause, or it did not exist.
     */
    after?: string;
    /**
     * Kind of change. `new`: the clause now says something about the file.
     */
    is: string;
    asOf: string;
    /**
     * Id of the inspection that supersedes this one.
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
   * `ETag` of this resource, for `If-Match`.
   */
  etag?: string;
  createdAt: string;
  /**
   * Name of the API key that created the link.
   */
  createdBy: string;
  /**
   * Time at which the link expires, RFC 3339, UTC. Never later than the report itself.
   */
  expiresAt: string;
  /**
   * Whether the link shows the notes that existed when it was created.
   */
  notes: boolean;
  /**
   * Whether the link shows the preview pictures stored with the report.
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
   * Events that the webhook receives. Empty or absent: all except `log.head`.
   *
   * @maxItems 7
   */
  events: EventType[];
  /**
   * Description for people.
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
   * Reason why the webhook is disabled. `gone`: the endpoint responded 410. `asked`: a PATCH request disabled it.
   */
  reason: string;
  [k: string]: unknown;
}
/**
 * Stored files that look or sound alike. They are not part of a Report, because the result changes with the archive.
 *
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "Matches".
 */
export interface Matches {
  schema: 'assay.matches/1';
  inspection?: string;
  /**
   * `pending`: the file’s fingerprint is being computed. `not-searchable`: `reasons` gives the causes.
   */
  state: string;
  /**
   * Reasons why the file could not be compared; with `partly`, a part of it was compared.
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
   * Number of stored files that could not be searched; a match among them is missed.
   */
  notSearchable: number;
  /**
   * Whether there are more matches than are returned.
   */
  more: boolean;
  /**
   * Files stored just before may not have been searched; retry later.
   */
  behind?: true;
  /**
   * Matches, nearest first.
   */
  matches: Match[];
  /**
   * Value of `cursor` for the next nearest matches; only for a stored inspection.
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
   * Id of the inspection in which the match was found; otherwise `scan` and `path`, or `collection` and `item`, are given.
   */
  inspection?: string;
  /**
   * Id of the scan.
   */
  scan?: string;
  /**
   * Path as in the scan’s record.
   */
  path?: string;
  pathBytes?: string;
  collection?: string;
  item?: string;
  /**
   * Name of the file or the item.
   */
  name?: string;
  sha256?: string;
  kind: FingerprintKind;
  /**
   * Number of bits in which the two fingerprints differ.
   */
  distance: number;
  of: 256;
  /**
   * `same`: at most 31 bits; `similar`: at most 60.
   */
  tier: string;
  /**
   * Rotation or mirroring of the requested file relative to the match.
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
   * Declarations of the matching file, as in its own Report. They say nothing about the file of the request.
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
    /**
     * A trust list confirms the name of the signer.
     */
    signerConfirmed?: true;
    [k: string]: unknown;
  };
  case?: string;
  /**
   * Notes that people wrote about the match.
   */
  notes?: {
    text: string;
    by?: string;
    at?: string;
    [k: string]: unknown;
  }[];
  finding?: ReviewerFinding;
  /**
   * Time and origin of the matching file: inspection, batch, scan or collection.
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
   * Address of a preview picture; absent if none is stored.
   */
  preview?: string;
  /**
   * Address of the stored manifest store of the matching file; requires the scope `reveal`.
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
   * Schema of the Report.
   */
  report: string;
  /**
   * Formats that Assay detects from the bytes, never from the name. Other files are hashed and reported as unrecognised.
   */
  formats: {
    mediaType: string;
    format: string;
    kind: Kind;
    endings: string[];
    /**
     * Whether Assay reads files of this format. False: Assay recognises the format but reads nothing in such files.
     */
    read: boolean;
    /**
     * Whether an official C2PA SDK reads manifests in this format.
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
     * Whether the engine’s binary for this machine is installed.
     */
    present: boolean;
    /**
     * Use of this engine that follows from the operator’s choice of engine.
     */
    used: string;
    [k: string]: unknown;
  }[];
  /**
   * Whether this server can create links to reports.
   */
  shares: boolean;
  /**
   * Whether this server searches for files that look or sound alike.
   */
  fingerprints: boolean;
  /**
   * Links that this server fetches.
   */
  fetch: string;
  rulebooks: string[];
  presets: LawPresets;
  missing: {
    part: string;
    /**
     * Function that this host lacks as a result.
     */
    lost: string;
    [k: string]: unknown;
  }[];
  [k: string]: unknown;
}
/**
 * Law options used if neither the client nor its key sets any.
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
 * Metadata of one file, field by field with locations (assay.evidence/1).
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
   * Carriers in which Assay read something; their fields are in the order of the file.
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
       * Tag, property or keyword, as written in its standard or in the file.
       */
      name: string;
      /**
       * Location within the carrier, in the notation that the signals of the Report use.
       */
      locator: string;
      /**
       * Offset in bytes from the start of the file; for XMP, the start of the packet.
       */
      offset?: number;
      /**
       * Length in bytes, if known.
       */
      bytes?: number;
      /**
       * Value as text, as written; only its beginning if `characters` is greater than its length.
       */
      value?: string;
      /**
       * Number of characters in the whole value, if the value was shortened or withheld.
       */
      characters?: number;
      /**
       * Kinds of personal data that the value is or may contain. The value is omitted unless all of these kinds are revealed.
       */
      withheld?: Personal[];
      [k: string]: unknown;
    }[];
    /**
     * Number of further fields that were omitted because there are too many.
     */
    more?: number;
    [k: string]: unknown;
  }[];
  /**
   * @maxItems 8
   */
  labels: {
    /**
     * Kind of label: an implicit label of GB 45438, or IPTC’s digital source type.
     */
    label: string;
    carrier: TextCarrier;
    /**
     * Location within the carrier, in the notation that the signals of the Report use.
     */
    locator: string;
    /**
     * Offset of the label’s first byte from the start of the file.
     */
    offset?: number;
    /**
     * Length of the whole label in bytes.
     */
    bytes?: number;
    /**
     * First bytes of the label, at most 256, in hexadecimal; two dots stand for a masked byte.
     */
    hex?: string;
    /**
     * Bytes of `hex` that are masked.
     */
    masked?: number;
    /**
     * Reason why no bytes are shown: the exact offset is unknown; the label is not stored as plain text there, or is too far from it; or its value is withheld.
     */
    why?: string;
    [k: string]: unknown;
  }[];
  /**
   * Kinds of personal data that the caller requested.
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
   * Day for which the rules were evaluated.
   */
  asOf: string;
  /**
   * One entry for each requested jurisdiction and role; absent in Reports of versions before 0.2.
   */
  law?: Law[];
  fileDates?: FileDate[];
  /**
   * Findings for the requested rulebooks, jurisdictions and roles; empty if none were requested.
   */
  findings: Finding[];
  [k: string]: unknown;
}
/**
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "GridLaw".
 */
export interface GridLaw {
  rulebook: string;
  jurisdiction: string;
  kind: BookKind;
  title: string;
  edition: string;
  /**
   * Signer of the rulebook: `assay` for Assay’s own text, otherwise the name of the trusted key.
   */
  bookSigner: string;
  [k: string]: unknown;
}
/**
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "GridCell".
 */
export interface GridCell {
  item: LawItem;
  rulebook: string;
  rule: string;
  /**
   * Law in short.
   */
  law: string;
  /**
   * Clause as it is cited in the language of the answer.
   */
  clause: string;
  /**
   * Requirement of the clause in short.
   */
  title: string;
  answer: GridAnswer;
  /**
   * The answer in words, with the parts that were found or are missing.
   */
  text: string;
  binds: Role[];
  /**
   * Who must do it, in words.
   */
  bindsText: string;
  /**
   * Conditions of the clause that no file shows.
   */
  onlyIf?: ClauseCondition[];
  onlyIfText?: string;
  status: RuleStatus;
  /**
   * First day inclusive, last day exclusive.
   */
  inForce: {
    from?: string;
    until?: string;
    [k: string]: unknown;
  };
  /**
   * To whom the clause applies since which day, if it begins later for some.
   */
  cohorts: string[];
  /**
   * First places in the file where the item was found.
   *
   * @maxItems 3
   */
  locators: Basis[];
  /**
   * Number of further places in the file where the item was found.
   */
  locatorsLeftOut?: number;
  source: GridSource;
  [k: string]: unknown;
}
/**
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "GridSource".
 */
export interface GridSource {
  title: string;
  address?: string;
  locator?: string;
  [k: string]: unknown;
}
/**
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "LawCalendar".
 */
export interface LawCalendar {
  /**
   * First day of the calendar.
   */
  from: string;
  /**
   * Last day of the calendar.
   */
  to: string;
  changes: ClauseChange[];
  /**
   * Changes of law without clauses here, for every role.
   */
  watched: WatchedLawChange[];
  [k: string]: unknown;
}
/**
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "ClauseChange".
 */
export interface ClauseChange {
  /**
   * First day of the change.
   */
  on: string;
  change: string;
  /**
   * ISO 3166 code, `EU`, or `INT` for standards and practice that are not law.
   */
  jurisdiction: string;
  rulebook: string;
  law: TextInLanguages;
  /**
   * Law, voluntary code, or practice of platforms and standards.
   */
  kind: string;
  rule: string;
  clause: string;
  title: TextInLanguages;
  asks: TextInLanguages;
  binds: Role[];
  /**
   * Conditions that no file shows; all must hold. Each statement of the clause names them.
   */
  onlyIf?: ClauseCondition[];
  /**
   * The clause binds only those who adopted it.
   */
  voluntary?: true;
  /**
   * Group concerned; absent if it applies to all.
   */
  cohort?: string;
  whom?: TextInLanguages;
  supersededBy?: string;
  reference: Reference;
  /**
   * Who signed the rulebook; `assay` for Assay’s own.
   */
  bookSigner: string;
  [k: string]: unknown;
}
/**
 * Text by language. Books of Assay have English and Simplified Chinese; others have English at least.
 *
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "TextInLanguages".
 */
export interface TextInLanguages {
  en: string;
  zh?: string;
  [k: string]: string | undefined;
}
/**
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "WatchedLawChange".
 */
export interface WatchedLawChange {
  on: string;
  /**
   * `due`: its sources are to be read again, because a change was expected.
   */
  change: string;
  id: string;
  jurisdiction: string;
  state: string;
  instrument: TextInLanguages;
  asks: TextInLanguages;
  reference: {
    title: string;
    address?: string;
    [k: string]: unknown;
  };
  [k: string]: unknown;
}
/**
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "LogHead".
 */
export interface LogHead {
  origin: string;
  /**
   * Number of leaves.
   */
  size: number;
  /**
   * Verifier key in the format of C2SP’s signed-note.
   */
  verifierKey: string;
  /**
   * Signed head in the format of C2SP’s tlog-checkpoint.
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
     * Check of the sandbox. The status is also `ok` without a sandbox if none is required; `level` gives the isolation.
     */
    sandbox?: {
      status: string;
      /**
       * Result of the check as text for people.
       */
      words: string;
      /**
       * Isolation of the next inspection, as in `tool.isolation` of its Report.
       */
      level: string;
      /**
       * Reason why no sandbox is used, as in `tool.isolationReason`.
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
   * Result of the check as text for people.
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
   * ISO 3166 code, `EU`, or `INT` for standards and practice that are not law.
   */
  jurisdiction: string;
  /**
   * Law, voluntary code, or practice of platforms and standards.
   */
  kind: string;
  instrument: {
    /**
     * Official name, in English.
     */
    title: string;
    originalTitle?: string;
    /**
     * Language of the original title (BCP 47).
     */
    language?: string;
    /**
     * Number under which the instrument is cited.
     */
    number?: string;
    /**
     * Address of the instrument’s official page.
     */
    address: string;
    [k: string]: unknown;
  };
  /**
   * Date of this edition of the text; `.2` marks the second edition of a day.
   */
  edition: string;
  rules: Rule[];
  title: TextInLanguages2;
  about: TextInLanguages3;
  /**
   * SHA-256 of the rulebook’s clauses and texts.
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
   * Article, section or annex that contains the clause.
   */
  provision: string;
  /**
   * Complete number of the clause in the instrument, because it is quoted on its own.
   */
  clause: string;
  /**
   * Clause of this rulebook that asks for one disclosure of which this clause is an item; counts hold the disclosure once.
   */
  itemOf?: string;
  kind: ClauseKind;
  subject?: string;
  binds: Role[];
  covers: CoveredKind[];
  /**
   * Conditions that no file shows; all must hold. Each statement of the clause names them.
   */
  onlyIf?: ClauseCondition[];
  /**
   * Items that the clause asks a file to carry; absent if it asks for none of them, as a rule on the form of a label.
   */
  items?: ClauseItem[];
  /**
   * The clause binds only those who adopted it.
   */
  voluntary?: true;
  /**
   * The clause is not law yet.
   */
  pending?: true;
  supersededBy?: string;
  sources: Source[];
  checkAgainOn?: string;
  trigger?: Condition;
  /**
   * Values by outcome of the clause.
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
   * True only if the official text, or a copy of it, was read for this rule.
   */
  verified: boolean;
  /**
   * Grade of the sources. A: official text or summary; B2: two other sources give the wording; B: fewer; C: memory.
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
   * Values by outcome of the clause.
   */
  statements: {
    [k: string]: TextInLanguages;
  };
  [k: string]: unknown;
}
/**
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "ClauseItem".
 */
export interface ClauseItem {
  item: LawItem;
  /**
   * Parts of the clause that together are the item; absent if the clause has no parts.
   */
  parts?: string[];
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
  /**
   * SHA-256 of the text that was read.
   */
  sha256?: string;
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
 * Text by language. Books of Assay have English and Simplified Chinese; others have English at least.
 */
export interface TextInLanguages1 {
  en: string;
  zh?: string;
  [k: string]: string | undefined;
}
/**
 * Text by language. Books of Assay have English and Simplified Chinese; others have English at least.
 */
export interface TextInLanguages2 {
  en: string;
  zh?: string;
  [k: string]: string | undefined;
}
/**
 * Text by language. Books of Assay have English and Simplified Chinese; others have English at least.
 */
export interface TextInLanguages3 {
  en: string;
  zh?: string;
  [k: string]: string | undefined;
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
   * Time at which the upload is deleted, finished or not.
   */
  expiresAt: string;
  /**
   * Number of bytes received.
   */
  offset: number;
  /**
   * Size of the whole file in bytes; absent if not yet known.
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
   * Number of the entry, ascending in the order of writing.
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
   * Id in the request’s URL.
   */
  subject?: string;
  /**
   * HTTP status of the response.
   */
  status: number;
  /**
   * Id of the request, as in `X-Request-Id`.
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
   * `ETag` of this resource, for `If-Match`.
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
   * Kinds of fingerprint by which the item can be found; empty if there are none.
   */
  kinds: FingerprintKind[];
  missing: {
    kind: string;
    code: string;
    text: string;
    [k: string]: unknown;
  }[];
  /**
   * Address of the item’s preview picture.
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
     * Name of the picture: `preview` of the file, `large` if the file is larger, `waveform` of a sound, `thumbnail` of the active manifest, `stored` in EXIF, `frame-1` and following of a video, `manifest-2` of the Report’s `contentCredentials.manifests[2]`, `ingredient-2` of the only ingredient of that manifest that has no manifest itself, `inside-2` of the Report’s `parts[2]`, a picture inside a document, mail or archive.
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
     * Whether the file is damaged and the picture shows only the part that could be decoded.
     */
    damaged?: boolean;
    /**
     * For a key frame: its time is at or before this many seconds; for a waveform: its length in seconds.
     */
    seconds?: number;
    /**
     * Whether the sound is longer than its waveform.
     */
    cut?: boolean;
    [k: string]: unknown;
  }[];
  missing: {
    kind: string;
    /**
     * Stable code for programs.
     */
    code: string;
    /**
     * Reason why this picture does not exist.
     */
    reason: string;
    [k: string]: unknown;
  }[];
  /**
   * Difference between the picture stored in EXIF and the file’s own picture.
   */
  stored?: {
    /**
     * Number of bits in which the two perceptual hashes differ.
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
   * Content of the leaf; absent once its retention period is over.
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
   * Date of this edition of the text.
   */
  edition: string;
  /**
   * SHA-256 of the rulebook’s clauses and texts.
   */
  digest?: string;
  clauses: number;
  /**
   * Number of clauses based on secondary sources and not yet compared with the official text.
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
  until?: string;
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
   * Carriers that can contain the signal; empty if it concerns the file as a whole.
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
  /**
   * The dated copy that comes with Assay is in use, because none is installed.
   */
  shipped?: true;
  sha256?: string;
  /**
   * Date that the publisher gave the list, `YYYY-MM-DD`.
   */
  issueDate?: string;
  /**
   * Time at which the list was fetched or imported.
   */
  fetchedAt?: string;
  ageDays?: number;
  /**
   * Time by which the publisher announced the next edition.
   */
  nextUpdate?: string;
  /**
   * Publisher’s number of the edition.
   */
  sequence?: number;
  /**
   * Address from which the list was fetched.
   */
  url?: string;
  /**
   * Day since which the publisher no longer updates the list.
   */
  frozen?: string;
  /**
   * Number of certificates by purpose; absent if the file could not be used.
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
   * Faults that prevent the list from being used.
   */
  faults: TrustListNote[];
  /**
   * Warnings about a list that is used but needs attention.
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
   * The note given by `code`, as text for people.
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
     * HTTP status that the endpoint returned.
     */
    status?: number;
    /**
     * Reason why the endpoint returned no status, such as `ECONNREFUSED`, `timeout`, `target.private` or `secret.notOpened`.
     */
    code?: string;
    [k: string]: unknown;
  };
  /**
   * Body of the message, exactly as signed and sent.
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
   * Kind of bundle. `full`: with the file (scope `reveal`). `shareable`: with only the file’s SHA-256 and nothing that the Report masks.
   */
  kind: 'full' | 'shareable';
  /**
   * Stated time of sealing, RFC 3339. Default: now.
   */
  at?: string;
  lang?: 'en' | 'zh-Hans';
}
/**
 * Media that a page shows, to choose from. Assay has requested none of them.
 *
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "Media".
 */
export interface Media {
  schema: 'assay.media/1';
  page: {
    url: string;
    /**
     * Text as written in the page.
     */
    title?: string;
    [k: string]: unknown;
  };
  media: {
    url: string;
    kind: string;
    /**
     * Place in the page where the medium was found.
     */
    from: string;
    /**
     * Width in pixels, as stated by the page.
     */
    width?: number;
    /**
     * Text as written in the page.
     */
    alt?: string;
    /**
     * Reason why a request would be refused, judged by the address alone.
     */
    refused?: string;
    [k: string]: unknown;
  }[];
  /**
   * Number of further media in the page that are not listed.
   */
  leftOut?: number;
  /**
   * Players in the page for which the page gives no media file.
   */
  players?: {
    kind: string;
    host?: string;
    [k: string]: unknown;
  }[];
  /**
   * Set if the page is longer than the part that Assay reads.
   */
  isCut?: true;
  [k: string]: unknown;
}
/**
 * Problem details (RFC 9457).
 *
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "Problem".
 */
export interface Problem {
  /**
   * Address of the page about this code: `/problems/<code>`.
   */
  type: string;
  /**
   * Title, identical for every problem with this code.
   */
  title: string;
  status: number;
  /**
   * Stable code for programs.
   */
  code: string;
  /**
   * Description of this occurrence for people.
   */
  detail: string;
  /**
   * Id of the request as a URN; the server’s log contains it.
   */
  instance: string;
  /**
   * Fields of the request that are invalid.
   */
  errors?: {
    /**
     * JSON Pointer to the field, such as `/asOf`.
     */
    pointer: string;
    detail: string;
    [k: string]: unknown;
  }[];
  [k: string]: unknown;
}
/**
 * Event as sent to webhooks. It contains only essential data; request the rest with an API key.
 *
 * This interface was referenced by `Operations`'s JSON-Schema
 * via the `definition` "WebhookMessage".
 */
export interface WebhookMessage {
  /**
   * Type of the event. `webhook.test`: test message requested by a client.
   */
  type: string;
  /**
   * RFC 3339.
   */
  timestamp: string;
  /**
   * Data of the event: the id, and those other members that apply. If the message exceeds 20000 bytes, only the id is sent.
   */
  data: {
    /**
     * Id of the object that the event concerns; in a test message, id of the webhook.
     */
    id: string;
    /**
     * `inspection.done`: origin that the file declares, as in the Report.
     */
    origin?: string;
    /**
     * `inspection.done`: headline of the Report; `text` is in English.
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
     * `inspection.done`: whether the result of an earlier inspection was reused.
     */
    cached?: boolean;
    /**
     * `inspection.failed`: code of the failure.
     */
    code?: string;
    /**
     * `inspection.superseded`: id of the recheck.
     */
    supersededBy?: string;
    /**
     * The newsroom’s own reference for the story.
     */
    caseRef?: string;
    /**
     * Tags set by the newsroom.
     */
    tags?: string[];
    /**
     * Id of the batch that the inspection belongs to.
     */
    batch?: string;
    /**
     * Position of the inspection in the batch, from 1.
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
    message?: {
      id: string;
      params?: {
        [k: string]: unknown;
      };
      [k: string]: unknown;
    };
    list?: string;
    /**
     * `match.found`: id of the collection that contains the matching item.
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
     * `log.head`: signed head in the format of C2SP’s tlog-checkpoint.
     */
    head?: string;
    /**
     * `match.found`: there are more matches than were searched or are returned.
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
  getInspectionLawGrid: { method: 'GET', path: '/v1/inspections/{id}/law-grid', bodies: [], takesKey: false },
  getInspectionPart: { method: 'GET', path: '/v1/inspections/{id}/parts/{number}', bodies: [], takesKey: false },
  getInspectionPdf: { method: 'GET', path: '/v1/inspections/{id}/report.pdf', bodies: [], takesKey: false },
  getInspectionPicture: { method: 'GET', path: '/v1/inspections/{id}/pictures/{name}', bodies: [], takesKey: false },
  getInspectionPreview: { method: 'GET', path: '/v1/inspections/{id}/preview', bodies: [], takesKey: false },
  getInspectionThumbnail: { method: 'GET', path: '/v1/inspections/{id}/thumbnail', bodies: [], takesKey: false },
  getKey: { method: 'GET', path: '/v1/keys/{id}', bodies: [], takesKey: false },
  getLawCalendar: { method: 'GET', path: '/v1/law/calendar', bodies: [], takesKey: false },
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
