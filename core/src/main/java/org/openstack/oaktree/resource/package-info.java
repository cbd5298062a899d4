/** The resource engine: what the options of the proto files declare, it lists, gets, creates and deletes. It knows no OpenStack service. */
@NullMarked
package org.openstack.oaktree.resource;

import org.jspecify.annotations.NullMarked;
