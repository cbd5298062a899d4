/** Which resources of a list a caller wants: names and patterns, filters and JMESPath, all evaluated by oaktree itself. */
@NullMarked
package org.openstack.oaktree.resource.query;

import org.jspecify.annotations.NullMarked;
