import type { Sent } from '../../sdk/api.ts';
import { type CommandTarget, groupCommands } from '../../sdk/commands/group-commands.ts';
import { may } from '../../sdk/merge/permissions.ts';
import type { JamzError } from '../../sdk/protocol/errors.ts';
import { newId, userScope } from '../../sdk/protocol/ids.ts';
import type { OpType, Payloads } from '../../sdk/protocol/payloads.ts';
import type { Referee } from '../invariants/referee.ts';
import type { Phone } from '../world/phone.ts';
import type { Random } from '../world/random.ts';
import { roadScope } from '../world/server-process.ts';

/** Who holds a phone: gives the SDK's own commands, and has the referee write down what was done. */
export interface Person {
  readonly phone: Phone;
  readonly commands: ReturnType<typeof groupCommands>;
  submit<Type extends OpType>(scope: 'group' | 'own', type: Type, payload: Payloads[Type]): Sent;
}

export function personAt(phone: Phone, referee: Referee, chance: Random, nowMs: number): Person {
  const submit: Person['submit'] = (where, type, payload) => {
    const { engine } = phone;
    if (!engine) throw new Error(`${phone.userId} is not running`);
    const scope = where === 'own' ? userScope(phone.userId) : roadScope;
    const submitted = engine.submit(scope, type, payload);
    referee.order.made(referee.book.enter(phone, scope, type, payload, submitted, nowMs));
    const waits = engine.replica.scope(scope).find(submitted.opId) !== undefined;
    if (waits && type === 'messages.send') {
      const { messageId } = payload as Payloads['messages.send'];
      referee.phones.watch(phone, 'message', messageId, submitted.opId);
    }
    if (waits && type === 'places.save') {
      const { placeId } = payload as Payloads['places.save'];
      referee.phones.watch(phone, 'place', placeId, submitted.opId);
    }
    return { opId: submitted.opId, acked: submitted.settlement.acked };
  };
  const target: CommandTarget = {
    state() {
      const replica = phone.engine?.replica.scope(roadScope);
      const shown = replica?.cursor ? replica.shown : undefined;
      return shown?.kind === 'group' ? shown : undefined;
    },
    serverNow: () => phone.engine?.time.nowMs() ?? 0,
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
  return { phone, commands: groupCommands(target), submit };
}
