import type { BrowserLauncher } from '@web/test-runner-core';
import type { EngineKind, TestEngine, TestTab } from '../../e2e/engines/engine.ts';

/** Lets web-test-runner run its pages in an engine of the end-to-end tests, one tab after the other. */
export function engineLauncher({ name, start }: EngineKind): BrowserLauncher {
  let started: Promise<TestEngine> | undefined;
  const open = new Map<string, { readonly tab: TestTab; readonly url: string }>();
  return {
    name,
    type: 'engine',
    // One window: of two tabs, only the one in front draws frames.
    concurrency: 1,
    /** Here, where nothing waits impatiently yet: on a busy machine a browser takes its time. */
    async initialize() {
      started = start();
      await started;
    },
    async startSession(sessionId, url) {
      const engine = await started;
      if (!engine) throw new Error(`${name} has not been started.`);
      open.set(sessionId, { tab: await engine.open(url), url });
    },
    isActive: (sessionId) => open.has(sessionId),
    getBrowserUrl: (sessionId) => open.get(sessionId)?.url,
    async stopSession(sessionId) {
      const session = open.get(sessionId);
      open.delete(sessionId);
      await session?.tab.close();
      return {};
    },
    async stop() {
      await (await started)?.close();
      started = undefined;
    },
    startDebugSession() {
      return Promise.reject(new Error(`${name} has nobody who could look at it here.`));
    },
  };
}
