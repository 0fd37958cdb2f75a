import { note } from './record.ts'

type Template = Electron.MenuItemConstructorOptions

/** One line of a menu, as tests look it up and click it. */
export interface MenuItemStandin {
  id?: string | undefined
  role?: string | undefined
  type: string
  label: string
  enabled: boolean
  submenu?: MenuStandin | undefined
  click(): void
}

export class MenuStandin {
  items: MenuItemStandin[] = []
  static #application: MenuStandin | null = null

  static buildFromTemplate(template: Template[]): MenuStandin {
    const menu = new MenuStandin()
    menu.items = template.map(itemOf)
    return menu
  }

  static setApplicationMenu(menu: MenuStandin | null): void {
    MenuStandin.#application = menu
    note('Menu.setApplicationMenu')
  }

  static getApplicationMenu(): MenuStandin | null {
    return MenuStandin.#application
  }

  getMenuItemById(id: string): MenuItemStandin | null {
    for (const item of this.items) {
      const found = item.id === id ? item : item.submenu?.getMenuItemById(id)
      if (found) return found
    }
    return null
  }
}

function itemOf(options: Template): MenuItemStandin {
  const { id, role, type = 'normal', label = '', enabled = true, submenu } = options
  return {
    id,
    role,
    type,
    label,
    enabled,
    submenu: Array.isArray(submenu) ? MenuStandin.buildFromTemplate(submenu) : undefined,
    // what the app does at a click must not depend on the item, window and event Electron passes
    click: () => (options.click as (() => void) | undefined)?.()
  }
}
