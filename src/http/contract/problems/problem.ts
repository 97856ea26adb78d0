import Type, { type Static } from 'typebox';
import { type Message, message } from '../../../i18n/message.js';
import type { Translator } from '../../../i18n/translator.js';
import type { Scope } from '../../../storage/access/scopes.js';
import { requestUrn } from '../request-id.js';
import { PROBLEM_CODES, PROBLEMS, type ProblemCode } from './problems.js';

const FieldErrorSchema = Type.Object(
  {
    pointer: Type.String({ description: 'JSON Pointer to the field, such as `/asOf`.' }),
    detail: Type.String(),
  },
  { additionalProperties: false },
);

export const ProblemSchema = Type.Object(
  {
    type: Type.String({ description: 'Address of the page about this code: `/problems/<code>`.' }),
    title: Type.String({ description: 'Title, identical for every problem with this code.' }),
    status: Type.Integer({ minimum: 400, maximum: 599 }),
    code: Type.Enum(PROBLEM_CODES, { description: 'Stable code for programs.' }),
    detail: Type.String({ description: 'Description of this occurrence for people.' }),
    instance: Type.String({ description: 'Id of the request as a URN; the server’s log contains it.' }),
    errors: Type.Optional(
      Type.Array(FieldErrorSchema, { description: 'Fields of the request that are invalid.' }),
    ),
  },
  {
    additionalProperties: false,
    $id: 'Problem',
    title: 'Problem',
    description: 'Problem details (RFC 9457).',
  },
);

export type ProblemBody = Static<typeof ProblemSchema>;

/** One invalid field: its pointer, and what is expected there. */
interface FieldFault {
  pointer: string;
  detail: Message;
}

interface ProblemOptions {
  /**
   * Details of this occurrence. Left out: the meaning of the code. Contains no more of the client's text than a bounded
   * name.
   */
  detail?: Message;
  errors?: FieldFault[];
  headers?: Record<string, string>;
  cause?: unknown;
}

/** Error of a request, thrown anywhere in the HTTP module and answered by answer-problem.ts. */
export class Problem extends Error {
  override name = 'Problem';
  readonly status: number;
  readonly detail: Message;
  readonly errors: FieldFault[] | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    readonly code: ProblemCode,
    options: ProblemOptions = {},
  ) {
    super(code, { cause: options.cause });
    this.status = PROBLEMS[code];
    this.detail = options.detail ?? message(`problem.${code}.meaning`);
    this.errors = options.errors;
    this.headers = options.headers ?? {};
  }

  body(requestId: string, speech: Translator): ProblemBody {
    return {
      type: `/problems/${this.code}`,
      title: speech.text(`problem.${this.code}.title`),
      status: this.status,
      code: this.code,
      detail: speech.translate(this.detail),
      instance: requestUrn(requestId),
      ...(this.errors && {
        errors: this.errors.map(({ pointer, detail }) => ({ pointer, detail: speech.translate(detail) })),
      }),
    };
  }
}

/** Returns the problem of one invalid field. `name` may come from the client; callers clean it for display and cut it. */
export function badField(name: string, detail: Message): Problem {
  // RFC 6901 section 4: these two characters are escaped in a pointer.
  const pointer = `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  return new Problem('bad-field', {
    detail: message('problem.field', { name, what: detail }),
    errors: [{ pointer, detail }],
  });
}

/** Returns the problem that names the missing scope. */
export function scopeMissing(scope: Scope): Problem {
  return new Problem('scope-missing', {
    detail: message('problem.scope-missing.scope', { scope }),
    headers: { 'www-authenticate': `Bearer realm="assay", error="insufficient_scope", scope="${scope}"` },
  });
}
