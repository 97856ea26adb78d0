import Type, { type Static } from 'typebox';
import { PROBLEM_CODES, PROBLEMS, type ProblemCode } from './problems.js';
import { requestUrn } from './request-id.js';

const FieldErrorSchema = Type.Object(
  {
    pointer: Type.String({ description: 'JSON Pointer to the field, as `/asOf`.' }),
    detail: Type.String(),
  },
  { additionalProperties: false },
);

export const ProblemSchema = Type.Object(
  {
    type: Type.String({ description: 'Address of a page about this code: `/problems/<code>`.' }),
    title: Type.String({ description: 'The same for every problem of this code.' }),
    status: Type.Integer({ minimum: 400, maximum: 599 }),
    code: Type.Enum(PROBLEM_CODES, { description: 'Stable; made for programs.' }),
    detail: Type.String({ description: 'What happened this time, for people.' }),
    instance: Type.String({ description: 'The request’s id as a URN; the server’s log knows it.' }),
    errors: Type.Optional(Type.Array(FieldErrorSchema, { description: 'The fields that are wrong.' })),
  },
  {
    additionalProperties: false,
    $id: 'Problem',
    title: 'Problem',
    description: 'What went wrong (RFC 9457).',
  },
);

export type ProblemBody = Static<typeof ProblemSchema>;
export type FieldError = Static<typeof FieldErrorSchema>;

interface ProblemOptions {
  /** For people. Left out: the code's meaning. Never holds more of the client's words than a bounded name. */
  detail?: string;
  errors?: FieldError[];
  headers?: Record<string, string>;
  cause?: unknown;
}

/** Thrown anywhere behind the door; answered by answer-problem.ts. */
export class Problem extends Error {
  override name = 'Problem';
  readonly status: number;
  readonly detail: string;
  readonly errors: FieldError[] | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    readonly code: ProblemCode,
    options: ProblemOptions = {},
  ) {
    super(PROBLEMS[code].title, { cause: options.cause });
    this.status = PROBLEMS[code].status;
    this.detail = options.detail ?? PROBLEMS[code].meaning;
    this.errors = options.errors;
    this.headers = options.headers ?? {};
  }

  body(requestId: string): ProblemBody {
    return {
      type: `/problems/${this.code}`,
      title: PROBLEMS[this.code].title,
      status: this.status,
      code: this.code,
      detail: this.detail,
      instance: requestUrn(requestId),
      ...(this.errors === undefined ? {} : { errors: this.errors }),
    };
  }
}

/** One wrong field. `name` may be the client's own; it is made showable and cut before it gets here. */
export function badField(name: string, detail: string): Problem {
  // RFC 6901 section 4: these two have a meaning in a pointer.
  const pointer = `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  return new Problem('bad-field', { detail: `The field “${name}” ${detail}`, errors: [{ pointer, detail }] });
}
