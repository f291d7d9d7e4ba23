export { type InspectorHandler, inspector } from './inspector.js'
export { type InspectorOptions, type InspectorSettings, inspectorDefaults } from './options.js'
