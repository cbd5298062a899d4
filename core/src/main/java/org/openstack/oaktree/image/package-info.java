/** What is irregular about images: snapshots of servers, and bytes that come and go. */
@NullMarked
package org.openstack.oaktree.image;

import org.jspecify.annotations.NullMarked;
