/** The simulated identity service: users, projects, roles, tokens, application credentials and the catalog (keystone v3). */
@NullMarked
package org.openstack.oaktree.simcloud.keystone;

import org.jspecify.annotations.NullMarked;
