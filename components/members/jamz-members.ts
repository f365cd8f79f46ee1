import { type CSSResult, html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Group, Member, Role } from '../../sdk/index.ts';
import { obstacleView, showing } from '../shared/availability.ts';
import { type CommonWords, commonWords } from '../shared/common-words.ts';
import { describeMe } from '../shared/describe-me.ts';
import { request, tell } from '../shared/events.ts';
import { faceStyles } from '../shared/face.ts';
import { FormKeeper } from '../shared/form-keeper.ts';
import { GroupController } from '../shared/group-controller.ts';
import { codeOf } from '../shared/group-resolver.ts';
import { plusIcon } from '../shared/icons.ts';
import { JamzElement } from '../shared/jamz-element.ts';
import { LateParts } from '../shared/late-parts.ts';
import { photoAddress } from '../shared/photo.ts';
import { saidOf } from '../shared/said.ts';
import { segments } from '../shared/segments.ts';
import { StreamController } from '../shared/stream-controller.ts';
import { sharedStyles } from '../shared/styles.ts';
import { wordsFor } from '../shared/words.ts';
import { type InviteState, inviteView } from './invite-view.ts';
import { type MemberRights, memberRow, type Question, questionText } from './member-views.ts';
import { membersStyles } from './members-styles.ts';
import { renameForm } from './rename-form.ts';
import { inOrder, rightsOver } from './rights.ts';
import { type MembersWords, membersWords } from './words.ts';

/**
 * Who is in the group, and, for those who may, what they are and whether they stay.
 *
 * @fires jamz-request-invite - the person wants a link; `preventDefault()` keeps it from being made
 * @fires jamz-request-role - the person gives somebody another role
 * @fires jamz-request-remove-member - the person has confirmed a removal
 * @fires jamz-request-report - the person reports a member to the people of the site
 * @csspart member - one row
 * @csspart report - the form of a report; `report-member` opens it
 * @csspart invitation - the link
 * @slot empty - in place of "Only you so far"
 * @cssprop --jamz-members-height - how tall the list grows before it scrolls
 */
export class JamzMembers extends JamzElement {
  static override readonly styles: CSSResult[] = [
    ...sharedStyles,
    faceStyles,
    segments,
    membersStyles,
  ];

  #openId: string | undefined;
  #question: Question | undefined;
  #renaming = false;
  #invite: InviteState = { kind: 'none' };
  #run = 0;

  readonly #access = new GroupController(this);
  readonly #availability = new StreamController(this, () => this.#group?.availability$);
  readonly #members = new StreamController(this, () => this.#group?.members$);
  readonly #me = new StreamController(this, () => this.#group?.me$);
  readonly #info = new StreamController(this, () => this.#group?.info$);

