import { expect, nextFrame } from '@open-wc/testing';
import { LitElement, render, type TemplateResult } from 'lit';
import { FakeJamz } from '../shared/testing/fake-jamz.ts';
import { StandIn } from './stand-in.ts';

const gone = { kind: 'unavailable', code: 'gone', message: 'It was deleted.' } as const;

class Host extends LitElement {
  renders = 0;
  override requestUpdate(): void {
    this.renders += 1;
  }
}
customElements.define('stand-in-host', Host);

describe('what stands in place of the music', () => {
  const group = new FakeJamz().group('crew');
  const access = { kind: 'ready', jamz: group.jamz, group } as const;
  let host: Host;
  beforeEach(() => {
    host = new Host();
    host.renders = 0;
  });

  it('is nothing while its code loads, then renders the host and says why', async () => {
    let sheets = 0;
    const standIn = new StandIn(host, (styles) => {
      sheets += styles.length;
    });
    expect(standIn.barred(access, gone)).to.equal(undefined);
    await import('./stand-in-views.ts');
    await nextFrame();
    expect(host.renders).to.equal(1);
    expect(said(standIn.barred(access, gone))).to.contain('This group is gone');
    expect(sheets).to.be.greaterThan(0);
  });

  it('is the bare message where its code cannot be had, asked for again with the next reason', async () => {
    let asked = 0;
    const standIn = new StandIn(
      host,
      () => {},
      () => {
        asked += 1;
        return Promise.reject(new TypeError('no network'));
      },
    );
    standIn.barred(access, gone);
    await nextFrame();
    expect(said(standIn.barred(access, gone))).to.equal('It was deleted.');
    expect(asked).to.equal(1);
    expect(said(standIn.empty(group, []))).to.equal('Offline');
    expect(asked).to.equal(2);
  });
});

function said(view: TemplateResult | undefined): string {
  const place = document.createElement('div');
  render(view, place);
  return place.textContent ?? '';
}
