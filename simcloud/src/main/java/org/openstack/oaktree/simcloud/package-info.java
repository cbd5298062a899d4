/** An OpenStack cloud in memory, behind real HTTP: for demos, tests, faults and scale. */
@NullMarked
package org.openstack.oaktree.simcloud;

import org.jspecify.annotations.NullMarked;
