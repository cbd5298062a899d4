/** The API of 2016, {@code oaktree.Oaktree}: its ten calls, answered from the services of today. Frozen. */
@NullMarked
package org.openstack.oaktree.server.legacy;

import org.jspecify.annotations.NullMarked;
