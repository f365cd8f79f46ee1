import { ContextProvider } from '@lit/context';
import { type CSSResult, css, html, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { Group, Jamz } from '../../sdk/index.ts';
import { type Access, connecting, jamzOf } from '../shared/access.ts';
import { clientContext } from '../shared/client-context.ts';
import { groupContext } from '../shared/group-context.ts';
import { GroupController } from '../shared/group-controller.ts';
import { guestName } from '../shared/guest-name.ts';
import { JamzElement } from '../shared/jamz-element.ts';
import { StreamController } from '../shared/stream-controller.ts';
import { FactTeller } from './fact-teller.ts';

/**
 * Connects to a backend and provides a group to the elements inside it. Has no looks of its own.
 *
 * On a site with policy `open`, who is not signed in becomes a guest.
 *
 * @slot - the elements of this group, and anything else
 * @fires jamz-status-change - the connection's state or what waits in it changed
 * @fires jamz-sign-in - somebody is signed in, a guest or not
 * @fires jamz-sign-out - nobody is signed in any more
 * @fires jamz-error - the group cannot be reached, or something that was done was refused
 */
export class JamzGroup extends JamzElement {
  static override readonly styles: CSSResult = css`
    :host {
      display: contents;
    }
    :host([hidden]) {
      display: none;
    }
    :host([theme='light']) {
      color-scheme: light;
    }
    :host([theme='dark']) {
      color-scheme: dark;
    }
    :host([theme='auto']) {
      color-scheme: light dark;
    }
  `;

  static override readonly properties: PropertyDeclarations = {
    guestName: { attribute: 'guest-name' },
  };

  /** What a guest is called; without it, an animal. Empty: nobody is made a guest. */
  declare guestName: string | undefined;

  readonly #groupProvider = new ContextProvider(this, {
    context: groupContext,
    initialValue: connecting,
  });
  readonly #clientProvider = new ContextProvider(this, { context: clientContext });
  readonly #facts = new FactTeller(this);
  readonly #access = new GroupController(this, {
    guestName: () =>
      this.guestName === '' ? undefined : (this.guestName ?? guestName(Math.random)),
    onAccess: (access) => this.#provide(access),
  });

  constructor() {
    super();
    new StreamController(
      this,
      () => this.jamz?.status$,
      (status) => this.#facts.status(status),
    );
    new StreamController(
      this,
      () => this.jamz?.session.user$,
      (user) => this.#facts.user(user),
    );
    new StreamController(
      this,
      () => this.jamz?.setAside$,
      (entries) => this.#facts.setAside(entries),
    );
  }

  /** The connection, once there is one. */
  get jamz(): Jamz | undefined {
    return this.#access.jamz;
  }

  /** The group that the elements inside show, once it is known. */
  get current(): Group | undefined {
    return this.#access.group;
  }

  override render(): TemplateResult {
    return html`<slot></slot>`;
  }

  #provide(access: Access): void {
    this.#groupProvider.setValue(access);
    this.#clientProvider.setValue(jamzOf(access));
    this.#facts.access(access);
  }
}
