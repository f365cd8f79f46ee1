import { type CSSResult, html, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { Jamz, Profile, User } from '../../sdk/index.ts';
import { obstacleView, showing } from '../shared/availability.ts';
import { commonWords } from '../shared/common-words.ts';
import { describeMe } from '../shared/describe-me.ts';
import { request, tell } from '../shared/events.ts';
import { faceStyles } from '../shared/face.ts';
import { GroupController } from '../shared/group-controller.ts';
import { codeOf } from '../shared/group-resolver.ts';
import { JamzElement } from '../shared/jamz-element.ts';
import { type KeptText, keptText } from '../shared/kept-text.ts';
import { LateParts } from '../shared/late-parts.ts';
import { photoAddress } from '../shared/photo.ts';
import { StreamController } from '../shared/stream-controller.ts';
import { sharedStyles } from '../shared/styles.ts';
import { verification, verificationStyles } from '../shared/verification.ts';
import { wordsFor } from '../shared/words.ts';
import { type NameDraft, readDraft, writeDraft } from './name-draft.ts';
import { type PartName, parts } from './parts.ts';
import { photoPicker } from './photo-picker.ts';
import { profileStyles } from './profile-styles.ts';
import { assistantSwitch, headView, nameForm, rowView, signOutView } from './profile-views.ts';
import { type ProfileWords, profileWords } from './words.ts';

/**
 * Who one is here: name, photo, assistant, notifications, devices, data, and the way out.
 *
 * @fires jamz-request-profile - the person changes something; `preventDefault()` keeps it from being written
 * @fires jamz-request-delete-account - the person has confirmed that the account is deleted
 * @fires jamz-request-conflicts - the person pressed the badge of open questions
 * @fires jamz-request-sign-out - the person wants to leave
 * @fires jamz-sign-out - nobody is signed in any more
 * @csspart conflicts - the badge
 * @csspart photo - the face, which a tap replaces; `remove-photo` takes it away
 * @csspart verify - that the address is not confirmed yet
 * @csspart row - a line that opens to more
 * @csspart save - the button of the name
 * @csspart assistant - the switch with its text
 * @csspart sign-out - the way out
 * @csspart upgrade - the button that makes an account of a guest
 * @csspart change-email - the button that asks for another address; `change-password` sets another password
 * @csspart codes - the button of a step of setting up codes at sign-in; `open-app` hands the key to an app on this device
 * @csspart recovery - the codes for who has lost the phone
 * @csspart protected - that signing in asks for a code
 * @csspart push - the switch of notifications; `push-barred` says why there is none
 * @csspart device - one of the signed-in devices
 * @csspart delete - the button that deletes the account
 * @slot signed-out - in place of what is said when nobody is signed in
 */
export class JamzProfile extends JamzElement {
  static override readonly styles: CSSResult[] = [
    ...sharedStyles,
    faceStyles,
    verificationStyles,
    profileStyles,
  ];

  static override readonly properties: PropertyDeclarations = { now: { attribute: false } };

  /** This device's clock, ms since 1970. */
  declare now: () => number;

  #draft: NameDraft | undefined;
  #missing = false;
  #saved = false;
  #asking = false;
  #busy = false;
  #kept: { readonly userId: string; readonly text: KeptText } | undefined;
  readonly #access = new GroupController(this, { connectionOnly: true });
  readonly #user = new StreamController(this, () => this.#access.jamz?.session.user$);
  readonly #profile = new StreamController(this, () => this.#access.jamz?.profile$);
  readonly #status = new StreamController(this, () => this.#access.jamz?.status$);
  readonly #conflicts = new StreamController(this, () => this.#access.jamz?.conflicts$);

  readonly #parts = new LateParts<PartName>(this, {
    load: parts,
    jamz: () => this.#access.jamz,
    wear: (styles) => this.wear(styles),
    now: () => this.now(),
  });
  readonly #photo = photoPicker(this, (jamz, photoFileId) => this.#change(jamz, { photoFileId }));
  readonly #verification = verification(this);

  constructor() {
    super();
    // A page may have set it before this module came.
    this.now ??= Date.now;
  }

  override render(): TemplateResult {
    const common = wordsFor(this, commonWords);
    const words = wordsFor(this, profileWords);
    const jamz = this.#access.jamz;
    const user = this.#user.value;
    const profile = this.#profile.value;
    if (jamz && user && profile) {
      this.#readDraft(jamz, user);
      return html`<div class="frame">${this.#sections(jamz, user, profile, words)}</div>`;
    }
    const signedOut = jamz && user === null;
    const shown = signedOut
      ? ({ kind: 'signed-out', title: common.signedOutTitle, text: words.signedOutText } as const)
      : showing(this.#access.access, undefined, common);
    return html`<div class="frame">
      ${
        typeof shown === 'object'
          ? obstacleView(shown, common)
          : html`<div class="bones" role="status" aria-label=${common.loading}>
              <div class="bone"></div>
              <div class="bone"></div>
              <div class="bone"></div>
            </div>`
      }
    </div>`;
  }

  #sections(jamz: Jamz, user: User, profile: Profile, words: ProfileWords): TemplateResult {
    const draft = this.#draft;
    const waiting = this.#status.value?.pending ?? 0;
    const overtaken = draft !== undefined && draft.from !== profile.name;
    return html`<div class="sections">
      ${headView({
        words,
        user,
        profile,
        photo: photoAddress(jamz, profile.photoFileId, 256),
        sending: this.#photo.busy,
        problem: this.#photo.problem(words),
        conflicts: this.#conflicts.value?.length ?? 0,
        onConflicts: () => request(this, 'jamz-request-conflicts', { client: jamz }),
        onPhoto: (file) => void this.#photo.choose(jamz, file),
        onNoPhoto: () => this.#change(jamz, { photoFileId: null }),
      })}
      ${this.#verification.view(jamz, user)}
      ${nameForm({
        words,
        text: draft?.text ?? profile.name,
        changed: draft !== undefined && draft.text.trim() !== profile.name,
        missing: this.#missing,
        note: overtaken ? words.elsewhere(profile.name) : undefined,
        said: this.#saved ? (waiting > 0 ? words.savedHere : words.saved) : undefined,
        onInput: (text) => this.#type(text, profile),
        onSave: () => this.#save(jamz, profile),
      })}
      ${assistantSwitch({
        words,
        on: profile.aiOptIn,
        onChange: (aiOptIn) => this.#change(jamz, { aiOptIn }),
      })}
      <div class="rows">${this.#rowViews(user, words)}</div>
      ${signOutView({
        words,
        warning: this.#asking ? this.#costOfLeaving(user, waiting, words) : undefined,
        busy: this.#busy,
        onOut: () => void this.#signOut(jamz, user, waiting),
        onStay: () => this.#ask(false),
      })}
    </div>`;
  }

  #rowViews(user: User, words: ProfileWords): TemplateResult[] {
    return (Object.keys(parts) as PartName[])
      .filter((name) => isFor(name, user))
      .map((name) =>
        rowView({
          name,
          title: words.parts[name],
          open: this.#parts.open === name,
          content: this.#parts.view(name),
          onToggle: () => this.#parts.toggle(name),
        }),
      );
  }

  #type(text: string, profile: Profile): void {
    this.#edit({ text, from: this.#draft?.from ?? profile.name });
    this.#saved = false;
  }

  #save(jamz: Jamz, profile: Profile): void {
    const name = (this.#draft?.text ?? profile.name).trim();
    this.#missing = name === '';
    this.requestUpdate();
    if (this.#missing) this.renderRoot.querySelector<HTMLElement>('#name')?.focus();
    else if (name !== profile.name && this.#change(jamz, { name })) {
      this.#edit(undefined);
      this.#saved = true;
    }
  }

  #change(
    jamz: Jamz,
    patch: {
      readonly name?: string;
      readonly aiOptIn?: boolean;
      readonly photoFileId?: string | null;
    },
  ): boolean {
    if (!request(this, 'jamz-request-profile', patch)) {
      this.requestUpdate();
      return false;
    }
    const { aiOptIn, ...shownToOthers } = patch;
    if (aiOptIn === undefined) describeMe(jamz, shownToOthers);
    else jamz.updateProfile(patch);
    return true;
  }

  #edit(draft: NameDraft | undefined): void {
    this.#draft = draft;
    this.#missing = false;
    if (this.#kept) writeDraft(this.#kept.text, draft);
    this.requestUpdate();
  }

  #readDraft(jamz: Jamz, user: User): void {
    if (this.#kept?.userId === user.id) return;
    const text = keptText(
      () => sessionStorage,
      `jamz-profile:${jamz.server} ${jamz.site} ${user.id}`,
    );
    this.#kept = { userId: user.id, text };
    this.#draft = readDraft(text);
    this.#saved = false;
    this.#asking = false;
  }

  /** Undefined where leaving costs nothing. */
  #costOfLeaving(user: User, waiting: number, words: ProfileWords): string | undefined {
    if (user.guest) return words.signOutGuest;
    return waiting > 0 ? words.signOutWaiting(waiting) : undefined;
  }

  #ask(asking: boolean): void {
    this.#asking = asking;
    this.requestUpdate();
    const next = asking ? '.stay' : '[part=sign-out]';
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(next)?.focus());
  }

  async #signOut(jamz: Jamz, user: User, waiting: number): Promise<void> {
    const costs = this.#costOfLeaving(user, waiting, wordsFor(this, profileWords)) !== undefined;
    if (costs && !this.#asking) {
      this.#ask(true);
      return;
    }
    if (!request(this, 'jamz-request-sign-out', {})) return;
    this.#busy = true;
    this.requestUpdate();
    try {
      await jamz.session.signOut();
      this.#asking = false;
      // Inside a <jamz-group> the group tells this itself.
      if (!this.closest('jamz-group')) tell(this, 'jamz-sign-out', {});
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      tell(this, 'jamz-error', { code: codeOf(error), message });
    } finally {
      this.#busy = false;
      this.requestUpdate();
    }
  }
}

/** A guest may become somebody with an account; who came by mail and password may change them, and add a code. */
function isFor(name: PartName, { guest, email }: User): boolean {
  if (name === 'upgrade') return guest;
  return (name !== 'sign-in' && name !== 'codes') || (!guest && email !== undefined);
}
