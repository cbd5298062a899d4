"""nova's FakeDriver with what a client notices added.

* snapshots upload real bytes, so that image-from-server and shelve end (FakeDriver leaves the image queued for ever);
* guests are taken up again from the database when nova-compute restarts (FakeDriver forgets them, and then
  stop/pause/snapshot fail on every older server);
* power states follow pause/suspend/rescue;
* server metadata steers it: testcloud_delay=SECONDS (slow build), testcloud_fail=1 (build ends in ERROR).
"""
import io
import time

from nova.compute import power_state
from nova.compute import task_states
from nova import context as nova_context
from nova import exception
from nova.image import glance
from nova import objects
from nova.scheduler.client import report
from nova.virt import fake
from oslo_log import log as logging

LOG = logging.getLogger(__name__)
SNAPSHOT_BYTES = 1 << 20

# Zed fetches, at every claim, every allocation of the host one request each (only PCI tracking and reshapes need
# them): with N servers on a host each new one costs N requests to placement. There are no PCI devices here.
report.SchedulerReportClient.get_allocations_for_provider_tree = lambda self, context, nodename: {}


class TestCloudDriver(fake.FakeDriver):
    capabilities = dict(fake.FakeDriver.capabilities, supports_migrate_to_same_host=True, supports_image_type_qcow2=True,
                        supports_bfv_rescue=True, supports_evacuate=True)

    def init_host(self, host):
        super().init_host(host)
        admin = nova_context.get_admin_context()
        for inst in objects.InstanceList.get_by_host(admin, host, expected_attrs=['flavor']):
            if inst.vm_state in ('deleted', 'soft-delete', 'shelved_offloaded', 'building', 'error'):
                continue
            self.instances[inst.uuid] = fake.FakeInstance(inst.name, inst.power_state or power_state.RUNNING, inst.uuid)
            self.resources.claim(vcpus=inst.flavor.vcpus, mem=inst.flavor.memory_mb, disk=inst.flavor.root_gb)

    def _set(self, instance, state):
        if instance.uuid not in self.instances:
            raise exception.InstanceNotFound(instance_id=instance.uuid)
        self.instances[instance.uuid].state = state

    def spawn(self, context, instance, *args, **kwargs):
        md = instance.metadata or {}
        if md.get('testcloud_delay'):
            time.sleep(min(float(md['testcloud_delay']), 600))
        if md.get('testcloud_fail'):
            raise exception.BuildAbortException(instance_uuid=instance.uuid, reason='testcloud_fail is set')
        return super().spawn(context, instance, *args, **kwargs)

    def snapshot(self, context, instance, image_id, update_task_state):
        super().snapshot(context, instance, image_id, update_task_state)
        service, image_id = glance.get_remote_image_service(context, image_id)
        meta = {'disk_format': 'raw', 'container_format': 'bare', 'status': 'active',
                'properties': {'image_location': 'snapshot', 'image_state': 'available', 'owner_id': instance.project_id}}
        service.update(context, image_id, meta, io.BytesIO(b'\0' * SNAPSHOT_BYTES), purge_props=False)

    def pause(self, instance):
        self._set(instance, power_state.PAUSED)

    def unpause(self, instance):
        self._set(instance, power_state.RUNNING)

    def suspend(self, context, instance):
        self._set(instance, power_state.SUSPENDED)

    def resume(self, context, instance, network_info, block_device_info=None):
        self._set(instance, power_state.RUNNING)

    def get_console_output(self, context, instance):
        return 'oaktree test cloud\n%s on %s\nlogin: ' % (instance.display_name, self._host)
