import { Menu, type NativeImage, Tray } from 'electron'

export interface TrayActions {
  open(): void
  quickPrompt(): void
  setPaused(paused: boolean): void
  quit(): void
}

/** What the tray tells at a glance. */
export interface TrayState {
  /** One short line: where the gateway listens, or what is wrong. */
  status: string
  /** Null while there is no daemon to pause. */
  paused: boolean | null
}

/** Homeport's place in the tray or menu bar: the app lives here when its window is closed. */
export class AppTray {
  readonly tray: Tray
  readonly #actions: TrayActions
  /** What a click on the icon opens. */
  menu = new Menu()
  #state: TrayState = { status: 'Starting', paused: null }

  constructor(icon: NativeImage, actions: TrayActions) {
    this.#actions = actions
    this.tray = new Tray(icon)
    this.tray.on('click', () => {
      // on macOS a click opens the menu
      if (process.platform !== 'darwin') actions.open()
    })
    this.#build()
  }

  setIcon(icon: NativeImage): void {
    this.tray.setImage(icon)
  }

  update(change: Partial<TrayState>): void {
    this.#state = { ...this.#state, ...change }
    this.#build()
  }

  #build(): void {
    const { status, paused } = this.#state
    this.tray.setToolTip(`Homeport: ${status}`)
    this.menu = Menu.buildFromTemplate([
      { id: 'status', label: status, enabled: false },
      { type: 'separator' },
      { id: 'open', label: 'Open Homeport', click: () => this.#actions.open() },
      { id: 'quick', label: 'Quick prompt', click: () => this.#actions.quickPrompt() },
      { type: 'separator' },
      {
        id: 'pause',
        label: paused === true ? 'Resume gateway' : 'Pause gateway',
        enabled: paused !== null,
        click: () => this.#actions.setPaused(paused !== true)
      },
      { type: 'separator' },
      { id: 'quit', label: 'Quit Homeport', click: () => this.#actions.quit() }
    ])
    this.tray.setContextMenu(this.menu)
  }
}
