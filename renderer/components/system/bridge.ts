/** The desktop app's bridge to its main process, or undefined in a browser. */
export const bridge = window.homeport
