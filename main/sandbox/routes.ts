import { badgeRoutes } from './badge-routes.ts';
import type { CircleCiRoute } from './call.ts';
import { contextRoutes } from './context-routes.ts';
import { identityRoutes } from './identity-routes.ts';
import { oauthRoutes } from './oauth-routes.ts';
import { personalRoutes } from './personal-routes.ts';
import { projectRoutes } from './project-routes.ts';
import { projectTokenRoutes } from './project-token-routes.ts';
import { projectVariableRoutes } from './project-variable-routes.ts';
import { v3Routes } from './v3-routes.ts';
import type { Variants } from './variant.ts';

/** What this kind of CircleCI answers at all. Everything else is 404, as there. */
export function routesOf(variants: Variants): readonly CircleCiRoute[] {
  return [
    ...identityRoutes,
    ...(variants.has('no-personal-routes') ? [] : personalRoutes),
    ...projectRoutes,
    ...projectTokenRoutes,
    ...projectVariableRoutes,
    ...contextRoutes,
    ...badgeRoutes,
    // Server has neither.
    ...(variants.has('server') ? [] : [...oauthRoutes, ...v3Routes]),
  ];
}
