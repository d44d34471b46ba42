// Asks the kernel again and again whether it is there, finds out why it does not answer, and brings
// page and kernel together again after a gap.

import { changesOf } from "./catchup.js";
import { reloadAll } from "./internals.js";

// Milliseconds; the model's pace shortens all but the start.
const TIMES = {
  tick: 500,
  beat: 2500, // from an answer to the next question
  limit: 5000, // without an answer, the page says so
  check: 2000, // between two looks at the server
  look: 4000, // what a look may take
  retry: 10000, // what a connection without answers gets before it is given up for another
};
const START = 30000; // the limit before the first answer, while other cells may still run

/** Return times at another pace. */
const paced = (times, pace) =>
  Object.fromEntries(Object.entries(times).map(([name, time]) => [name, time * pace]));

/** What the server says about the kernel: "busy", "idle" ..., "gone", or "offline". */
async function look(kernel, most) {
  const { baseUrl, token, fetch } = kernel.serverSettings;
  const headers = token ? { Authorization: `token ${token}` } : {};
  const options = { headers, cache: "no-store", signal: AbortSignal.timeout(most) };
  try {
    const answer = await fetch(`${baseUrl}api/kernels/${kernel.id}`, options);
    if (answer.status === 404) return "gone";
    return answer.ok ? (await answer.json()).execution_state : "offline";
  } catch {
    return "offline";
  }
}

/**
 * Watch over the way to the kernel. ``tell`` hears "well", "silent", "offline" or "gone" when that
 * changes, ``hold`` whether the page must not change just now, ``met`` that the kernel has answered for
 * the first time; ``awake`` says whether to ask at all.
 */
export function heartbeat(model, { tell, hold, met, awake }) {
  const manager = model.widget_manager;
  const kernel = manager.kernel;
  const answers = new Map(); // what waits for an answer, by number
  const changes = changesOf(manager);
  const times = paced(TIMES, model.get("pace"));
  let [state, asked, answered, waited, rested] = ["well", 0, 0, 0, 0];
  // A connection that is still being made gets its time, before anybody looks or makes another.
  let [last, looked, retried] = [Date.now(), Date.now(), Date.now()];
  let [broken, turn, looking] = [false, 0, false];
  let known = 0; // the kernel's turn when the connection broke

  const become = (now) => {
    if (state === now || state === "gone") return;
    state = now;
    hold(now !== "well");
    tell(now);
  };
  const ask = (more = {}) => {
    asked += 1;
    waited = 0;
    try {
      model.send({ type: "ping", number: asked, ...more });
    } catch {
      // a kernel that is dead; the next look says so
    }
    return new Promise((resolve) => answers.set(asked, resolve));
  };
  const hear = (message) => {
    if (message.type !== "pong") return;
    if (!answered) met();
    answered = Math.max(answered, message.number);
    rested = 0;
    answers.get(message.number)?.(message);
    answers.delete(message.number);
    if (!broken && answered === asked) become("well");
  };

  /** After a gap: first what the page has sent, then what the kernel holds, then what was lost. */
  const catchUp = async () => {
    const mine = ++turn;
    hold(true);
    changes.collect();
    await new Promise((resolve) => setTimeout(resolve, 0));
    const { newer } = await ask({ changes: changes.questions(), turn: known });
    if (mine !== turn) return;
    await reloadAll(manager);
    if (mine !== turn) return;
    if (changes.sendAgain(newer)) await ask();
    if (mine !== turn || state === "gone") return;
    changes.forget();
    broken = false;
    hold(false);
    become("well");
  };

  /** Whether this kernel is another than the one that made this widget. */
  const replaced = async () => {
    const info = kernel.requestCommInfo({ target_name: "jupyter.widget" });
    const late = new Promise((resolve) => setTimeout(resolve, times.look));
    const comms = (await Promise.race([info, late]))?.content?.comms;
    return comms !== undefined && !(model.get("own") in comms);
  };
  const check = async () => {
    looked = Date.now();
    if (looking) return;
    looking = true;
    try {
      const found = await look(kernel, times.look);
      if (found === "gone") return become("gone");
      if (found === "offline" && state !== "well") become("offline");
      else if (state === "offline" && !broken) become("silent");
      const connected = kernel.connectionStatus === "connected";
      if (found === "offline" || (connected && (state === "well" || found === "busy"))) return;
      if (connected && (await replaced())) return become("gone");
      // A connection that is being made, or has just been made, gets its time.
      if (Date.now() - retried < (connected ? times.retry : times.limit)) return;
      kernel.reconnect().catch(() => {}); // the next look tries again
      retried = Date.now();
    } catch {
      // the connection went away meanwhile; the next look says so
    } finally {
      looking = false;
    }
  };

  const tick = () => {
    // Time in which the page slept or was kept from working does not count as waiting.
    const past = Math.min(Date.now() - last, 2 * times.tick);
    last = Date.now();
    if (state === "gone") return;
    const ended = kernel.isDisposed || kernel.status === "dead" || kernel !== manager.kernel;
    if (ended) return become("gone");
    const lost = kernel.connectionStatus !== "connected";
    if ((lost || state !== "well") && Date.now() - looked > times.check) check();
    if (state !== "well" || !awake()) return;
    if (asked > answered || broken) {
      waited += past;
      if (waited > (answered ? times.limit : START)) become(lost ? "offline" : "silent");
    } else if ((rested += past) >= times.beat) ask();
  };
  const connection = (_, status) => {
    retried = status === "connected" ? Date.now() : 0;
    if (status === "connected") return void (broken && catchUp());
    if (!broken) known = model.get("turn");
    broken = true;
  };
  const life = (_, status) => {
    if (["dead", "restarting", "autorestarting"].includes(status)) become("gone");
  };
  const wake = () => awake() && asked === answered && state === "well" && ask();

  model.on("msg:custom", hear);
  kernel.connectionStatusChanged.connect(connection);
  kernel.statusChanged.connect(life);
  document.addEventListener("visibilitychange", wake);
  const timer = setInterval(tick, times.tick);
  ask();
  return () => {
    turn += 1;
    clearInterval(timer);
    model.off("msg:custom", hear);
    kernel.connectionStatusChanged.disconnect(connection);
    kernel.statusChanged.disconnect(life);
    document.removeEventListener("visibilitychange", wake);
  };
}
