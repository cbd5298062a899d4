/** Whose call it is and where it goes: clouds, their regions, and the projects that callers work for. */
@NullMarked
package org.openstack.oaktree.cloud;

import org.jspecify.annotations.NullMarked;
