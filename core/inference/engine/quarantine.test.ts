import { describe, expect, test } from 'vitest'
import { Quarantine } from './quarantine.ts'

describe('the quarantine', () => {
  const crash = (quarantine: Quarantine, ...atWork: string[]) => quarantine.crashed(new Set(atWork))

  test('takes a model that is in two crashes in a row', () => {
    const quarantine = new Quarantine()
    crash(quarantine, 'bad')
    expect(quarantine.isSuspect('bad')).toBe(true)
    expect(quarantine.isQuarantined('bad')).toBe(false)
    crash(quarantine, 'bad')
    expect(quarantine.isQuarantined('bad')).toBe(true)
    expect(quarantine.isSuspect('bad')).toBe(false)
  })

  test('takes no model that answered between two crashes', () => {
    const quarantine = new Quarantine()
    crash(quarantine, 'good')
    quarantine.answered('good')
    crash(quarantine, 'good')
    expect(quarantine.isQuarantined('good')).toBe(false)
  })

  test('suspects all who were there, clears who answers, and takes who is there again', () => {
    const quarantine = new Quarantine()
    crash(quarantine, 'good', 'bad')
    expect(['good', 'bad'].map((path) => quarantine.isSuspect(path))).toEqual([true, true])
    quarantine.answered('good')
    // beside it again, and no more suspected for that
    crash(quarantine, 'good', 'bad')
    expect(quarantine.isQuarantined('bad')).toBe(true)
    expect(quarantine.isSuspect('good')).toBe(false)
  })

  test('takes neither of two who may both have been it', () => {
    const quarantine = new Quarantine()
    crash(quarantine, 'good')
    crash(quarantine, 'good', 'new')
    expect(['good', 'new'].map((path) => quarantine.isQuarantined(path))).toEqual([false, false])
    quarantine.answered('good')
    crash(quarantine, 'good', 'new')
    expect(quarantine.isQuarantined('good')).toBe(false)
    expect(quarantine.isQuarantined('new')).toBe(true)
  })

  test('never takes one that does no harm, whoever it runs beside, and takes all that do', () => {
    const quarantine = new Quarantine()
    const good = ['a', 'b', 'c', 'd']
    const bad = ['x', 'y', 'z']
    let random = 7
    const next = (below: number) => {
      random = (random * 1_103_515_245 + 12_345) % 2 ** 31
      return Math.floor((random / 2 ** 31) * below)
    }
    for (let round = 0; round < 300; round += 1) {
      const wanted = [...good, ...bad].filter((path) => next(2) === 0 && !quarantine.isQuarantined(path))
      // as the engine does: of those suspected, one at a time
      const [tried] = wanted.filter((path) => quarantine.isSuspect(path))
      const atWork = wanted.filter((path) => path === tried || !quarantine.isSuspect(path))
      if (atWork.some((path) => bad.includes(path))) quarantine.crashed(new Set(atWork))
      else for (const path of atWork) quarantine.answered(path)
    }
    expect(good.filter((path) => quarantine.isQuarantined(path))).toEqual([])
    expect(bad.filter((path) => !quarantine.isQuarantined(path))).toEqual([])
  })

  test('forgets what is pardoned', () => {
    const quarantine = new Quarantine()
    crash(quarantine, 'bad')
    crash(quarantine, 'bad')
    quarantine.pardon('bad')
    expect(quarantine.isQuarantined('bad')).toBe(false)
    crash(quarantine, 'bad')
    expect(quarantine.isQuarantined('bad')).toBe(false)
  })
})
