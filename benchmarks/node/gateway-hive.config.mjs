// Hive Gateway's settings. HIVE_RUNTIME=router plans with the router's planner; HIVE_SHARING=off sends each request to a source on its own.
const router = process.env.HIVE_RUNTIME === 'router' ? await import('@graphql-hive/router-runtime') : undefined;

export const gatewayConfig = {
  logging: 'error',
  ...(router && { unifiedGraphHandler: router.unifiedGraphHandler }),
  ...(process.env.HIVE_SHARING === 'off' && { transportEntries: { '*.http': { options: { deduplicateInflightRequests: false } } } }),
};
