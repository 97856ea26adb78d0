import { verifyBag } from '../../../../src/service/sealing/verify.ts';

// Checks a bundle as a user without access to some of its files, because root can access everything.
const [path] = process.argv.slice(2);
if (process.getuid() === 0) process.seteuid(65534);
const answer = await verifyBag(path).then(
  ({ problems }) => ({ problems }),
  ({ code }) => ({ refused: code }),
);
process.stdout.write(JSON.stringify(answer));
