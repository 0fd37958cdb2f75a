import { afterAll, beforeAll, expect, test } from 'vitest'
import { send } from '../testing/raw-http.ts'
import { appToken, bearer, type RunningGateway, startGateway } from '../testing/small-gateway.ts'

let gateway: RunningGateway
beforeAll(async () => {
  gateway = await startGateway()
})
afterAll(() => gateway.close())
const get = (path: string) => send(gateway.port, { path, headers: bearer(appToken) })
const tiny = { id: 'on-device/org/tiny', object: 'model', created: 0, owned_by: 'on-device' }

test('lists every model under its address', async () => {
  const answer = await get('/v1/models')
  expect(JSON.parse(answer.text)).toEqual({
    object: 'list',
    data: [{ id: 'acme/m1', object: 'model', created: 0, owned_by: 'acme' }, tiny]
  })
})

test.each(['on-device/org/tiny', 'on-device%2Forg%2Ftiny', 'on-device/org%2ftiny'])(
  'finds a model as %s',
  async (id) => {
    const answer = await get(`/v1/models/${id}`)
    expect(answer.status).toBe(200)
    expect(JSON.parse(answer.text)).toEqual(tiny)
  }
)

test('an unknown model is a 404, a badly encoded one a 400', async () => {
  const unknown = await get('/v1/models/acme/nothing')
  expect(unknown.status).toBe(404)
  expect(JSON.parse(unknown.text).error).toMatchObject({ param: 'model', code: 'model_not_found' })
  expect((await get('/v1/models/%zz')).status).toBe(400)
  expect((await get('/v1/models/')).status).toBe(404)
})
