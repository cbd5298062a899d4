/** Failures that the simulated cloud can be told to show. */
@NullMarked
package org.openstack.oaktree.simcloud.faults;

import org.jspecify.annotations.NullMarked;
