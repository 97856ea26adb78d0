/** Entry point of the library; see docs/library.md. Anything not exported here may change in any release. */

export { VERSION } from './base/version.js';
export type { EngineChoice } from './core/c2pa/engine-names.js';
export { type ListedSignal, signalList as listSignals } from './core/detectors/signal-list.js';
export type { EvidenceView } from './core/report/evidence-view.js';
export type { Role } from './core/report/rule-terms.js';
export type { Personal } from './core/signals/personal.js';
export { LANGUAGES, type Language } from './i18n/languages.js';
export { AssayError, type ErrorCode } from './library/error.js';
export { evaluate, evaluateLaw, type LawEvaluation } from './library/evaluate.js';
export type { FileInput } from './library/input.js';
export { type InspectionWithParts, inspect, inspectParts, readEvidence } from './library/inspect.js';
export type { EvaluateOptions, InspectOptions } from './library/options.js';
export type { Finding, Report, Signal, SignalId } from './report.js';
