import { describe, expect, it } from 'vitest'
import { addressesOf } from './serve.ts'

describe('the addresses for other devices', () => {
  const at = (address: string, family: 'IPv4' | 'IPv6', internal: boolean) => ({ address, family, internal, netmask: '', mac: '', cidr: null, ...family === 'IPv6' && { scopeid: 0 } }) as never

  it('are those of the network that all devices can type, and none of this machine alone', () => {
    expect(addressesOf({ lo: [at('127.0.0.1', 'IPv4', true)], wlan: [at('fe80::1', 'IPv6', false), at('192.0.2.7', 'IPv4', false)], eth: [at('198.51.100.2', 'IPv4', false)] }, 8080)).toEqual(['http://192.0.2.7:8080/', 'http://198.51.100.2:8080/'])
    expect(addressesOf({ lo: [at('127.0.0.1', 'IPv4', true)], none: undefined }, 8080)).toEqual([])
  })
})
