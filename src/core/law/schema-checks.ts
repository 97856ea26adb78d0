import { Compile } from 'typebox/compile';
import type { Params } from '../../say/said.js';
import { ParamsSchema } from '../ground/told.js';
import {
  type BesideReport,
  BesideReportSchema,
  type Observation,
  ObservationSchema,
} from '../report/report.js';
import { RulebookSchema, type WrittenRulebook } from './rulebook.js';

/**
 * What is checked on the way of every start, one function a schema. The build writes the same functions as plain code
 * in the place of this module (scripts/plain-checks.js): the schema library takes longer to load and to compile
 * these than a small file takes to read.
 */
export const schemas = {
  isObservation: ObservationSchema,
  isBesideReport: BesideReportSchema,
  isRulebook: RulebookSchema,
  isParams: ParamsSchema,
};

const observation = Compile(ObservationSchema);
const besideReport = Compile(BesideReportSchema);
const rulebook = Compile(RulebookSchema);
const params = Compile(ParamsSchema);

export const isObservation = (value: unknown): value is Observation => observation.Check(value);
export const isBesideReport = (value: unknown): value is BesideReport => besideReport.Check(value);
export const isRulebook = (value: unknown): value is WrittenRulebook => rulebook.Check(value);
export const isParams = (value: unknown): value is Params => params.Check(value);
