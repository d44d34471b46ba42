// A view is made before it is put on the page, and only there it has a host: the notebook in
// JupyterLab that it is in, else the page.

/** Call ``place`` with the host once there is one. Both it and this return what takes it back. */
export function whenPlaced(el, place) {
  let tidy = () => {};
  let wait = 0;
  const look = () => {
    if (el.isConnected) tidy = place(el.closest(".jp-NotebookPanel") ?? document.body);
    else wait = requestAnimationFrame(look);
  };
  look();
  return () => {
    cancelAnimationFrame(wait);
    tidy();
  };
}
