/** For a compiler that does not read components; what these take is looked at by `astro check`, which does. */
declare module '*.astro' {
  const component: import('astro/runtime/server/index.js').AstroComponentFactory;
  export default component;
}
