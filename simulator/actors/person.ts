import type { Sent } from '../../sdk/api.ts';
import { type CommandTarget, groupCommands } from '../../sdk/commands/group-commands.ts';
import { may } from '../../sdk/merge/permissions.ts';
import type { JamzError } from '../../sdk/protocol/errors.ts';
import { newId, userScope } from '../../sdk/protocol/ids.ts';
import type { OpType, Payloads } from '../../sdk/protocol/payloads.ts';
import type { SyncEngine } from '../../sdk/sync/sync-engine.ts';
import type { Referee } from '../invariants/referee.ts';
import type { Phone } from '../world/phone.ts';
import type { Random } from '../world/random.ts';
import { roadScope } from '../world/server-process.ts';

/** Who holds a phone: gives the SDK's own commands, and has the referee write down what was done. */
export interface Person {
  readonly phone: Phone;
  /** The tab in front of them. */
  readonly engine: SyncEngine;
  readonly commands: ReturnType<typeof groupCommands>;
  submit<Type extends OpType>(scope: 'group' | 'own', type: Type, payload: Payloads[Type]): Sent;
}

/** @param engine of the tab that they look at; by default the one that leads */
export function personAt(
  phone: Phone,
  referee: Referee,
  chance: Random,
  nowMs: number,
  engine: SyncEngine | undefined = phone.engine,
): Person {
  if (!engine) throw new Error(`${phone.userId} is not running`);
  const isBeside = engine === phone.beside.engine;

  const submit: Person['submit'] = (where, type, payload) => {
    const scope = where === 'own' ? userScope(phone.userId) : roadScope;
    const run = isBeside ? phone.beside.number : (phone.run?.number ?? 0);
    const submitted = engine.submit(scope, type, payload);
    referee.order.made(referee.book.enter(phone, scope, type, payload, submitted, nowMs, run));
    const waits = engine.replica.scope(scope).find(submitted.opId) !== undefined;
    if (waits && type === 'messages.send') {
      const { messageId } = payload as Payloads['messages.send'];
      referee.screens.watch({ phone, engine, run }, 'message', messageId, submitted.opId);
    }
    if (waits && type === 'places.save') {
      const { placeId } = payload as Payloads['places.save'];
      referee.screens.watch({ phone, engine, run }, 'place', placeId, submitted.opId);
    }
    return { opId: submitted.opId, acked: submitted.settlement.acked };
  };
  const target: CommandTarget = {
    state() {
      const replica = engine.replica.scope(roadScope);
      const shown = replica.cursor ? replica.shown : undefined;
      return shown?.kind === 'group' ? shown : undefined;
    },
    serverNow: () => engine.time.nowMs(),
    userId: () => phone.userId,
    mayControl() {
      const state = target.state();
      return state !== undefined && may(state, phone.userId, 'control');
    },
    send: (type, payload) => submit('group', type, payload),
    refuse(error: JamzError) {
      const acked = Promise.reject(error);
      acked.catch(() => {});
      return { opId: '', acked };
    },
    newId: () => newId(chance.next),
    newSeed: () => chance.below(2 ** 32),
  };
  return { phone, engine, commands: groupCommands(target), submit };
}
