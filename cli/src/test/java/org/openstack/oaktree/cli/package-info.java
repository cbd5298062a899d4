/** Tests of the command line, on an oaktree with canned answers. */
@NullMarked
package org.openstack.oaktree.cli;

import org.jspecify.annotations.NullMarked;
