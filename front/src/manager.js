// Makes widgets, and keeps them like those in the kernel.

import { put_buffers, shims, uuid } from "@jupyter-widgets/base";
import { base64ToBuffer, ManagerBase } from "@jupyter-widgets/base-manager";
import { underWay } from "../../workbook/page/browser/internals.js";
import { find } from "./classes.js";
import { MissingModel, missingView } from "./missing.js";

const { Comm } = shims.services;
const CONTROL = "jupyter.widget.control";
const STATES = "workbook.states"; // workbook/page/states.py answers

export class Manager extends ManagerBase {
  /** All models that are made, by id; the scripts of the page look for them under this name. */
  _modelsSync = new Map();

  constructor(kernel, words) {
    super();
    this.kernel = kernel;
    this.words = words;
    kernel.registerCommTarget(this.comm_target_name, (comm, message) => {
      if (this.has_model(comm.commId)) return; // it came with the page
      return this.handle_comm_open(new Comm(comm), message);
    });
  }

  async loadModelClass(name, module) {
    return find(name, module) ?? this.#miss(name, module, MissingModel);
  }

  async loadViewClass(name, module) {
    return find(name, module) ?? this.#miss(name, module, missingView(this.words.missing));
  }

  #miss(name, module, instead) {
    console.error(`no ${name} of ${module} in this page`);
    return instead;
  }

  register_model(id, promise) {
    super.register_model(id, promise);
    promise.then((model) => {
      this._modelsSync.set(id, model);
      model.once("comm:close", () => this._modelsSync.delete(id));
    });
  }

  /** Make widgets of states that came with the page, before the kernel says anything. */
  make(states, ids) {
    const made = ids.filter((id) => !this.has_model(id)).map((id) => this.#makeOne(id, states[id]));
    return Promise.all(made);
  }

  async #makeOne(
    model_id,
    { model_name, model_module, model_module_version, state, buffers = [] },
  ) {
    const views = buffers.map(({ data }) => new DataView(base64ToBuffer(data)));
    put_buffers(
      state,
      buffers.map(({ path }) => path),
      views,
    );
    const comm = this.#comm(this.comm_target_name, model_id);
    const options = { model_id, comm, model_name, model_module, model_module_version };
    return this.new_model(options, state);
  }

  /**
   * Take what the kernel holds, unless it still is what the page was made with. What the person has
   * changed meanwhile is on its way, and the kernel comes to it after this.
   */
  async refresh(digest) {
    if (await this.#isSame(digest)) return;
    await this.#take((model, state) => {
      for (const name of underWay(model).keys()) delete state[name];
    });
  }

  /** Whether the kernel holds what has this digest; a notebook without a workbook does not know. */
  async #isSame(digest) {
    const comm = await this._create_comm(STATES, uuid(), { digest });
    return new Promise((resolve) => {
      comm.on_msg(({ content }) => resolve(content.data.same));
      comm.on_close(() => resolve(false));
    });
  }

  /** Take all that the kernel holds, also over what is on its way. */
  _loadFromKernel() {
    return this.#take(() => {});
  }

  /**
   * Ask the kernel for the states of all its widgets; it may take as long as it takes. What it says
   * after that waits until all is taken, so that nothing older comes over it.
   */
  async #take(sift) {
    const comm = await this._create_comm(CONTROL, uuid(), {}, { version: "1.0.0" });
    await new Promise((resolve, reject) => {
      comm.on_msg((message) => this.#apply(message, sift).then(resolve, reject));
      comm.send({ method: "request_states" }, {});
    });
    comm.close();
  }

  async #apply({ content, buffers = [] }, sift) {
    const { states, buffer_paths: paths } = content.data;
    for (const [n, [id, ...path]] of paths.entries()) {
      put_buffers(states[id], [path], [new DataView(buffers[n].buffer ?? buffers[n])]);
    }
    const known = [...this._modelsSync].filter(([id]) => id in states);
    await this.make(states, Object.keys(states));
    for (const [id, model] of known) {
      sift(model, states[id].state);
      model.set_state(await model.constructor._deserialize_state(states[id].state, this));
    }
  }

  #comm(target, id) {
    return new Comm(this.kernel.createComm(target, id));
  }

  async _create_comm(target, id, data, metadata, _callbacks, buffers) {
    const comm = this.kernel.createComm(target, id);
    if (data || metadata) comm.open(data, metadata, buffers);
    return new Comm(comm);
  }

  async _get_comm_info() {
    const { content } = await this.kernel.requestCommInfo({ target_name: this.comm_target_name });
    return content.comms ?? {};
  }
}
