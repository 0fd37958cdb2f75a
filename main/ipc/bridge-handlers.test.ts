import type { IpcMain, IpcMainInvokeEvent } from 'electron'
import { describe, expect, it } from 'vitest'
import { bridgeChannels } from '../../core/contract/bridge.ts'
import { type BridgeHandlers, handleBridge } from './bridge-handlers.ts'

type Listener = Parameters<IpcMain['handle']>[1]

const ownPage = { url: 'app://homeport/index.html', parent: null }

function bridge(overrides: Partial<BridgeHandlers> = {}) {
  const listeners = new Map<string, Listener>()
  const ipc = { handle: (channel: string, listener: Listener) => void listeners.set(channel, listener) }
  const opened: string[] = []
  handleBridge(ipc, ['app://homeport'], {
    'daemon:connect': () => ({ state: 'starting' }),
    'daemon:restart': () => null,
    'shell:open-link': (link) => opened.push(link) > 0,
    'dialog:choose-model-file': () => '/models/a.gguf',
    'dialog:choose-folder': () => '/home/me/Notes',
    'window:hide-quick': () => null,
    'window:open-chat': () => null,
    'clipboard:read-text': () => 'copied',
    'clipboard:write-text': () => null,
    ...overrides
  })
  const call = async (channel: string, args: unknown[], senderFrame: object | null = ownPage) => {
    // proven boundary: the handler reads senderFrame alone
    const event = { senderFrame } as unknown as IpcMainInvokeEvent
    return listeners.get(channel)?.(event, ...args)
  }
  return { call, channels: [...listeners.keys()], opened }
}

describe('the bridge', () => {
  it('listens on the channels of the contract and no other', () => {
    expect(bridge().channels.sort()).toEqual(Object.keys(bridgeChannels).sort())
  })

  it('hands checked arguments to the handler and its answer back', async () => {
    const { call, opened } = bridge()
    expect(await call('shell:open-link', ['https://example.com'])).toBe(true)
    expect(opened).toEqual(['https://example.com'])
  })

  it.each([
    ['no frame', null],
    ['a frame inside a page', { url: ownPage.url, parent: ownPage }],
    ['a foreign page', { url: 'https://evil.example/', parent: null }],
    ['a host that begins like ours', { url: 'app://homeport.evil/', parent: null }],
    ['an empty page', { url: 'about:blank', parent: null }]
  ])('refuses a call from %s', async (_who, frame) => {
    const { call, opened } = bridge()
    await expect(call('shell:open-link', ['https://example.com'], frame)).rejects.toThrow(/own pages/)
    expect(opened).toEqual([])
  })

  it.each([
    ['shell:open-link', []],
    ['shell:open-link', [1]],
    ['shell:open-link', ['https://example.com', 'extra']],
    ['shell:open-link', ['x'.repeat(4001)]],
    ['daemon:restart', [80]],
    ['daemon:restart', [1e9]],
    ['daemon:restart', ['7678']],
    ['daemon:connect', [{}]],
    ['dialog:choose-folder', ['/etc']],
    ['window:open-chat', ['x'.repeat(101)]],
    ['clipboard:write-text', [null]]
  ])('refuses %s with %j', async (channel, args) => {
    await expect(bridge().call(channel, args)).rejects.toThrow(/wrong arguments/)
  })

  it('never sends a page more than the contract says', async () => {
    const connection = { state: 'ready', baseUrl: 'http://127.0.0.1:7678', token: 't', secret: 'x' } as const
    const { call } = bridge({ 'daemon:connect': () => connection })
    expect(await call('daemon:connect', [])).not.toHaveProperty('secret')
  })
})
