export type { Retries } from './again.js';
export type {
  Batch,
  Inspection,
  Operations,
  Problem,
  Readiness,
  Report,
  Rulebook,
  WebhookMessage,
} from './api.js';
export { OPERATIONS } from './api.js';
export type { Answer, Ask, OperationId } from './calls.js';
export {
  AssayClient,
  type BatchOptions,
  type ClientOptions,
  type Inspected,
  type InspectOptions,
  type InspectUploadOptions,
  type WaitOptions,
} from './client.js';
export { AssayError } from './error.js';
export type { UploadOptions } from './upload.js';
export { WebhookError, webhookMessage } from './webhook.js';
