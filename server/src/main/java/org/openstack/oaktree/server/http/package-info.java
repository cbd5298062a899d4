/** The small HTTP side: metrics and probes. */
@NullMarked
package org.openstack.oaktree.server.http;

import org.jspecify.annotations.NullMarked;
