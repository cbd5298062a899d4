/** Load programs that measure oaktree side by side with something bare and print the ratio. */
@NullMarked
package org.openstack.oaktree.bench;

import org.jspecify.annotations.NullMarked;
