/** How answers are printed: values, tables and the formats of the openstack client. */
@NullMarked
package org.openstack.oaktree.cli.output;

import org.jspecify.annotations.NullMarked;
