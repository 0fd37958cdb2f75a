import { describe, expect, it } from 'vitest'
import { ownOrigins } from './origins.ts'
import { isPermissionGranted } from './permissions.ts'

const { pages } = ownOrigins({ devServer: null, testOrigin: 'https://homeport.app.standin' })

describe('permissions', () => {
  it.each(['loopback-network', 'local-network-access'])('grants %s to our own pages', (permission) => {
    expect(isPermissionGranted(permission, 'app://homeport/index.html', pages)).toBe(true)
    expect(isPermissionGranted(permission, 'app://homeport/', pages)).toBe(true)
  })

  it.each([
    'https://homeport/',
    'https://homeport.app.standin/',
    'app://other/',
    'app://homeport.evil.example/',
    'http://127.0.0.1:7678/',
    'null',
    ''
  ])('grants nothing to %j', (url) => expect(isPermissionGranted('loopback-network', url, pages)).toBe(false))

  it.each([
    'local-network',
    'media',
    'geolocation',
    'notifications',
    'clipboard-read',
    'openExternal',
    'unknown'
  ])('denies %s even to our own pages', (permission) =>
    expect(isPermissionGranted(permission, 'app://homeport/', pages)).toBe(false)
  )
})

describe('ownOrigins', () => {
  it('is the custom scheme alone in a packaged app', () => {
    const only = ['app://homeport']
    expect(ownOrigins({ devServer: null, testOrigin: null })).toEqual({ pages: only, requests: only })
  })

  it('tells the daemon of the test origin, but takes no page from it', () => {
    expect(ownOrigins({ devServer: null, testOrigin: 'https://homeport.app.standin' })).toEqual({
      pages: ['app://homeport'],
      requests: ['app://homeport', 'https://homeport.app.standin']
    })
  })
})
