/** JSON as small trees: objects that keep their order, and a strict reader and a writer for them. */
@NullMarked
package org.openstack.oaktree.simcloud.json;

import org.jspecify.annotations.NullMarked;
