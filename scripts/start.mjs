// `npm start [-- --lan …]`: from a fresh clone to a running playground. Node 20 or newer.
import { ensureBuilt, ensureInstalled, node24, run, say } from './bootstrap.mjs';

// The server stops by itself on these; this process waits for it and hands on its exit status.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {});

try {
  await ensureInstalled();
  await ensureBuilt();
  process.exitCode = await run(node24, ['server/main.ts', 'serve', ...process.argv.slice(2)]);
} catch (error) {
  say(error.message);
  process.exitCode = 1;
}
