import type { TSchema } from 'typebox';
import { Compile, type Validator } from 'typebox/compile';
import { ParamsSchema, REFERENCED_SCHEMAS } from '../../base/message-schema.js';
import type { Params } from '../../i18n/message.js';
import {
  type Observation,
  ObservationSchema,
  type ReadingAttachments,
  ReadingAttachmentsSchema,
} from '../report/report.js';
import { type RawRulebook, RulebookSchema } from './rulebook.js';

/**
 * Validators used during every start, one per schema. The build replaces this module with the same functions as
 * generated code (scripts/plain-checks.js), because loading the schema library and compiling these takes longer than
 * reading a small file.
 */
export const schemas = {
  isObservation: ObservationSchema,
  isBesideReport: ReadingAttachmentsSchema,
  isRulebook: RulebookSchema,
  isParams: ParamsSchema,
};

/** Compiled on first use: the build, which generates their code, validates nothing, and few tests use all of them. */
function checkOf(schema: TSchema): (value: unknown) => boolean {
  let check: Validator | undefined;
  return (value) => {
    check ??= Compile(REFERENCED_SCHEMAS, schema);
    return check.Check(value);
  };
}

const observation = checkOf(ObservationSchema);
const besideReport = checkOf(ReadingAttachmentsSchema);
const rulebook = checkOf(RulebookSchema);
const params = checkOf(ParamsSchema);

export const isObservation = (value: unknown): value is Observation => observation(value);
export const isBesideReport = (value: unknown): value is ReadingAttachments => besideReport(value);
export const isRulebook = (value: unknown): value is RawRulebook => rulebook(value);
export const isParams = (value: unknown): value is Params => params(value);
