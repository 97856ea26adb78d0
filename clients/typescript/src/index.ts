export type { Inspection, Operations, Problem, Readiness, Report, Rulebook, WebhookMessage } from './api.js';
export { OPERATIONS } from './api.js';
export { type Answer, type Ask, AssayClient, type ClientOptions, type OperationId } from './client.js';
export { AssayError } from './error.js';
