import { expect, fixture, html, waitUntil } from '@open-wc/testing';
import { JamzError } from '../../sdk/index.ts';
import '../define/jamz-profile.ts';
import { audited } from '../shared/testing/audited.ts';
import { ana, FakeJamz } from '../shared/testing/fake-jamz.ts';
import type { JamzProfile } from './jamz-profile.ts';
import { qrCode } from './qr-code.ts';

describe('<jamz-profile>, codes beside the password', () => {
  let jamz: FakeJamz;

  const all = (element: JamzProfile, selector: string): HTMLElement[] => [
    ...(element.shadowRoot?.querySelectorAll<HTMLElement>(selector) ?? []),
  ];
  const find = <Found extends HTMLElement>(element: JamzProfile, selector: string): Found => {
    const [found] = all(element, selector);
    if (!found) throw new Error(`there is no ${selector}`);
    return found as Found;
  };
  const text = (element: JamzProfile, selector: string): string =>
    all(element, selector)
      .map(({ textContent }) => textContent?.replace(/\s+/gu, ' ').trim())
      .join(' | ');
  const type = (element: JamzProfile, selector: string, value: string): void => {
    find<HTMLInputElement>(element, selector).value = value;
    find(element, selector).dispatchEvent(new InputEvent('input'));
  };
  const go = (element: JamzProfile): void => find(element, '[part=codes]').click();
  const focused = (element: JamzProfile): string => element.shadowRoot?.activeElement?.id ?? '';
  const there = (element: JamzProfile, selector: string): Promise<void> =>
    waitUntil(() => all(element, selector).length > 0, `${selector} is there`);

  const profile = (): Promise<JamzProfile> =>
    fixture<JamzProfile>(html`<jamz-profile .client=${jamz}></jamz-profile>`);
  const open = async (): Promise<JamzProfile> => {
    const element = await profile();
    find(element, '[data-part=codes]').click();
    await there(element, '.panel .button, .panel .problem');
    return element;
  };
  const offered = async (): Promise<JamzProfile> => {
    const element = await open();
    type(element, '#codes-password', 'a road song');
    go(element);
    await there(element, '.qr svg');
    return element;
  };

  beforeEach(() => {
    sessionStorage.clear();
    jamz = new FakeJamz();
    jamz.user$.next({ ...ana, email: 'ana@example.org' });
    jamz.profile$.next({ name: 'Ana Novak', photoFileId: null, aiOptIn: false });
  });

  it('[ID24] are for who signs in by a password', async () => {
    jamz.user$.next({ ...ana, guest: true });
    const element = await profile();
    expect(all(element, '[data-part=codes]').length).to.equal(0);
    jamz.user$.next(ana);
    await element.updateComplete;
    expect(all(element, '[data-part=codes]').length).to.equal(0);
  });

  it('[ID24] are set up by password, key and a first code, and those for recovery are shown this once', async () => {
    const element = await offered();
    expect(focused(element)).to.equal('codes-key');
    expect(text(element, '.secret span')).to.contain('GEZD | GNBV');
    expect(find<HTMLAnchorElement>(element, '[part=open-app]').href).to.match(/^otpauth:/u);
    expect(find(element, '.qr svg').getAttribute('aria-label')).to.contain('QR code');
    type(element, '#codes-code', ' 287082 ');
    go(element);
    await there(element, '.recovery');
    expect(all(element, '.recovery li').length).to.equal(10);
    expect(focused(element)).to.equal('codes-recovery');
    find(element, '.kept').click();
    await there(element, '.protected');
    expect(text(element, '.protected')).to.contain('10 codes for recovery are left');
    expect(all(element, '.recovery').length).to.equal(0);
    expect(jamz.calls).to.deep.equal([
      ...['secondFactor', 'beginCodes a road song', 'confirmCodes 287082', 'secondFactor'],
    ]);
  });

  it('[ID27] say beside the field which of password and code is wrong', async () => {
    const element = await open();
    go(element);
    await waitUntil(() => focused(element) === 'codes-password');
    expect(text(element, '#codes-password-note')).to.contain('Type the password');
    jamz.failure = new JamzError('forbidden', 'The password is wrong');
    type(element, '#codes-password', 'a road sing');
    go(element);
    await waitUntil(() => text(element, '#codes-password-note') === 'The password is not right.');
    jamz.failure = undefined;
    type(element, '#codes-password', 'a road song');
    go(element);
    await there(element, '#codes-code');
    jamz.failure = new JamzError('invalid', 'This code is wrong');
    type(element, '#codes-code', '000000');
    go(element);
    await waitUntil(() => text(element, '#codes-code-note').includes('Type the next one'));
    expect(find<HTMLInputElement>(element, '#codes-code').value).to.equal('');
    element.lang = 'de';
    await waitUntil(() => text(element, '#codes-code-note').includes('Gib den nächsten ein'));
  });

  it('begin anew where the key has waited too long', async () => {
    const element = await offered();
    jamz.failure = new JamzError('gone', 'Nothing was begun in time');
    type(element, '#codes-code', '287082');
    go(element);
    await there(element, '#codes-password');
    expect(text(element, '.said')).to.contain('more than ten minutes');
    await waitUntil(() => focused(element) === 'codes-password');
  });

  it('forget key and password with Cancel', async () => {
    const element = await offered();
    find(element, '.cancel').click();
    await there(element, '#codes-password');
    expect(find<HTMLInputElement>(element, '#codes-password').value).to.equal('');
    expect(all(element, '.secret, .qr').length).to.equal(0);
  });

  it('[ID25] are turned off by password and code together', async () => {
    jamz.codesLeft = 1;
    const element = await open();
    expect(text(element, '.protected .problem')).to.contain('1 code for recovery is left.');
    find(element, '.turn-off').click();
    await waitUntil(() => focused(element) === 'codes-password');
    type(element, '#codes-password', 'a road song');
    type(element, '#codes-code', 'GEZD-GNBV-GY3T-QOJQ-MFRG-GZ2A');
    go(element);
    await waitUntil(() => text(element, '.panel .said').includes('It is off'));
    expect(jamz.calls.filter((call) => call.startsWith('endCodes'))).to.deep.equal([
      'endCodes a road song GEZD-GNBV-GY3T-QOJQ-MFRG-GZ2A',
    ]);
  });

  it('are copied, and where the browser does not let a page copy, marked', async () => {
    const element = await offered();
    const { writeText } = navigator.clipboard;
    const taken: string[] = [];
    navigator.clipboard.writeText = async (one) => {
      if (taken.length > 0) throw new DOMException('No.', 'NotAllowedError');
      taken.push(one);
    };
    try {
      find(element, '.copy').click();
      await waitUntil(() => text(element, '.key .said') === 'Copied');
      find(element, '.copy').click();
      await waitUntil(() => text(element, '.key .said').includes('copy them yourself'));
    } finally {
      navigator.clipboard.writeText = writeText;
    }
    expect(taken).to.deep.equal(['GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ']);
  });

  it('can be looked for again where there was no answer', async () => {
    jamz.failure = new JamzError('unavailable', 'no');
    const element = await open();
    expect(text(element, '.panel .problem')).to.contain('No connection');
    jamz.failure = undefined;
    find(element, '.panel .button').click();
    await there(element, '#codes-password');
  });

  for (const theme of ['light', 'dark']) {
    it(`pass their accessibility audit in ${theme}, each step`, async () => {
      const element = await open();
      element.setAttribute('theme', theme);
      await audited(element);
      type(element, '#codes-password', 'a road song');
      go(element);
      await there(element, '.qr svg');
      await audited(element);
      type(element, '#codes-code', '287082');
      go(element);
      await there(element, '.recovery');
      await audited(element);
      find(element, '.kept').click();
      await there(element, '.turn-off');
      await audited(element);
    });
  }

  it('draw the key as squares that a reader finds: three corners in a quiet border', async () => {
    const { side, path } = await qrCode('otpauth://totp/Demo:ana?secret=GEZDGNBV');
    const dark = new Set<string>();
    for (const [, x, y, length] of path.matchAll(/M(\d+) (\d+)h(\d+)v1/gu)) {
      for (let at = 0; at < Number(length); at++) dark.add(`${Number(x) + at} ${y}`);
    }
    const last = side - 4 - 7;
    for (const [left, top] of [
      [4, 4],
      [last, 4],
      [4, last],
    ] as const) {
      for (let at = 0; at < 7; at++) {
        expect(dark.has(`${left + at} ${top}`)).to.equal(true);
        expect(dark.has(`${left} ${top + at}`)).to.equal(true);
      }
      expect(dark.has(`${left + 1} ${top + 1}`)).to.equal(false);
    }
    expect([...dark].some((one) => one.split(' ').some((at) => Number(at) < 4))).to.equal(false);
  });
});
