import { type CSSResult, html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { Group, Jamz, User } from '../../sdk/index.ts';
import { accountFieldStyles } from '../shared/account-field.ts';
import { obstacleView, showing } from '../shared/availability.ts';
import { commonWords } from '../shared/common-words.ts';
import { request, tell } from '../shared/events.ts';
import { faceStyles } from '../shared/face.ts';
import { GroupController } from '../shared/group-controller.ts';
import { JamzElement } from '../shared/jamz-element.ts';
import { LateParts } from '../shared/late-parts.ts';
import { photoAddress } from '../shared/photo.ts';
import { segments } from '../shared/segments.ts';
import { StreamController } from '../shared/stream-controller.ts';
import { sharedStyles } from '../shared/styles.ts';
import { verification, verificationStyles } from '../shared/verification.ts';
import { wordsFor } from '../shared/words.ts';
import { type DraftStore, draftStore } from './draft-store.ts';
import {
  type Draft,
  emptyDraft,
  type FieldErrors,
  type FieldName,
  fieldErrors,
} from './form-state.ts';
import { type Invited, lookUpInvitation } from './invitation.ts';
import { Sending } from './sending.ts';
import { signInStyles } from './sign-in-styles.ts';
import { bones, form, joinView, sentView, signedIn, upgradeView } from './sign-in-views.ts';
import { type SignInWords, signInWords } from './words.ts';

/**
 * The way in: as a guest, with an account, or with a new one; and, once in, who one is and the way out.
 *
 * @fires jamz-request-sign-in - the person sent the form; `preventDefault()` keeps it from being sent
 * @fires jamz-request-password-reset - the person wants a mail with a link for a new password
 * @fires jamz-request-sign-out - the person wants to leave
 * @fires jamz-sign-in - somebody is signed in now
 * @fires jamz-sign-out - nobody is
 * @fires jamz-join - the invitation was taken; the detail names the group
 * @csspart submit - the form's button
 * @csspart user - who is signed in
 * @csspart verify - that the address is not confirmed yet
 * @csspart upgrade - the button that makes an account of a guest
 * @csspart reset-sent - that a mail is on its way
 */
export class JamzSignIn extends JamzElement {
  static override readonly styles: CSSResult[] = [
    ...sharedStyles,
    faceStyles,
    verificationStyles,
    accountFieldStyles,
    segments,
    signInStyles,
  ];
  static override readonly properties: PropertyDeclarations = {
    inviteCode: { attribute: 'invite-code' },
  };

  /** An invitation's code: the form then joins its group. */
  declare inviteCode: string | undefined;
  /** How the backend is asked for the invitation's group. */
  declare ask: (url: string) => Promise<Response>;
  /** This device's clock, ms since 1970. */
  declare now: () => number;

  #draft: Draft = emptyDraft;
  #password = '';
  #shown = false;
  #asking = false;
  /** Where a mail with a link for a new password was sent to. */
  #resetFor: string | undefined;
  #errors: FieldErrors = {};
  #invited: Invited = { kind: 'unknown' };
  #lookedUp = '';
  #joined: Group | undefined;
  #store: DraftStore | undefined;

  readonly #access = new GroupController(this, { connectionOnly: true });
  readonly #user = new StreamController(this, () => this.#access.jamz?.session.user$);

  readonly #profile = new StreamController(this, () => this.#access.jamz?.profile$);
  readonly #verification = verification(this);
  readonly #sending = new Sending(
    this,
    () => this.now(),
    () => this.#draft.mode,
  );
  readonly #parts = new LateParts<'upgrade'>(this, {
    load: { upgrade: () => import('../shared/upgrade-form.ts') },
    jamz: () => this.#access.jamz,
    wear: (styles) => this.wear(styles),
    now: () => this.now(),
  });

  constructor() {
    super();
    // A page may have set them before this module came.
    this.ask ??= (url) => fetch(url);
    this.now ??= Date.now;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#password = '';
  }

  override render(): TemplateResult {
    const jamz = this.#access.jamz;
    const common = wordsFor(this, commonWords);
    const words = wordsFor(this, signInWords);
    if (!jamz) {
      const shown = showing(this.#access.access, undefined, common);
      const view = typeof shown === 'string' ? bones(common.loading) : obstacleView(shown, common);
      return html`<div class="frame">${view}</div>`;
    }
    this.#prepare(jamz);
    const user = this.#user.value;
    return html`<div class="frame">
      ${user ? this.#signedIn(jamz, user, words) : this.#form(words)}
    </div>`;
  }

  #form(words: SignInWords): TemplateResult {
    if (this.#resetFor !== undefined) {
      const onBack = (): void => this.#edit({ mode: 'sign-in' });
      return sentView({ words, email: this.#resetFor, onBack });
    }
    const left = this.#sending.waitSeconds;
    const problem = left > 0 ? words.tooFast(left) : this.#sending.problem;
    const group = this.#invited.kind === 'open' ? this.#invited.groupName : null;
    const gone = this.#invited.kind === 'gone' ? words.badInvitation : undefined;
    return form({
      words,
      title: this.inviteCode ? words.joinTitle(group) : words.title,
      draft: this.#draft,
      password: this.#password,
      code: this.#sending.code,
      shown: this.#shown,
      busy: this.#sending.busy || left > 0,
      errors: this.#errors,
      problem: problem ?? gone,
      joining: this.inviteCode !== undefined,
      onMode: (mode) => this.#edit({ mode }),
      onInput: this.#onInput,
      onShow: () => {
        this.#shown = !this.#shown;
        this.requestUpdate();
      },
      onSubmit: this.#onSubmit,
    });
  }

  #signedIn(jamz: Jamz, user: User, words: SignInWords): TemplateResult {
    const name = this.#invited.kind === 'open' ? this.#invited.groupName : null;
    const { problem, busy } = this.#sending;
    const joining = { problem, busy, title: words.joinTitle(name), onJoin: this.#onJoin };
    const join = this.inviteCode && !this.#joined ? joinView(joining) : nothing;
    return signedIn({
      words,
      user,
      photo: photoAddress(jamz, this.#profile.value?.photoFileId),
      account: user.guest ? upgradeView(this.#parts, words) : this.#verification.view(jamz, user),
      join,
      asking: this.#asking,
      busy: this.#sending.busy,
      onOut: () => this.#signOut(user),
      onStay: () => {
        this.#asking = false;
        this.requestUpdate();
      },
    });
  }

  /** Once for each connection and each code. */
  #prepare(jamz: Jamz): void {
    if (!this.#store) {
      this.#store = draftStore(() => sessionStorage, `${jamz.server} ${jamz.site}`);
      this.#draft = this.#store.read();
    }
    const code = this.inviteCode ?? '';
    if (code === this.#lookedUp) return;
    this.#lookedUp = code;
    this.#joined = undefined;
    this.#invited = { kind: 'unknown' };
    if (!code) return;
    void lookUpInvitation(jamz.server, code, (url) => this.ask(url)).then((invited) => {
      if (this.#lookedUp === code) this.#invited = invited;
      this.requestUpdate();
    });
  }

  readonly #onInput = (field: FieldName, value: string): void => {
    if (field === 'password') this.#password = value;
    if (field === 'code') this.#sending.code = value;
    const { [field]: _mended, ...errors } = this.#errors;
    this.#errors = errors;
    const isKept = field === 'name' || field === 'email';
    this.#edit(isKept ? { [field]: value } : {}, this.#errors);
  };

  #edit(patch: Partial<Draft>, errors: FieldErrors = {}): void {
    this.#draft = { ...this.#draft, ...patch };
    // Another account, or another way in.
    if (patch.mode || patch.email !== undefined) this.#sending.code = undefined;
    this.#errors = errors;
    this.#sending.clear();
    this.#resetFor = undefined;
    this.#store?.write(this.#draft);
    this.requestUpdate();
  }

  readonly #onSubmit = (event: Event): void => {
    event.preventDefault();
    const jamz = this.#access.jamz;
    if (!jamz || this.#sending.busy || this.#sending.waitSeconds > 0) return;
    this.#errors = fieldErrors(this.#draft, this.#password);
    this.requestUpdate();
    const [wrong] = Object.keys(this.#errors);
    if (wrong) {
      void this.updateComplete.then(() =>
        this.renderRoot.querySelector<HTMLElement>(`#${wrong}`)?.focus(),
      );
      return;
    }
    const { mode } = this.#draft;
    if (mode === 'forgot') {
      this.#sendReset(jamz);
      return;
    }
    const method = mode === 'sign-in' ? 'password' : mode;
    if (!request(this, 'jamz-request-sign-in', { method })) return;
    void this.#sending.run(async () => {
      const user = await this.#enter(jamz);
      this.#password = '';
      this.#sending.code = undefined;
      this.#shown = false;
      this.#store?.clear();
      this.#draft = emptyDraft;
      // Inside a <jamz-group> the group tells this itself.
      if (!this.closest('jamz-group')) {
        tell(this, 'jamz-sign-in', { userId: user.id, name: user.name, guest: user.guest });
      }
      if (this.inviteCode) await this.#join(jamz, this.inviteCode);
    });
  };

  #sendReset(jamz: Jamz): void {
    const email = this.#draft.email.trim();
    if (!request(this, 'jamz-request-password-reset', { email })) return;
    void this.#sending.run(async () => {
      await jamz.session.requestPasswordReset(email);
      this.#resetFor = email;
    });
  }

  #enter(jamz: Jamz): Promise<User> {
    const { mode } = this.#draft;
    const name = this.#draft.name.trim();
    const email = this.#draft.email.trim();
    const password = this.#password;
    const code = this.#sending.code?.trim();
    if (mode === 'sign-in') {
      return jamz.session.signIn({ email, password, ...(code ? { code } : {}) });
    }
    if (mode === 'sign-up') return jamz.session.signUp({ email, password, name });
    const { inviteCode } = this;
    return jamz.session.signInAsGuest(inviteCode ? { name, inviteCode } : { name });
  }

  readonly #onJoin = (): void => {
    const { inviteCode } = this;
    const jamz = this.#access.jamz;
    if (jamz && inviteCode) void this.#sending.run(() => this.#join(jamz, inviteCode));
  };

  async #join(jamz: Jamz, code: string): Promise<void> {
    this.#joined = await jamz.joinGroup(code);
    tell(this, 'jamz-join', { groupId: this.#joined.id });
  }

  #signOut(user: User): void {
    if (user.guest && !this.#asking) {
      this.#asking = true;
      this.requestUpdate();
      void this.updateComplete.then(() =>
        this.renderRoot.querySelector<HTMLElement>('.stay')?.focus(),
      );
      return;
    }
    const jamz = this.#access.jamz;
    if (!jamz || !request(this, 'jamz-request-sign-out', {})) return;
    void this.#sending.run(async () => {
      await jamz.session.signOut();
      this.#asking = false;
      if (!this.closest('jamz-group')) tell(this, 'jamz-sign-out', {});
    });
  }
}
