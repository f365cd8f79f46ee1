import { expect, fixture, html } from '@open-wc/testing';
import { LitElement, nothing, type TemplateResult } from 'lit';
import { define } from './define.ts';
import { FormKeeper } from './form-keeper.ts';
import { FakeJamz } from './testing/fake-jamz.ts';

class KeptFormHost extends LitElement {
  readonly jamz: FakeJamz = new FakeJamz();
  open = false;
  storage: Storage | undefined = sessionStorage;
  readonly keeper: FormKeeper = new FormKeeper(
    this,
    'place',
    () => this.jamz.group('crew'),
    () => {
      this.open = true;
      this.requestUpdate();
    },
    () => {
      if (!this.storage) throw new DOMException('Not here.', 'SecurityError');
      return this.storage;
    },
  );

  override render(): TemplateResult | typeof nothing {
    return this.open
      ? html`<form class="place">
          <input name="name" />
          <textarea name="note"></textarea>
          <input name="secret" type="password" />
          <input type="text" />
        </form>`
      : nothing;
  }
}

define('jamz-kept-form-host', KeptFormHost);

describe('A form that is kept', () => {
  const host = async (open = false, storage?: null): Promise<KeptFormHost> => {
    const element = document.createElement('jamz-kept-form-host') as KeptFormHost;
    element.open = open;
    if (storage === null) element.storage = undefined;
    await fixture(html`${element}`);
    return settled(element);
  };
  const settled = async (element: KeptFormHost): Promise<KeptFormHost> => {
    while (!(await element.updateComplete));
    return element;
  };
  const field = (element: KeptFormHost, name: string): HTMLInputElement => {
    const found = element.renderRoot.querySelector<HTMLInputElement>(`[name=${name}]`);
    if (!found) throw new Error(`There is no ${name}.`);
    return found;
  };
  const type = (element: KeptFormHost, name: string, text: string): void => {
    field(element, name).value = text;
    field(element, name).dispatchEvent(new InputEvent('input', { bubbles: true }));
  };

  beforeEach(() => sessionStorage.clear());

  it('opens with what was typed before a reload, passwords left out', async () => {
    const before = await host(true);
    type(before, 'name', 'Camp');
    type(before, 'note', 'By the lake');
    type(before, 'secret', 'hunter2');
    before.remove();
    expect(JSON.stringify(sessionStorage)).to.not.contain('hunter2');

    const after = await host();
    expect(after.open).to.equal(true);
    const values = ['name', 'note', 'secret'].map((name) => field(after, name).value);
    expect(values).to.deep.equal(['Camp', 'By the lake', '']);
  });

  it('stays closed when nothing was typed, or all of it was deleted', async () => {
    const before = await host(true);
    type(before, 'name', 'Camp');
    type(before, 'name', ' ');
    before.remove();
    expect((await host()).open).to.equal(false);
    expect(sessionStorage.length).to.equal(0);
  });

  it('is forgotten once it was sent', async () => {
    const before = await host(true);
    type(before, 'name', 'Camp');
    before.keeper.forget();
    before.remove();
    expect((await host()).open).to.equal(false);
  });

  it('shows the next person nothing of it', async () => {
    const element = await host(true);
    type(element, 'name', 'Camp');
    element.jamz.user$.next({ id: 'bo', name: 'Bo', guest: true });
    element.requestUpdate();
    await settled(element);
    expect(field(element, 'name').value).to.equal('');
    element.jamz.user$.next({ id: 'ana', name: 'Ana', guest: true });
    element.requestUpdate();
    await settled(element);
    expect(field(element, 'name').value).to.equal('Camp');
  });

  it('is an ordinary form where the browser keeps nothing, and where something else stands there', async () => {
    const element = await host(true, null);
    type(element, 'name', 'Camp');
    expect(field(element, 'name').value).to.equal('Camp');
    const other = await host(true);
    type(other, 'name', 'Camp');
    const [key = ''] = Object.keys(sessionStorage);
    sessionStorage.setItem(key, '{');
    other.remove();
    const damaged = await host();
    expect(damaged.open).to.equal(true);
    expect(field(damaged, 'name').value).to.equal('');
  });
});
