import type { Group } from 'trafficjamz';
import { type Coverage, type CoverageCauses, coverageOf, sameCoverage } from './coverage.ts';
import { pullToRefresh } from './pull-to-refresh.ts';
import { openReplica, type Replica, type ReplicaOptions } from './replica.ts';
import { connectPanels } from './tabs.ts';

export interface PhoneOptions extends ReplicaOptions {
  /** The page drives this phone; without it, the phone asks the device where it is. */
  readonly driven: boolean;
  /** Told when the phone loses or finds the network. */
  readonly onCoverage: (coverage: Coverage) => void;
}

/** One phone on the page: its frame, its elements, its replica, and its network. */
export class Phone {
  readonly element: HTMLElement;
  readonly name: string;
  readonly replica: Replica;
  readonly #onCoverage: (coverage: Coverage) => void;
  #causes: CoverageCauses = { inTunnel: false, switchedOff: false };
  #coverage: Coverage = { kind: 'good' };

  constructor(template: HTMLTemplateElement, options: PhoneOptions) {
    const { namespace, name, driven, onCoverage } = options;
    const fragment = template.content.cloneNode(true) as DocumentFragment;
    this.element = part(fragment, '.phone');
    this.name = name;
    this.#onCoverage = onCoverage;
    this.replica = openReplica(options, localStorage);

    this.element.id = namespace;
    this.element.setAttribute('aria-label', `${name}’s phone`);
    this.part('.phone-name').textContent = name;
    makeIdsUnique(this.element, namespace);
    connectPanels(this.part('[role=tablist]'));
    this.part('jamz-map').toggleAttribute('external-positions', driven);
    for (const panel of this.element.querySelectorAll<HTMLElement>('.phone-panel.scrolls')) {
      pullToRefresh(
        panel,
        () => this.replica.jamz.syncNow(),
        (words) => {
          this.part('.phone-said').textContent = words;
        },
      );
    }
  }

  part<E extends HTMLElement>(selector: string): E {
    return part<E>(this.element, selector);
  }

  /** Shows the group on the elements; the screen says what stands in the way, with a way to try again. */
  async start(): Promise<Group | undefined> {
    const screen = this.part('.phone-screen');
    const waiting = this.part('.phone-waiting');
    try {
      const group = await this.replica.openGroup();
      const around = this.part<HTMLElement & { group: Group }>('jamz-group');
      around.group = group;
      screen.hidden = false;
      waiting.hidden = true;
      return group;
    } catch (error) {
      this.part('.phone-waiting-text').textContent =
        error instanceof Error ? error.message : String(error);
      this.part('.phone-retry').hidden = false;
      return undefined;
    }
  }

  get coverage(): Coverage {
    return this.#coverage;
  }

  set inTunnel(inTunnel: boolean) {
    this.#setCauses({ ...this.#causes, inTunnel });
  }

  set switchedOff(switchedOff: boolean) {
    this.#setCauses({ ...this.#causes, switchedOff });
  }

  #setCauses(causes: CoverageCauses): void {
    this.#causes = causes;
    const coverage = coverageOf(causes);
    if (sameCoverage(coverage, this.#coverage)) return;
    const wasGood = this.#coverage.kind === 'good';
    this.#coverage = coverage;
    this.element.dataset['coverage'] = coverage.kind === 'good' ? 'good' : coverage.because;
    this.part('.phone-signal-text').textContent = signalText(coverage);
    if (wasGood !== (coverage.kind === 'good')) this.replica.jamz.online(coverage.kind === 'good');
    this.#onCoverage(coverage);
  }
}

function signalText(coverage: Coverage): string {
  if (coverage.kind === 'good') return '5G';
  return coverage.because === 'tunnel' ? 'Tunnel' : 'No signal';
}

function part<E extends HTMLElement>(root: ParentNode, selector: string): E {
  const found = root.querySelector<E>(selector);
  if (!found) throw new TypeError(`The page has no ${selector}.`);
  return found;
}

/** Two phones come of one template: ids, and what points to them, take the phone's own name in front. */
function makeIdsUnique(root: HTMLElement, prefix: string): void {
  for (const attribute of ['id', 'aria-controls', 'aria-labelledby', 'for']) {
    for (const element of root.querySelectorAll(`[${attribute}]`)) {
      element.setAttribute(attribute, `${prefix}-${element.getAttribute(attribute)}`);
    }
  }
}
