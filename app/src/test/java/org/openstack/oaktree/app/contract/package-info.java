/** What clients are promised, held against the simulated cloud and against a real OpenStack by the same cases. */
@NullMarked
package org.openstack.oaktree.app.contract;

import org.jspecify.annotations.NullMarked;
