import { evenkeel } from './index.js'

export * from './index.js'
export default evenkeel
