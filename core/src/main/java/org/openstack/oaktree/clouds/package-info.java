/** The API's service about the configured clouds themselves. */
@NullMarked
package org.openstack.oaktree.clouds;

import org.jspecify.annotations.NullMarked;
