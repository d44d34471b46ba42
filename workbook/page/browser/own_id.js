/** An id that nothing else has. Over plain http, crypto.randomUUID is missing. */
export const ownId = () => `wb-${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`;
