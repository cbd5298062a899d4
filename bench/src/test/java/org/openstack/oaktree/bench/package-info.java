@NullMarked
package org.openstack.oaktree.bench;

import org.jspecify.annotations.NullMarked;
