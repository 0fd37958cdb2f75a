import { describe, expect, it } from 'vitest'
import { reachablePlace, windowStateSchema } from './window-state.ts'

const laptop = { x: 0, y: 25, width: 1440, height: 875 }
const left = { x: -1920, y: 0, width: 1920, height: 1080 }
const size = { width: 1000, height: 700 }

describe('reachablePlace', () => {
  it('keeps a place on any connected display', () => {
    expect(reachablePlace({ x: 100, y: 100, ...size }, [laptop])).toEqual({ x: 100, y: 100, ...size })
    expect(reachablePlace({ x: -1500, y: 50, ...size }, [laptop, left])).toMatchObject({ x: -1500 })
  })

  it('keeps a place that is partly off screen, while its title bar can be gripped', () => {
    expect(reachablePlace({ x: 1440 - 120, y: 100, ...size }, [laptop])).not.toBeNull()
    expect(reachablePlace({ x: -880, y: 600, ...size }, [laptop])).not.toBeNull()
  })

  it('forgets a place on a display that is gone, or with its title bar out of reach', () => {
    expect(reachablePlace({ x: -1500, y: 50, ...size }, [laptop])).toBeNull()
    expect(reachablePlace({ x: 1440 - 119, y: 100, ...size }, [laptop])).toBeNull()
    expect(reachablePlace({ x: 100, y: -300, ...size }, [laptop])).toBeNull()
    expect(reachablePlace({ x: 100, y: 890, ...size }, [laptop])).toBeNull()
  })
})

it.each([
  {},
  { bounds: { x: 0, y: 0, width: 10, height: 10 }, maximized: false },
  { bounds: { x: 0, y: 0, width: 1e9, height: 700 }, maximized: false },
  { bounds: { x: 0.5, y: 0, ...size }, maximized: false },
  { bounds: { x: 0, y: 0, ...size }, maximized: 'yes' }
])('takes no state that a window could not have: %j', (state) => {
  expect(windowStateSchema.safeParse(state).success).toBe(false)
})
