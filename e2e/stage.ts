import { after, before } from 'node:test';
import type { Browser } from 'playwright-core';
import { launchBrowser } from './browser.ts';
import { startServer, type TestServer } from './server.ts';

/** What most tests of pages need; there while the tests run. */
export interface Stage {
  readonly server: TestServer;
  readonly browser: Browser;
}

/** A server of this tree and a browser, for all tests of the `describe` that calls this. */
export function openStage(): Stage {
  let stage: Stage | undefined;
  const opened = (): Stage => {
    if (!stage) throw new Error('The stage is open within tests alone.');
    return stage;
  };
  before(async () => {
    const [server, browser] = await Promise.all([startServer(), launchBrowser()]);
    stage = { server, browser };
  });
  after(async () => {
    await stage?.browser.close();
    await stage?.server.close();
  });
  return {
    get server() {
      return opened().server;
    },
    get browser() {
      return opened().browser;
    },
  };
}
