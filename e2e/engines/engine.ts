/** A browser that a test drives, whichever it is. */
export interface TestEngine {
  readonly name: string;
  /** A new tab. All tabs of one engine share their storage. @param url where it goes first */
  open(url: string): Promise<TestTab>;
  close(): Promise<void>;
}

export interface TestTab {
  /**
   * Runs a function in the page, awaits what it returns, and passes it on as JSON. It sees nothing of the test's file.
   *
   * @param argument passed on as JSON
   */
  run<Argument, Result>(
    inPage: (argument: Argument) => Result | Promise<Result>,
    argument: Argument,
  ): Promise<Result>;
  reload(): Promise<void>;
  /** Takes the tab away without a word to its page. */
  close(): Promise<void>;
}

export interface EngineKind {
  readonly name: string;
  /** Why it cannot be had here, for whoever reads the test's output; undefined where it can. */
  readonly missing: string | undefined;
  start(): Promise<TestEngine>;
}
