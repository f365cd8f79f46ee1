import { refusalOf } from '../../sdk/merge/admissible.ts';
import { encodeSnapshot } from '../../sdk/merge/encode-snapshot.ts';
import { PositionLane } from '../../sdk/positions/lane.ts';
import { plenty } from '../../sdk/positions/reporting.ts';
import { Sharing } from '../../sdk/positions/sharing.ts';
import { newId, type Scope, type UserId, userScope } from '../../sdk/protocol/ids.ts';
import { protocolVersion } from '../../sdk/protocol/version.ts';
import type {
  EndedScope,
  LiveMessage,
  PushAnswer,
  PushMessage,
  WireGroup,
} from '../../sdk/protocol/wire.ts';
import { Engine } from '../../sdk/sync/engine.ts';
import { LateTabHost } from '../../sdk/sync/late-tab-host.ts';
import type { OpenLink } from '../../sdk/transport/link.ts';
import { askToken } from './ask-token.ts';
import type { Authority } from './authority.ts';
import { DeviceClock, DeviceSurroundings } from './device.ts';
import { Lifetime } from './lifetime.ts';
import { OtherTabs } from './other-tabs.ts';
import type { PhoneDecorations } from './phone-decorations.ts';
import { PhoneDisk } from './phone-disk.ts';
import type { Random } from './random.ts';
import { Screen } from './screen.ts';
import { SecondTab } from './second-tab.ts';
import { roadScope, type ServerMachine } from './server-process.ts';
import { SimLink } from './sim-link.ts';
import { TabChannel } from './tab-channel.ts';
import type { VirtualTime } from './virtual-time.ts';
import { Wire } from './wire.ts';
import type { Witness } from './witness.ts';

export interface PhoneDeps {
  readonly time: VirtualTime;
  readonly random: Random;
  readonly servers: readonly ServerMachine[];
  readonly authority: Authority;
  readonly witness: Witness;
  readonly decorations: PhoneDecorations;
}

/** One run of the app, from its start to its end or crash. */
export interface PhoneRun {
  readonly number: number;
  readonly lifetime: Lifetime;
  readonly surroundings: DeviceSurroundings;
  readonly lane: PositionLane;
  readonly startedMs: number;
  engine: Engine | undefined;
  /** What it is to a tab that follows. */
  host: LateTabHost | undefined;
  sharing: Sharing | undefined;
  tokenAsked: boolean;
  /** Another tab leads, and this one is being closed. */
  isClosing: boolean;
  link: SimLink | undefined;
}

/** Pushes that may still be on their way somewhere. */
const keptPushes = 30;

/** A phone: its storage and clock, which last, and the app on it, which starts and dies. */
export class Phone {
  readonly userId: UserId;
  /** Tabs that the person has left for a newer one, and that do not know it yet. */
  readonly others: OtherTabs;
  /** What its tabs tell each other. */
  readonly tabs: TabChannel;
  /** One that follows, when there is one. */
  readonly beside: SecondTab;
  /** Of the protocol, as the app that is installed now speaks it. */
  version: number = protocolVersion;
  readonly disk: PhoneDisk = new PhoneDisk();
  readonly wire: Wire;
  readonly clock: DeviceClock;
  readonly screen: Screen;
  /** Scopes that the app looks at. */
  readonly scopes: Set<Scope> = new Set([roadScope]);
  run: PhoneRun | undefined;
  /** The host's own switch: nothing is tried while it is off. */
  isSwitchedOff = false;
  readonly #deps: PhoneDeps;
  #runs = 0;
  #token: string | undefined;
  readonly #pushes: PushMessage[] = [];
  readonly #refusedPushes: PushMessage[] = [];

  constructor(userId: UserId, deps: PhoneDeps) {
    const { time, random } = deps;
    this.userId = userId;
    this.#deps = deps;
    this.others = new OtherTabs(this, deps.witness);
    this.tabs = new TabChannel(time);
    this.wire = new Wire(time, random.fork('wire'));
    this.screen = new Screen(time, random.fork('screen'), () => this.run);
    const wallErrorMs = random.chance(0.3)
      ? random.between(-1, 1) * yearMs
      : random.between(-1, 1) * 5_000;
    this.clock = new DeviceClock(time, Math.floor(wallErrorMs), random.between(-5e-5, 5e-5));
    this.disk.onWrite = (write) => deps.witness.journalled(this, write);
    this.scopes.add(userScope(userId));
    this.beside = new SecondTab({
      ...{ phone: this, time, random, witness: deps.witness },
      nextRun: () => ++this.#runs,
      decorate: deps.decorations.follower,
    });
  }

  get engine(): Engine | undefined {
    return this.run?.engine;
  }

