'use strict'
// jspurefix as a client whose messages can be awaited. The engine does the session: numbers, heartbeats,
// checksums, its own dictionary; this only hands over what arrives.
const { once } = require('node:events')
const path = require('node:path')
require('reflect-metadata') // jspurefix needs it loaded first
const { AsciiSession, EmptyLogFactory, SessionLauncher } = require('jspurefix')

const kWaitMs = 20000
// Where jspurefix starts to look for the files of TLS.
const kRoot = path.dirname(require.resolve('jspurefix/package.json'))

class Session extends AsciiSession {
  constructor (config, isReady) {
    super(config)
    this.isReady = isReady
    this.arrived = []  // application messages not yet taken
    this.waiting = []  // who waits for one
    this.wire = []     // every message received, as text with | between the fields
    this.refusals = [] // what this engine found wrong with what Penstock sent
    this.stopped = new Promise((resolve) => { this.isStopped = resolve })
  }

  onReady () { this.isReady(this) }
  onLogon () { return true }
  onStopped (error) { this.isStopped(error ?? null) }
  onDecoded (msgType, text) { this.wire.push(text) }
  onEncoded (msgType) { this.emit(`sent ${msgType}`) }

  sendReject (msgType, number, text, reason) {
    this.refusals.push(text)
    super.sendReject(msgType, number, text, reason)
  }

  onApplicationMsg (msgType, view) {
    const message = { msgType, number: view.getTyped('MsgSeqNum'), text: view.toString(), ...view.toObject() }
    this.arrived.push(message)
    for (const look of [...this.waiting]) look()
  }

  // The first application message that arrived, or arrives, and satisfies `wanted`. It is taken.
  next (what, wanted) {
    return new Promise((resolve, reject) => {
      const done = () => {
        clearTimeout(timer)
        this.waiting = this.waiting.filter((one) => one !== look)
      }
      const look = () => {
        const at = this.arrived.findIndex(wanted)
        if (at < 0) return
        done()
        resolve(this.arrived.splice(at, 1)[0])
      }
      const timer = setTimeout(() => {
        done()
        reject(new Error(`${what} never came; received:\n${this.wire.join('\n')}`))
      }, kWaitMs)
      this.waiting.push(look)
      look()
    })
  }

  // The ExecutionReport(8) of a ClOrdID(11) and ExecType(150).
  report (clOrdId, execType) {
    return this.next(`report ${execType} of ${clOrdId}`,
      (one) => one.msgType === '8' && one.ClOrdID === clOrdId && one.ExecType === execType)
  }

  // The engine sends a message of this type by itself.
  async sends (msgType) { await once(this, `sent ${msgType}`, { signal: AbortSignal.timeout(kWaitMs) }) }

  // As if messages had been lost on the way: their numbers are used, nobody gets them.
  loseMessages (count) { this.transport.transmitter.msgSeqNum += count }
}

class Launcher extends SessionLauncher {
  constructor (description, isReady) {
    super(description, null, new EmptyLogFactory())
    this.isReady = isReady
  }

  makeFactory () { return { makeSession: (config) => new Session(config, this.isReady) } }
}

// Connects and logs on. `tls` is none, or { ca, cert, key }: files.
function logOn (port, sender, tls) {
  const tcp = { host: '127.0.0.1', port }
  if (tls) {
    const [ca, cert, key] = [tls.ca, tls.cert, tls.key].map((file) => path.relative(kRoot, file))
    tcp.tls = { ca: [ca], cert, key, rejectUnauthorized: true }
  }
  const description = {
    application: { type: 'initiator', name: sender, tcp, protocol: 'ascii', dictionary: 'qf44' },
    HeartBtInt: 30,
    ResetSeqNumFlag: false,
    BeginString: 'FIX.4.4',
    SenderCompId: sender,
    TargetCompID: 'PENSTOCK'
  }
  return new Promise((resolve, reject) => {
    const ended = () => reject(new Error('the session ended before it was ready'))
    new Launcher(description, resolve).run().then(ended, reject)
  })
}

module.exports = { logOn }
