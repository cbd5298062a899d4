/** What is counted and timed, for Prometheus. */
@NullMarked
package org.openstack.oaktree.server.metrics;

import org.jspecify.annotations.NullMarked;
