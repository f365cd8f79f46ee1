import type { LitElement, ReactiveController } from 'lit';
import type { Group, Jamz } from '../../sdk/index.ts';
import { type Access, connecting, jamzOf } from './access.ts';
import { AroundValue } from './around-value.ts';
import { clientContext } from './client-context.ts';
import { type Hold, pageConnections } from './connection.ts';
import { groupContext } from './group-context.ts';
import { type GroupRequest, resolveGroup } from './group-resolver.ts';
import { inTime } from './timers.ts';

/** What an element says about its group; every `jamz-` element has these. */
export interface GroupHost extends LitElement {
  server: string | undefined;
  site: string | undefined;
  namespace: string | undefined;
  group: string | Group | undefined;
  client: Jamz | undefined;
}

export interface GroupControllerOptions {
  /** The element needs no group: none is opened for it, its access stays `connecting` with the connection in it. */
  readonly connectionOnly?: boolean;
  /** Signs in as a guest of this name when nobody is signed in and the element makes its own connection; undefined: does not. */
  readonly guestName?: () => string | undefined;
  /** Told every change, in time for the render that shows it. */
  readonly onAccess?: (access: Access) => void;
}

const misconfigured: Access = {
  kind: 'misconfigured',
  message:
    'Give this element the attributes server and site, put it inside a <jamz-group> that has them, or set its group or client property.',
};

/**
 * Finds the element's group: from its `group` property, its `client` property, its own
 * `server` and `site`, or the `<jamz-group>` around it, in this order.
 */
export class GroupController implements ReactiveController {
  readonly #host: GroupHost;
  readonly #options: GroupControllerOptions;
  readonly #fromGroup: AroundValue<Access>;
  readonly #fromClient: AroundValue<Jamz | undefined>;
  #access: Access = connecting;
  #wish: readonly unknown[] = [];
  #stop: (() => void) | undefined;

  constructor(host: GroupHost, options: GroupControllerOptions = {}) {
    this.#host = host;
    this.#options = options;
    this.#fromGroup = new AroundValue(host, groupContext);
    this.#fromClient = new AroundValue(host, clientContext);
    host.addController(this);
  }

  get access(): Access {
    return this.#access;
  }

  /** The connection, also while nobody is signed in. */
  get jamz(): Jamz | undefined {
    return jamzOf(this.#access);
  }

  get group(): Group | undefined {
    return this.#access.kind === 'ready' ? this.#access.group : undefined;
  }

  hostConnected(): void {
    this.#host.requestUpdate();
    this.#askLateGroup();
  }

  hostUpdate(): void {
    // A render on the way out must not take a new hold: nobody would release it.
    if (!this.#host.isConnected) return;
    const { group, client, server, site, namespace } = this.#host;
    const wish = [
      group,
      client,
      server,
      site,
      namespace,
      this.#fromGroup.value,
      this.#fromClient.value,
    ];
    if (this.#wish.length > 0 && wish.every((part, index) => part === this.#wish[index])) return;
    this.#stop?.();
    this.#stop = undefined;
    this.#wish = wish;
    this.#settle();
  }

  hostDisconnected(): void {
    this.#stop?.();
    this.#stop = undefined;
    this.#wish = [];
  }

  #settle(): void {
    const { group, client, server, site, namespace } = this.#host;
    const aroundClient = this.#fromClient.value;
    if (typeof group === 'object') {
      this.#tell({ kind: 'ready', jamz: group.jamz, group });
    } else if (client) {
      this.#follow(Promise.resolve(client));
    } else if (site) {
      const hold = pageConnections.hold({
        // As any address in a page: relative to the page.
        server: new URL(server ?? '/', this.#host.ownerDocument.baseURI).href,
        site,
        ...(namespace === undefined ? {} : { namespace }),
      });
      this.#follow(hold.jamz, hold);
    } else if (group !== undefined && aroundClient) {
      this.#follow(Promise.resolve(aroundClient));
    } else {
      this.#tell(this.#fromGroup.value ?? (this.#lateGroup() ? connecting : misconfigured));
    }
  }

  #follow(jamz: Promise<Jamz>, hold?: Hold): void {
    const { group, ownerDocument } = this.#host;
    const name = hold && this.#options.guestName?.();
    const request: GroupRequest = {
      jamz,
      groupId: typeof group === 'string' && group !== '' ? group : undefined,
      place: this.#options.connectionOnly ? undefined : ownerDocument.location.pathname,
      guest: name ? () => hold.guest(name) : undefined,
    };
    const stop = resolveGroup(request, { in: inTime }, (access) => this.#tell(access));
    this.#stop = () => {
      stop();
      hold?.release();
    };
  }

  #tell(access: Access): void {
    this.#access = access;
    this.#options.onAccess?.(access);
    this.#host.requestUpdate();
  }

  /** A `<jamz-group>` around this element whose module has not loaded yet. */
  #lateGroup(): Element | null {
    return this.#host.closest('jamz-group:not(:defined)');
  }

  #askLateGroup(): void {
    if (!this.#lateGroup()) return;
    void customElements.whenDefined('jamz-group').then(() => {
      if (!this.#host.isConnected) return;
      this.#fromGroup.hostConnected();
      this.#fromClient.hostConnected();
      this.#host.requestUpdate();
    });
  }
}
