import { type CSSResult, css, html, type TemplateResult } from 'lit';
import { accountFieldStyles } from '../shared/account-field.ts';
import type { Part, PartHost } from '../shared/late-parts.ts';
import { panelStyles } from './panel-styles.ts';
import { signInChange } from './sign-in-change.ts';

/** Another address and another password, each with the password that there is. */
export function open(host: PartHost): Part {
  const changes = (['email', 'password'] as const).map((what) => signInChange(host, what));
  return {
    view: (): TemplateResult =>
      html`<div class="panel">${changes.map((change) => change.view())}</div>`,
    close() {
      for (const change of changes) change.close();
    },
  };
}

export const styles: readonly CSSResult[] = [
  panelStyles,
  accountFieldStyles,
  css`
    .change {
      display: grid;
      gap: 0.75em;
    }
    .change + .change {
      padding-block-start: 0.9em;
      border-block-start: 1px solid var(--_line);
    }
    .change .button {
      justify-self: start;
    }
  `,
];
