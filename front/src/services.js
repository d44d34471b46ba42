// What the kernel connection takes from "@jupyterlab/services", without all else that is in there.
export { CommsOverSubshells } from "@jupyterlab/services/lib/kernel/comm";
export { ServerConnection } from "@jupyterlab/services/lib/serverconnection";
