interface Operation {
  parameters?: unknown[];
  responses?: Record<string, { headers?: Record<string, unknown> }>;
}

interface Described {
  paths: Record<string, Record<string, Operation>>;
  components: Record<string, unknown>;
}

const HEADER = 'X-Request-Id';

/** Describes the request id once and references it, because every operation takes one and every answer has one. */
export function describeRequestId({ paths, components }: Described): void {
  const schema = { type: 'string', maxLength: 128, pattern: '^[A-Za-z0-9._-]+$' };
  components['parameters'] = {
    RequestId: {
      name: HEADER,
      in: 'header',
      required: false,
      description:
        'The client’s own id of the request, which the response, the problem, the audit log and the server’s log contain. The server ' +
        'ignores an id that is longer or has other characters, and creates its own.',
      schema: { type: 'string' },
    },
  };
  components['headers'] = {
    RequestId: { description: 'Id of the request: the client’s own id if it sent a valid one.', schema },
  };
  const operations = Object.values(paths).flatMap((item) => Object.values(item));
  for (const operation of operations) {
    operation.parameters = [...(operation.parameters ?? []), { $ref: '#/components/parameters/RequestId' }];
    for (const response of Object.values(operation.responses ?? {})) {
      response.headers = { ...response.headers, [HEADER]: { $ref: '#/components/headers/RequestId' } };
    }
  }
}
