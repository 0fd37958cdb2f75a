import { expect, it } from 'vitest'
import { childEnvironment } from './child-environment.ts'

it('passes on what an engine needs and what its owner added, and no secret', () => {
  const own = {
    PATH: '/usr/bin',
    LC_ALL: 'C',
    CUDA_VISIBLE_DEVICES: '0',
    OPENAI_API_KEY: 'sk-1',
    HOMEPORT_PORT: '1',
    PATH_TO_KEY: 'x',
    MISSING: undefined
  }
  expect(childEnvironment(own, { HOMEPORT_SOCKET: '/run/s', LC_ALL: 'C.UTF-8' })).toEqual({
    PATH: '/usr/bin',
    LC_ALL: 'C.UTF-8',
    CUDA_VISIBLE_DEVICES: '0',
    HOMEPORT_SOCKET: '/run/s'
  })
})
