/** The simulated volume service: volumes, snapshots, types and attachments (cinder v3, microversions 3.0 to 3.70). */
@NullMarked
package org.openstack.oaktree.simcloud.cinder;

import org.jspecify.annotations.NullMarked;
