import { ESCAPE_CALLS } from '../src/inspect/sandbox/seccomp.ts';
import { SYSTEM_CALLS } from '../src/inspect/sandbox/system-calls.ts';

/** System calls of bubblewrap for creating a sandbox as an ordinary user, in addition to those of any program. */
const BUBBLEWRAP = ['clone', 'mount', 'pivot_root', 'umount2', 'unshare'];
/** Named pipes, and a variant of `open` that Docker's own rules allow. */
const USUAL = ['mknod', 'mknodat', 'openat2', 'socketpair'];

const AF_VSOCK = 40;
const ENOSYS = 38;

/**
 * Returns system call rules for a container, in the form of Docker, Podman and the container runtimes. All other calls
 * are refused with EPERM, as under Docker's own rules.
 */
export function dockerSeccomp() {
  const known = new Set([...SYSTEM_CALLS.values()].flatMap(({ numbers }) => [...numbers.keys()]));
  const open = [...BUBBLEWRAP, ...USUAL];
  const names = [...known].filter((name) => !ESCAPE_CALLS.includes(name) || open.includes(name)).sort();
  const profile = {
    defaultAction: 'SCMP_ACT_ERRNO',
    defaultErrnoRet: 1,
    archMap: [
      { architecture: 'SCMP_ARCH_X86_64', subArchitectures: [] },
      { architecture: 'SCMP_ARCH_AARCH64', subArchitectures: [] },
    ],
    syscalls: [
      { names, action: 'SCMP_ACT_ALLOW' },
      // Sockets between virtual machines and their host.
      {
        names: ['socket'],
        action: 'SCMP_ACT_ALLOW',
        args: [{ index: 0, value: AF_VSOCK, op: 'SCMP_CMP_NE' }],
      },
      // Its flags are in memory, where the filter cannot check them; with ENOSYS, programs fall back to `clone`.
      { names: ['clone3'], action: 'SCMP_ACT_ERRNO', errnoRet: ENOSYS },
    ],
  };
  return `${JSON.stringify(profile, null, 2)}\n`;
}
