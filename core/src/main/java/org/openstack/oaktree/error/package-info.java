/** The one exception by which every failure reaches a caller, with the reason and the details that the API promises. */
@NullMarked
package org.openstack.oaktree.error;

import org.jspecify.annotations.NullMarked;
