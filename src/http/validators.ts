import AjvCompiler from '@fastify/ajv-compiler';

type Factory = AjvCompiler.BuildCompilerFromPool;
type Compile = ReturnType<Factory>;
type Validator = ReturnType<Compile>;

/** A check that stands for itself until a request is held to it. */
interface Later {
  validator: Validator;
  compiled(): Validator;
}

let compile: (() => Compile) | undefined;
const checks = new Map<string, Later>();

/**
 * What makes the checks of requests. Fastify would make one for each scope of routes, hold all published schemas against
 * those of the others each time, and compile what many routes have in common once for each. Here there is one a process,
 * each schema is compiled once, however many routes and servers have it, and only when the first request is held to it: to
 * compile them all took a sixth of a server's start. That all of them can be compiled is for a test to say.
 */
export const oneValidator: Factory = (schemas, options) => {
  compile ??= once(() => AjvCompiler()(schemas, options));
  const compiler = compile;
  return (route) => {
    const { schema } = Object(route) as { schema?: unknown };
    const text = JSON.stringify(schema);
    const check = checks.get(text) ?? later(() => compiler()(route));
    checks.set(text, check);
    return check.validator;
  };
};

/** Compiles what no request was held to yet; how many checks there are. Throws where a schema is none. */
export function compileChecks(): number {
  for (const { compiled } of checks.values()) compiled();
  return checks.size;
}

/** Fastify calls it, and reads what it left on itself: neither before there is a request. */
function later(make: () => Validator): Later {
  const compiled = once(make);
  const validator = new Proxy(neverCalled, {
    apply: (_, self, args) => Reflect.apply(compiled(), self, args),
    get: (_, name) => Reflect.get(compiled(), name),
  });
  return { validator, compiled };
}

const neverCalled = (() => false) as unknown as Validator;

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
