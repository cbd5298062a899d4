/** Log lines as JSON on standard error. */
@NullMarked
package org.openstack.oaktree.server.logging;

import org.jspecify.annotations.NullMarked;
