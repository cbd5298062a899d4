/** The command line: commands made from the descriptors of the API, in the words of the openstack client. */
@NullMarked
package org.openstack.oaktree.cli;

import org.jspecify.annotations.NullMarked;
