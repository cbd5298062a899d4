/** The simulated image service: images and their bytes (glance v2). */
@NullMarked
package org.openstack.oaktree.simcloud.glance;

import org.jspecify.annotations.NullMarked;
