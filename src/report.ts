/** Entry point `assay/report`: only the Report's schema and types, for programs that read Reports without making them. */

export type { EvidenceView } from './core/report/evidence-view.js';
export { EvidenceViewSchema } from './core/report/evidence-view.js';
export type { LocalizedFinding as Finding } from './core/report/finding-schema.js';
export { FindingSchema } from './core/report/finding-schema.js';
export type { LocalizedReport as Report } from './core/report/report.js';
export { ErrorRecordSchema, ReportSchema } from './core/report/report.js';
export type { Signal, SignalId } from './core/report/signal.js';
