/** The longest message between daemon and engine: room for every prompt the gateway takes (64 MB), escaped as JSON. */
export const MAX_FRAME_BYTES = 256 << 20
