// One of the processes that `run.ts` starts: told which schedules to run, it tells what they gave.
import { runSchedules } from './run.ts';

process.once('message', (share) => {
  void runSchedules(share as Parameters<typeof runSchedules>[0]).then((figures) => {
    process.send?.(figures, () => process.disconnect());
  });
});
