import { html, nothing, type TemplateResult } from 'lit';
import type { Member, Role } from '../../sdk/index.ts';
import { face } from '../shared/face.ts';
import { moreIcon } from './icons.ts';
import type { MembersWords } from './words.ts';

/** What may be done to one member by the person who looks. */
export interface MemberRights {
  readonly role: boolean;
  readonly remove: boolean;
  readonly rename: boolean;
  readonly report: boolean;
  readonly leave: boolean;
}

/** What the person is asked before it is done. */
export type Question =
  | { readonly kind: 'remove' | 'ban'; readonly member: Member }
  | { readonly kind: 'leave' };

export interface RowView {
  readonly member: Member;
  readonly photo: string | undefined;
  readonly me: boolean;
  readonly rights: MemberRights;
  readonly open: boolean;
  readonly words: MembersWords;
  readonly onOpen: (memberId: string | undefined) => void;
  readonly onRole: (member: Member, role: Role) => void;
  readonly onAsk: (question: Question) => void;
  readonly onRename: () => void;
  readonly onReport: (member: Member) => void;
  /** In place of what may be done: the form of a report. */
  readonly report: TemplateResult | undefined;
}

const roles: readonly Role[] = ['owner', 'moderator', 'member'];

/** One member: who, what they are, and what one may do about it. */
export function memberRow(view: RowView): TemplateResult {
  const { member, me, rights, words, open } = view;
  const any = Object.values(rights).some(Boolean);
  return html`<li class="member ${open ? 'open' : ''}" part="member">
    <div class="row">
      ${face({ id: member.memberId, name: member.name, photo: view.photo })}
      <span class="who">
        <span class="truncate">${member.name}${me ? html` <i>(${words.you})</i>` : nothing}</span>
        <span class="role">${words.role[member.role]}</span>
      </span>
      ${
        any
          ? html`<button
              class="icon-button"
              aria-expanded=${open ? 'true' : 'false'}
              aria-label=${words.more(member.name)}
              @click=${() => view.onOpen(open ? undefined : member.memberId)}
            >
              ${moreIcon()}
            </button>`
          : nothing
      }
    </div>
    ${open ? (view.report ?? actions(view)) : nothing}
  </li>`;
}

function actions(view: RowView): TemplateResult {
  const { member, rights, words, onRole, onAsk, onRename } = view;
  return html`<div class="actions">
    ${
      rights.role
        ? html`<fieldset class="segments">
            <legend class="hidden-visually">${words.roleOf(member.name)}</legend>
            ${roles.map(
              (role) => html`<label>
                <input
                  type="radio"
                  name="role"
                  .checked=${member.role === role}
                  @change=${() => onRole(member, role)}
                /><span>${words.role[role]}</span>
              </label>`,
            )}
          </fieldset>`
        : nothing
    }
    ${rights.rename ? html`<button class="button" @click=${onRename}>${words.rename}</button>` : nothing}
    ${
      rights.remove
        ? html`<button class="button" @click=${() => onAsk({ kind: 'remove', member })}>
              ${words.remove}
            </button>
            <button class="button danger" @click=${() => onAsk({ kind: 'ban', member })}>
              ${words.ban}
            </button>`
        : nothing
    }
    ${
      rights.report
        ? html`<button class="button" part="report-member" @click=${() => view.onReport(member)}>
            ${words.report}
          </button>`
        : nothing
    }
    ${
      rights.leave
        ? html`<button class="button danger" @click=${() => onAsk({ kind: 'leave' })}>
            ${words.leave}
          </button>`
        : nothing
    }
  </div>`;
}

/** The question's words: what happens, before it happens. */
export function questionText(
  question: Question,
  words: MembersWords,
): { readonly title: string; readonly text: string; readonly yes: string } {
  switch (question.kind) {
    case 'remove':
      return {
        title: words.removeAsk(question.member.name),
        text: words.removeText,
        yes: words.remove,
      };
    case 'ban':
      return { title: words.banAsk(question.member.name), text: words.banText, yes: words.ban };
    case 'leave':
      return { title: words.leaveAsk, text: words.leaveText, yes: words.leave };
  }
}
