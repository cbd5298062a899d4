@NullMarked
package org.openstack.oaktree.image;

import org.jspecify.annotations.NullMarked;
