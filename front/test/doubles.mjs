// What stands in for the kernel and its widgets.

/** Let everything that waits for nothing but its turn come to it. */
export const settle = async () => {
  for (let turn = 0; turn < 100; turn += 1) await Promise.resolve();
};

/** As the signals of JupyterLab: whoever listens is told of every value. */
export class Signal {
  listeners = new Set();
  connect = (hear) => this.listeners.add(hear);
  disconnect = (hear) => this.listeners.delete(hear);
  emit = (value) => {
    for (const hear of this.listeners) hear(this, value);
  };
}

/** A connection that notes what is sent, and says what a test lets it say. */
export class Kernel {
  id = "kernel";
  isDisposed = false;
  status = "idle";
  connectionStatus = "connected";
  connectionStatusChanged = new Signal();
  statusChanged = new Signal();
  sent = [];
  comms = new Map();
  targets = {};
  reconnects = 0;
  found = { status: 200, execution_state: "idle" };
  looks = 0;

  serverSettings = {
    baseUrl: "/",
    token: "",
    fetch: async () => {
      this.looks += 1;
      if (this.found === null) throw new TypeError("no network");
      const { status, ...said } = this.found;
      return { status, ok: status < 400, json: async () => said };
    },
  };

  become(status) {
    this.connectionStatus = status;
    this.connectionStatusChanged.emit(status);
  }

  async reconnect() {
    this.reconnects += 1;
  }

  async requestCommInfo() {
    return { content: { status: "ok", comms: { link: {} } } };
  }

  registerCommTarget(name, open) {
    this.targets[name] = open;
  }

  createComm(targetName, commId) {
    const note = (kind) => (data) => {
      const msg_id = `message ${this.sent.length}`;
      this.sent.push({ kind, commId, targetName, data, msg_id });
      return { msg: { header: { msg_id } } };
    };
    const comm = {
      commId,
      targetName,
      open: note("open"),
      send: note("send"),
      close: note("close"),
    };
    this.comms.set(commId, comm);
    return comm;
  }

  /** Say something to a widget, or to whoever sits at a comm. */
  say(commId, data, header = {}) {
    return this.comms.get(commId).onMsg({ content: { data }, buffers: [], parent_header: header });
  }
}
