const LISTEN_FAULTS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'something else listens there already',
  EADDRNOTAVAIL: 'this machine has no such address',
  EACCES: 'that needs more rights',
  ENOTFOUND: 'there is no such host',
};

/** Why a port cannot be had, for people; undefined where that is not what went wrong. */
export function cannotListen(error: unknown): string | undefined {
  if (!(error instanceof Error && 'syscall' in error && 'code' in error)) return undefined;
  const { syscall, code } = error;
  return syscall === 'listen' || syscall === 'getaddrinfo' ? LISTEN_FAULTS[String(code)] : undefined;
}
