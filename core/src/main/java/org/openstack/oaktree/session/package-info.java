/** Credentials at work: tokens from Keystone, the catalog, and where each service and its versions are. */
@NullMarked
package org.openstack.oaktree.session;

import org.jspecify.annotations.NullMarked;
