// The connection to the kernel. The only module with deep imports of @jupyterlab/services; what
// breaks with an update of it, tests/browser/test_front.py notices.

import { KernelConnection } from "@jupyterlab/services/lib/kernel/default";
import { KernelAPIClient } from "@jupyterlab/services/lib/kernel/restapi";
import { ServerConnection } from "@jupyterlab/services/lib/serverconnection";

// The only one that the server speaks (serving/sockets.py).
const PROTOCOL = "v1.kernel.websocket.jupyter.org";

/**
 * A connection whose first attempt fails would try again without any protocol, which the server
 * refuses, and so would never come.
 */
class Socket extends WebSocket {
  constructor(url) {
    super(url, PROTOCOL);
  }
}

/**
 * A connection takes what it cannot understand for the end of its kernel: the page of a proxy whose
 * server is away, or an answer that is torn off. To the page that is no connection.
 */
class Api extends KernelAPIClient {
  async getModel(id) {
    try {
      return await super.getModel(id);
    } catch (error) {
      throw new ServerConnection.NetworkError(error);
    }
  }
}

/** Connect to the kernel that the page was made with. What is sent before it is there, waits. */
export function connect({ baseUrl, kernelId }) {
  const root = new URL(baseUrl, location.href).href;
  const serverSettings = ServerConnection.makeSettings({
    baseUrl: root,
    wsUrl: root.replace(/^http/, "ws"),
    WebSocket: Socket,
    appUrl: "",
    token: "",
  });
  return new KernelConnection({
    model: { id: kernelId, name: "" },
    serverSettings,
    kernelAPIClient: new Api({ serverSettings }),
    commsOverSubshells: "disabled", // the server lets no page start one
  });
}
