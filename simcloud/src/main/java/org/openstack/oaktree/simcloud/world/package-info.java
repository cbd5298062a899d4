/** What all services of the simulated cloud share: its clock, its one lock, what is due later, and how it makes IDs. */
@NullMarked
package org.openstack.oaktree.simcloud.world;

import org.jspecify.annotations.NullMarked;
