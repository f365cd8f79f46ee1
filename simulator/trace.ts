import type { Witness } from './world/witness.ts';

/** Tells line by line what a witness is told, for people who look for a cause. */
export function traced(witness: Witness, say: (line: string) => void): Witness {
  return {
    committed(scope, commit) {
      const ops = commit.runs.flatMap(({ replicaId, stamperId, ops: wires }) =>
        wires.map(
          ([number, counter, , , type]) =>
            `${type} ${stamperId}-${counter} (${replicaId} ${number})`,
        ),
      );
      say(`log      ${scope} ${commit.seq}: ${ops.join(', ')}`);
      witness.committed(scope, commit);
    },
    woundBack(scope, fork) {
      say(`log      ${scope} goes back: ${brief(fork)}`);
      witness.woundBack(scope, fork);
    },
    putBack(scope, seq) {
      say(`log      ${scope} is put back to ${seq}`);
      witness.putBack(scope, seq);
    },
    answered(session, push, answer) {
      say(
        `answer   ${session.actor.userId} ${brief({ ...answer, commits: answer.commits.length })}`,
      );
      witness.answered(session, push, answer);
    },
    told: (session, scope, message) => witness.told(session, scope, message),
    sent(phone, event, payload) {
      say(`sent     ${phone.userId} ${event} ${brief(payload)}`);
      witness.sent(phone, event, payload);
    },
    delivered(phone, event, payload) {
      if (event !== 'answer time') say(`reached  ${phone.userId} ${event} ${brief(payload)}`);
      witness.delivered(phone, event, payload);
    },
    journalled(phone, write) {
      say(`journal  ${phone.userId} ${brief(write)}`);
      witness.journalled(phone, write);
    },
    turned: (phone, scopes) => witness.turned(phone, scopes),
    turnedBeside: (phone, scopes) => witness.turnedBeside(phone, scopes),
    status(phone, status) {
      const { state, pending, setAside, nextRetryAt, error } = status;
      say(`status   ${phone.userId} ${brief({ state, pending, setAside, nextRetryAt, error })}`);
      witness.status(phone, status);
    },
    stopped(phone) {
      say(`stopped  ${phone.userId}`);
      witness.stopped(phone);
    },
    left(phone, run) {
      say(`left     ${phone.userId} tab ${run}`);
      witness.left(phone, run);
    },
    serverCrashed() {
      say('crashed  a server');
      witness.serverCrashed();
    },
    bug(where, error) {
      say(`bug      ${where}: ${String(error)}`);
      witness.bug(where, error);
    },
  };
}

function brief(value: unknown): string {
  return JSON.stringify(value)?.slice(0, 400) ?? '';
}
