'use strict'
// A morning of a desk, by an engine that shares no code with Penstock:
//   node trade.js PORT SENDER [CA CERTIFICATE KEY]
// Prints a line for each thing shown, and ends with 1 at the first that is not so.
const assert = require('node:assert/strict')
const { logOn } = require('./engine')

const kBuy = '1'
const kMarket = '1'
const kLimit = '2'

function shown (what) { console.log(`  ok: ${what}`) }

function order (clOrdId, fields) {
  return {
    ClOrdID: clOrdId,
    HandlInst: '1',
    Instrument: { Symbol: 'DUNE' },
    Side: kBuy,
    TransactTime: new Date(),
    ...fields
  }
}

const market = (quantity) => ({ OrderQtyData: { OrderQty: quantity }, OrdType: kMarket })
const limit = (quantity, price) => ({ ...market(quantity), OrdType: kLimit, Price: price, TimeInForce: '0' })

// What a report must say, field by field.
function assertReport (report, fields) {
  const seen = Object.fromEntries(Object.keys(fields).map((name) => [name, report[name]]))
  assert.deepEqual(seen, fields, report.text)
}

async function restAmendCancel (session) {
  session.send('D', order('js-1', limit(100, 24)))
  const placed = await session.report('js-1', '0')
  assertReport(placed, { OrdStatus: '0', CumQty: 0, LeavesQty: 100, AvgPx: 0 })
  assertReport(placed, { Side: kBuy, OrdType: kLimit, Price: 24, TimeInForce: '0' })
  assert.equal(placed.Instrument.Symbol, 'DUNE')
  assert.equal(placed.OrderQtyData.OrderQty, 100)
  assert.ok(placed.OrderID.length > 0 && placed.ExecID.length > 0)

  session.send('G', order('js-2', { OrigClOrdID: 'js-1', ...limit(150, 24.05) }))
  const amended = await session.report('js-2', '5')
  assertReport(amended, { OrigClOrdID: 'js-1', OrderID: placed.OrderID })
  assertReport(amended, { OrdStatus: '0', Price: 24.05, CumQty: 0, LeavesQty: 150 })

  session.send('F', order('js-3', { OrigClOrdID: 'js-2', OrderQtyData: { OrderQty: 150 } }))
  const cancelled = await session.report('js-3', '4')
  assertReport(cancelled, { OrigClOrdID: 'js-2', OrderID: placed.OrderID })
  assertReport(cancelled, { OrdStatus: '4', CumQty: 0, LeavesQty: 0 })
  shown('an order rests, is amended, is cancelled')
}

async function fill (session) {
  session.send('D', order('js-4', market(40)))
  await session.report('js-4', '0')
  const traded = await session.report('js-4', 'F')
  assertReport(traded, { OrdStatus: '2', LastQty: 40, LastPx: 25.01, CumQty: 40, LeavesQty: 0, AvgPx: 25.01 })
  shown('an order trades')
}

async function refusals (session) {
  session.send('D', order('js-5', limit(10, 1)))
  const refused = await session.report('js-5', '8')
  assertReport(refused, { OrdStatus: '8', CumQty: 0, LeavesQty: 0 })
  assert.match(refused.Text, /PriceOutsideCollar: measured 1, limit 22.5/)

  session.send('F', order('js-6', { OrigClOrdID: 'nothing', OrderQtyData: { OrderQty: 1 } }))
  const unknown = await session.next('the cancel reject', (one) => one.msgType === '9')
  assertReport(unknown, { ClOrdID: 'js-6', OrigClOrdID: 'nothing', CxlRejReason: 1, CxlRejResponseTo: '1' })
  shown('refusals say why')
}

// Penstock is asked to repeat everything: reports come again with PossDupFlag=Y, the rest is gap-filled.
async function resend (session) {
  const before = session.wire.map(fieldsOf).filter((one) => '89'.includes(one[35]))
  const from = session.wire.length
  session.send('2', { BeginSeqNo: 1, EndSeqNo: 0 })
  session.send('D', order('js-7', limit(10, 1)))
  await session.report('js-7', '8') // what comes behind the resend: it is over
  const again = session.wire.slice(from).map(fieldsOf)
  const repeated = again.filter((one) => one[43] === 'Y' && '89'.includes(one[35]))
  assert.deepEqual(repeated.map(essence), before.map(essence))
  for (const one of again.filter((one) => one[43] === 'Y' && one[35] === '4')) assert.equal(one[123], 'Y')
  assert.equal(again.filter((one) => one[43] !== 'Y').length, 1)
  shown(`a resend brings ${repeated.length} reports again, each once`)
}

// Penstock asks for what it missed. This engine keeps no old orders and fills the gap, the order that
// showed it included: that one is not traded, the next one is.
async function answerResend (session) {
  session.loseMessages(3)
  session.send('D', order('js-8', limit(10, 24)))
  await session.sends('4')
  session.send('D', order('js-9', limit(10, 24)))
  await session.report('js-9', '0')
  session.send('F', order('js-10', { OrigClOrdID: 'js-9', OrderQtyData: { OrderQty: 10 } }))
  await session.report('js-10', '4')
  const messages = session.wire.map(fieldsOf)
  assert.equal(messages.filter((one) => one[35] === '2').length, 1)
  assert.ok(!messages.some((one) => one[11] === 'js-8'))
  shown('Penstock asks for what it missed, and goes on')
}

function fieldsOf (text) {
  return Object.fromEntries(text.split('|').filter(Boolean).map((field) => field.split(/=(.*)/s).slice(0, 2)))
}

// A message without what a resend changes.
function essence (fields) {
  const { 8: _b, 9: _l, 10: _c, 43: _p, 52: _t, 122: _o, ...rest } = fields
  return rest
}

async function main () {
  const [port, sender, ca, cert, key] = process.argv.slice(2)
  const session = await logOn(Number(port), sender, ca && { ca, cert, key })
  shown('logged on')
  await restAmendCancel(session)
  await fill(session)
  await refusals(session)
  await resend(session)
  await answerResend(session)
  assert.deepEqual(session.refusals, [])
  session.done()
  assert.equal(await session.stopped, null)
  shown('logged out')
}

main().then(() => process.exit(0), (error) => {
  console.error(error)
  process.exit(1)
})