  readonly #typed = new FormKeeper(
    this,
    'rename',
    () => this.#group,
    () => {
      this.#renaming = true;
      this.requestUpdate();
    },
  );

  /** About whom the form of a report is. */
  #reported: Member | undefined;
  readonly #parts = new LateParts<'report'>(this, {
    load: {
      report: async () => {
        const [group, member] = [this.#group, this.#reported];
        const { openReport, reportStyles } = await import('./report-form.ts');
        if (!group || !member) throw new Error('There is nobody to report any more.');
        return { open: (host) => openReport(host, group, member), styles: [reportStyles] };
      },
    },
    jamz: () => this.#group?.jamz,
    wear: (styles) => this.wear(styles),
  });

  get #group(): Group | undefined {
    return this.#access.group;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#run += 1;
    this.#show({ kind: 'none' });
    this.#question = undefined;
  }

  override render(): TemplateResult {
    const common = wordsFor(this, commonWords);
    const words = wordsFor(this, membersWords);
    const shown = showing(this.#access.access, this.#availability.value, common);
    if (shown === 'skeleton') {
      const bone = html`<div class="bone"></div>`;
      return html`<div class="frame">
        <div class="bones" role="status" aria-label=${common.loading}>${[bone, bone, bone]}</div>
      </div>`;
    }
    if (shown !== 'content') return html`<div class="frame">${obstacleView(shown, common)}</div>`;
    const members = inOrder(this.#members.value ?? [], this.#me.value?.memberId);
    return html`<div class="frame">
      <div class="head">
        <h2 class="tabular">${words.title(members.length)}</h2>
        ${members.length > 1 ? this.#inviteButton(words, '') : nothing}
      </div>
      ${inviteView({
        state: this.#invite,
        words,
        canShare: typeof navigator.share === 'function',
        onCopy: (url) => void this.#copy(url),
        onShare: (url) => void this.#share(url, words),
      })}
      <ul class="list">
        ${repeat(
          members,
          (member) => member.memberId,
          (member) => this.#row(member, members, words, common),
        )}
      </ul>
      ${members.length > 1 ? nothing : this.#alone(words)}
      ${this.#question ? this.#dialog(this.#question, words, common) : nothing}
    </div>`;
  }

  override updated(): void {
    const dialog = this.renderRoot.querySelector('dialog');
    if (!dialog || dialog.open) return;
    dialog.showModal();
    // Not by `autofocus`: browsers say in the console that another element had the focus.
    dialog.querySelector<HTMLElement>('.safe')?.focus();
  }

  #row(
    member: Member,
    members: readonly Member[],
    words: MembersWords,
    common: CommonWords,
  ): TemplateResult {
    const group = this.#group;
    const me = this.#me.value ?? null;
    const rights: MemberRights = rightsOver(member, me, members, (action) =>
      Boolean(group?.can(action)),
    );
    const isMe = member.memberId === me?.memberId;
    const row = memberRow({
      member,
      photo: photoAddress(group?.jamz, member.photoFileId),
      me: isMe,
      rights,
      open: this.#openId === member.memberId,
      words,
      onOpen: (memberId) => {
        this.#parts.close();
        this.#openId = memberId;
        this.#renaming = false;
        this.requestUpdate();
      },
      onRole: this.#setRole,
      onAsk: (question) => {
        this.#question = question;
        this.requestUpdate();
      },
      onReport: () => {
        this.#reported = member;
        this.#parts.toggle('report');
      },
      report: this.#parts.open ? html`${this.#parts.view('report')}` : undefined,
      onRename: () => {
        this.#renaming = true;
        this.#openId = undefined;
        this.requestUpdate();
      },
    });
    return isMe && this.#renaming ? html`${row}${this.#renameForm(member, words, common)}` : row;
  }

  #renameForm(member: Member, words: MembersWords, common: CommonWords): TemplateResult {
    const onDone = (): void => {
      this.#typed.forget();
      this.#renaming = false;
      this.requestUpdate();
    };
    const onSave = (name: string): void => {
      const group = this.#group;
      if (group && name !== member.name) describeMe(group.jamz, { name }, group);
      onDone();
    };
    return renameForm({ name: member.name, words, cancel: common.cancel, onSave, onDone });
  }

  #alone(words: MembersWords): TemplateResult {
    return html`<slot name="empty"
      ><div class="alone">
        <p>${words.onlyYou}</p>
        <p class="note">${words.onlyYouText}</p>
        ${this.#inviteButton(words, 'primary')}
      </div></slot
    >`;
  }

  #inviteButton(words: MembersWords, kind: 'primary' | ''): TemplateResult {
    const allowed = this.#group?.can('invite') ?? false;
    const asking = this.#invite.kind === 'asking';
    return html`<button
      class="button ${kind}"
      ?disabled=${!allowed || asking}
      title=${allowed ? nothing : words.notAllowed}
      @click=${() => void this.#makeInvitation()}
    >
      ${plusIcon()}${asking ? words.inviting : words.invite}
    </button>`;
  }

  #dialog(question: Question, words: MembersWords, common: CommonWords): TemplateResult {
    const { title, text, yes } = questionText(question, words);
    const close = (): void => {
      this.#question = undefined;
      this.requestUpdate();
    };
    const go = (): void => {
      close();
      this.#answer(question);
    };
    return html`<dialog aria-labelledby="question" aria-describedby="meaning" @close=${close}>
      <h3 id="question">${title}</h3>
      <p id="meaning" class="note">${text}</p>
      <div class="buttons">
        <button class="button safe" @click=${close}>${common.cancel}</button>
        <button class="button danger" @click=${go}>${yes}</button>
      </div>
    </dialog>`;
  }

  #answer(question: Question): void {
    const group = this.#group;
    this.#openId = undefined;
    if (!group) return;
    if (question.kind === 'leave') {
      group.leave();
      return;
    }
    const { memberId } = question.member;
    const ban = question.kind === 'ban';
    if (!request(this, 'jamz-request-remove-member', { memberId, ban })) return;
    group.removeMember(memberId, { ban });
  }

  readonly #setRole = ({ memberId }: Member, role: Role): void => {
    if (!request(this, 'jamz-request-role', { memberId, role })) return;
    this.#group?.setRole(memberId, role);
  };

  async #makeInvitation(): Promise<void> {
    const group = this.#group;
    if (!group || !request(this, 'jamz-request-invite', {})) return;
    this.#run += 1;
    const run = this.#run;
    this.#show({ kind: 'asking' });
    try {
      const { url } = await group.invite();
      if (run === this.#run) this.#show({ kind: 'made', url, copied: false });
    } catch (error) {
      const code = codeOf(error);
      const message = error instanceof Error ? error.message : String(error);
      tell(this, 'jamz-error', { code, message });
      const say = ({ offline }: MembersWords): string =>
        code === 'unavailable' ? offline : saidOf(this, code, message);
      if (run === this.#run) this.#show({ kind: 'failed', say });
    }
  }

  async #copy(url: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(url);
      this.#show({ kind: 'made', url, copied: true });
    } catch {
      // No clipboard here, as on plain http: the link is selected, ready to be copied by hand.
      this.renderRoot.querySelector<HTMLInputElement>('#link')?.focus();
    }
  }

  async #share(url: string, words: MembersWords): Promise<void> {
    const text = words.shareText(this.#info.value?.name ?? '');
    // Closing the system's sheet is an answer, not an error.
    await navigator.share({ title: text, text, url }).catch(() => {});
  }

  #show(state: InviteState): void {
    this.#invite = state;
    this.requestUpdate();
  }
}
