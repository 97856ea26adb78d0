import { join } from 'node:path';
import type { Config } from './config.js';
import { buildApp } from './http/app.js';
import { UploadDirectory } from './http/upload-directory.js';
import type { Inspector } from './isolation/inspector.js';
import { DiskStore } from './store/disk.js';

export interface RunningServer {
  address: string;
  /** Lets those inside finish for a while, then closes the inspector too. */
  stop(): Promise<void>;
}

/** After this the connections still open are cut; service managers usually wait longer before they kill. */
const GRACE_MILLIS = 10_000;
const SIGNALS = ['SIGTERM', 'SIGINT'] as const;

/** Wires the door to the disk and listens. Rejects with the system's error where it cannot. */
export async function startServer(config: Config, inspector: Inspector): Promise<RunningServer> {
  await new UploadDirectory(join(config.dataDir, 'uploads')).clear();
  const store = await DiskStore.open(join(config.dataDir, 'inspections'), config.keepInspections);
  const app = await buildApp({ config, inspector, store, log: process.stderr });
  const address = await app.listen({ host: config.host, port: config.port });

  let stopping: Promise<void> | undefined;
  const stop = (): Promise<void> => {
    // From here on a signal does what it does by itself: a second one ends the process at once.
    for (const signal of SIGNALS) process.off(signal, stop);
    stopping ??= (async () => {
      const cut = setTimeout(() => app.server.closeAllConnections(), GRACE_MILLIS);
      await app.close();
      clearTimeout(cut);
      await inspector.close();
    })();
    return stopping;
  };
  for (const signal of SIGNALS) process.on(signal, stop);

  process.stderr.write(`assay listens on ${address}\n`);
  return { address, stop };
}
