/** How requests reach OpenStack's services: the only package that opens a socket to a cloud. */
@NullMarked
package org.openstack.oaktree.rest;

import org.jspecify.annotations.NullMarked;
