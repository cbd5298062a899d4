/** JSON documents to messages and back, by plans compiled from the options of the proto files. */
@NullMarked
package org.openstack.oaktree.resource.json;

import org.jspecify.annotations.NullMarked;
