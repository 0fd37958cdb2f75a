import { describe, expect, it } from 'vitest'
import { showAccelerator, toAccelerator } from './accelerator.ts'

const press = (code: string, ...modifiers: string[]) => ({
  code,
  ctrlKey: modifiers.includes('ctrl'),
  metaKey: modifiers.includes('meta'),
  altKey: modifiers.includes('alt'),
  shiftKey: modifiers.includes('shift')
})

describe('toAccelerator', () => {
  it('writes combinations as Electron reads them', () => {
    expect(toAccelerator(press('Space', 'ctrl', 'shift'), false)).toBe('CommandOrControl+Shift+Space')
    expect(toAccelerator(press('Space', 'meta', 'shift'), true)).toBe('CommandOrControl+Shift+Space')
    expect(toAccelerator(press('KeyJ', 'alt'), false)).toBe('Alt+J')
    expect(toAccelerator(press('F9', 'meta', 'ctrl'), false)).toBe('CommandOrControl+Super+F9')
  })

  it('waits for a modifier and a key: plain letters stay letters', () => {
    expect(toAccelerator(press('KeyJ'), false)).toBeNull()
    expect(toAccelerator(press('KeyJ', 'shift'), false)).toBeNull()
    expect(toAccelerator(press('ControlLeft', 'ctrl'), false)).toBeNull()
  })
})

describe('showAccelerator', () => {
  it('speaks the platform', () => {
    expect(showAccelerator('CommandOrControl+Shift+Space', false)).toBe('Ctrl Shift Space')
    expect(showAccelerator('CommandOrControl+Shift+Space', true)).toBe('⌘⇧Space')
  })
})
