/** Tests of the output formats. */
@NullMarked
package org.openstack.oaktree.cli.output;

import org.jspecify.annotations.NullMarked;