  /** The app is started. */
  start(): void {
    if (this.run) return;
    const { time, random, witness, decorations } = this.#deps;
    this.#runs += 1;
    const chance = random.fork(decorations.chance?.(this.#runs) ?? `run-${this.#runs}`);
    const lifetime = new Lifetime(time);
    const surroundings = new DeviceSurroundings(this.screen);
    const run: PhoneRun = {
      number: this.#runs,
      startedMs: time.nowMs,
      ...{ lifetime, surroundings, lane: new PositionLane(), tokenAsked: false, isClosing: false },
      ...{ engine: undefined, host: undefined, sharing: undefined, link: undefined },
    };
    this.run = run;
    this.screen.look();
    const scheduler = this.clock.scheduler(lifetime, this.screen, chance.next);
    const plain = this.disk.open(lifetime, chance, () => newId(chance.next));
    const deps = {
      server: 'simulated',
      site: 'pk_demo',
      userId: this.userId,
      journal: decorations.journal?.(plain, this) ?? plain,
      random: chance.next,
      scheduler,
      surroundings,
      openLink: this.#openLink(run, chance),
      refusalOf,
      encodeSnapshot,
      token: (reason: 'start' | 'expired') => {
        const ask = (): Promise<string> => this.#tokenFor(run, reason);
        return decorations.token?.(ask, reason) ?? ask();
      },
      relay: () => run.host?.current?.relay ?? (run === this.run ? undefined : this.others.relay),
    };
    const events = {
      changed: (scopes: ReadonlySet<Scope>) => {
        if (lifetime.alive && run === this.run) witness.turned(this, scopes);
      },
      live: (message: LiveMessage) => {
        run.lane.take(message);
        run.host?.current?.live(message);
      },
      groups: (groups: readonly WireGroup[]) => {
        run.host?.current?.groups(groups);
        if (groups.some(({ id }) => id === roadScope.slice(2))) this.follow(roadScope);
      },
      ended: (ended: EndedScope) => {
        run.lane.clear(ended.scope);
        run.host?.current?.ended(ended);
        this.scopes.delete(ended.scope);
      },
      deposed: () => this.others.deposed(run),
    };
    Engine.open(deps, events).then(
      (engine) => {
        if (!lifetime.alive) return;
        decorations.engine?.(engine, this);
        run.engine = engine;
        run.host = new LateTabHost(engine, this.tabs.join(lifetime));
        run.sharing = new Sharing({
          serverNowMs: () => engine.time.nowMs(),
          send: (report) => {
            const deviceId = `device-${this.userId}`;
            if (run === this.run) engine.report({ ...report, scope: roadScope, deviceId });
          },
          after: scheduler.after,
          hides: () => false,
          thrift: () => plenty,
          onShared() {},
          onMode() {},
        });
        engine.status$.subscribe((status) => {
          if (lifetime.alive && run === this.run) witness.status(this, status);
        });
        for (const scope of this.scopes) engine.follow(scope);
        if (this.isSwitchedOff) engine.switch(false);
        engine.start();
      },
      (error: unknown) => witness.bug(`${this.userId} cannot start`, error),
    );
  }

  /** Another tab is opened, while the one before is frozen: it takes the lead. @returns the one before */
  openAnother(): PhoneRun | undefined {
    const { run } = this;
    if (!run?.engine) return undefined;
    run.lifetime.sleep();
    this.others.add(run);
    this.run = undefined;
    this.start();
    return run;
  }

  /** As a browser that the system kills. */
  crash(): void {
    const { run } = this;
    this.others.end();
    this.beside.end();
    if (!run) return;
    run.lifetime.end();
    // A dead page's socket is closed by the system; what it had sent before still arrives.
    for (const link of [...this.wire.links]) link.abandoned();
    this.run = undefined;
    this.#deps.witness.stopped(this);
  }

  /** Something sent long ago arrives once more. */
  echo(chance: Random): void {
    const { link } = this.run ?? {};
    if (this.#pushes.length > 0) link?.echo('push', chance.pick(this.#pushes));
    for (const push of this.#refusedPushes) link?.echo('push', push);
  }

  #noteRefusals({ batch, refused }: PushAnswer): void {
    const push = this.#pushes.findLast((sent) => sent.batch === batch);
    if (push && refused.length > 0) keep(this.#refusedPushes, push);
  }

  switch(on: boolean): void {
    this.isSwitchedOff = !on;
    this.engine?.switch(on);
  }

  follow(scope: Scope): void {
    if (this.scopes.has(scope)) return;
    this.scopes.add(scope);
    this.engine?.follow(scope);
    this.beside.follow(scope);
  }

  #openLink(run: PhoneRun, chance: Random): OpenLink {
    const { servers, witness, decorations } = this.#deps;
    return (options, events) => {
      const up = servers.filter((server) => server.up);
      const link = new SimLink({
        wire: this.wire,
        lifetime: run.lifetime,
        server: up.length > 0 ? chance.pick(up) : undefined,
        token: options.token,
        version: this.version,
        events,
        sent: (event, payload) => {
          if (event === 'push') keep(this.#pushes, payload as PushMessage);
          // What a tab left behind still tells of its place is judged by what the servers make of it.
          if (run === this.run || event !== 'live') witness.sent(this, event, payload);
        },
        delivered: (event, payload) => {
          if (event === 'answer push') this.#noteRefusals(payload as PushAnswer);
          // What another tab hears this one need not know, but that its ops were answered.
          if (run === this.run || event.endsWith('push')) witness.delivered(this, event, payload);
        },
      });
      this.wire.links.add(link);
      run.link = link;
      return decorations.link?.(link, this) ?? link;
    };
  }

  /** What is known is used until the server says that it has expired. */
  async #tokenFor(run: PhoneRun, reason: 'start' | 'expired'): Promise<string> {
    if (reason === 'start' && this.#token !== undefined) return this.#token;
    const { userId, wire } = this;
    run.tokenAsked = true;
    try {
      this.#token = await askToken({ ...this.#deps, userId, wire }, run.lifetime);
      return this.#token;
    } finally {
      run.tokenAsked = false;
    }
  }
}

function keep(pushes: PushMessage[], push: PushMessage): void {
  pushes.push(push);
  if (pushes.length > keptPushes) pushes.shift();
}

const yearMs = 365 * 24 * 3_600_000;
