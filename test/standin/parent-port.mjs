// --import'ed into each utility process of the stand-in: gives it `process.parentPort` as Electron does.
import { EventEmitter } from 'node:events'

const port = new EventEmitter()
const early = []
port.postMessage = (message) => process.send(message)
port.start = () => {}
process.on('message', (data) => {
  if (port.listenerCount('message') > 0) port.emit('message', { data, ports: [] })
  else early.push(data)
})
port.on('newListener', (event) => {
  if (event !== 'message') return
  queueMicrotask(() => {
    for (const data of early.splice(0)) port.emit('message', { data, ports: [] })
  })
})
Object.defineProperty(process, 'parentPort', { value: port })
// a utility process does not outlive its parent
process.on('disconnect', () => process.exit(0))
