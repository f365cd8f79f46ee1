import { writeFileSync } from 'node:fs';

/** A web-test-runner reporter that writes how many tests passed to JAMZ_COUNTS. */
export function wtrCounts() {
  return {
    stop({ sessions }) {
      if (!process.env.JAMZ_COUNTS) return;
      const counts = { passed: 0, failed: 0, skipped: 0 };
      for (const session of sessions) {
        const tests = testsIn(session.testResults);
        for (const test of tests) {
          counts[test.skipped ? 'skipped' : test.passed ? 'passed' : 'failed'] += 1;
        }
        const silent = tests.every((test) => test.passed || test.skipped);
        if (!session.passed && silent) counts.failed += 1;
      }
      writeFileSync(process.env.JAMZ_COUNTS, JSON.stringify(counts));
    },
  };
}

function testsIn(suite) {
  if (!suite) return [];
  return [...(suite.tests ?? []), ...(suite.suites ?? []).flatMap(testsIn)];
}
