/**
 * Stands in for `typebox` in the console's build. The client needs of a contract its method, path and constants; its types
 * are gone by then, and nobody here validates, so schemas may be empty and the 12 KB that make them stay on the server.
 */
export const Type = new Proxy(
  {},
  {
    get: (_, kind) =>
      kind === 'Object' ? (properties: object) => ({ properties }) : () => ({ properties: {} }),
  },
)
