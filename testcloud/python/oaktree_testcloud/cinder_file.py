"""Cinder driver: a volume is a sparse file in a folder. No kernel, no target daemon; the bytes are real."""
import os
import shutil

from oslo_concurrency import processutils
from oslo_config import cfg
from oslo_utils import units

from cinder import exception
from cinder.image import image_utils
from cinder import interface
from cinder.volume import driver
from cinder.volume import volume_utils

OPTS = [cfg.StrOpt('testcloud_folder', default='volumes', help='Folder of the volumes')]
cfg.CONF.register_opts(OPTS, group='backend_defaults')


@interface.volumedriver
class FileDriver(driver.VolumeDriver):
    VERSION = '1.0'
    CI_WIKI_NAME = 'none'

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.configuration.append_config_values(OPTS)
        self._stats = {}

    # -- files
    def _path(self, name):
        return os.path.join(self.configuration.testcloud_folder, name)

    def local_path(self, volume):
        return self._path(volume['name'])

    def _copy(self, src, dst):
        processutils.execute('cp', '--reflink=auto', '--sparse=always', src, dst)

    def _size(self, path, gb):
        want = int(gb) * units.Gi
        if os.path.getsize(path) < want:
            os.truncate(path, want)

    def _remove(self, path):
        try:
            os.unlink(path)
        except FileNotFoundError:
            pass

    # -- set-up
    def check_for_setup_error(self):
        os.makedirs(self.configuration.testcloud_folder, exist_ok=True)

    def _update_volume_stats(self):
        du = shutil.disk_usage(self.configuration.testcloud_folder)
        name = self.configuration.safe_get('volume_backend_name') or 'testcloud'
        self._stats = {
            'volume_backend_name': name, 'vendor_name': 'oaktree', 'driver_version': self.VERSION,
            'storage_protocol': 'local',
            'pools': [{
                'pool_name': name, 'total_capacity_gb': 100000, 'free_capacity_gb': 90000,
                'provisioned_capacity_gb': 0, 'reserved_percentage': 0, 'max_over_subscription_ratio': 20,
                'thin_provisioning_support': True, 'thick_provisioning_support': False, 'QoS_support': False,
                'multiattach': True, 'online_extend_support': True, 'real_free_gb': du.free // units.Gi}]}

    # -- volumes
    def create_volume(self, volume):
        with open(self.local_path(volume), 'wb'):
            pass
        self._size(self.local_path(volume), volume['size'])

    def delete_volume(self, volume):
        self._remove(self.local_path(volume))

    def create_snapshot(self, snapshot):
        self._copy(self._path(snapshot['volume_name']), self._path(snapshot['name']))

    def delete_snapshot(self, snapshot):
        self._remove(self._path(snapshot['name']))

    def create_volume_from_snapshot(self, volume, snapshot):
        self._copy(self._path(snapshot['name']), self.local_path(volume))
        self._size(self.local_path(volume), volume['size'])

    def create_cloned_volume(self, volume, src_vref):
        self._copy(self._path(src_vref['name']), self.local_path(volume))
        self._size(self.local_path(volume), volume['size'])

    def extend_volume(self, volume, new_size):
        self._size(self.local_path(volume), new_size)

    def revert_to_snapshot(self, context, volume, snapshot):
        self._copy(self._path(snapshot['name']), self.local_path(volume))
        self._size(self.local_path(volume), volume['size'])

    def retype(self, context, volume, new_type, diff, host):
        return True, None

    def update_migrated_volume(self, ctxt, volume, new_volume, original_volume_status):
        os.replace(self._path(new_volume['name']), self._path(volume['name']))
        return {'_name_id': None, 'provider_location': None}

    # -- images
    def copy_image_to_volume(self, context, volume, image_service, image_id, disable_sparse=False):
        image_utils.fetch_to_raw(context, image_service, image_id, self.local_path(volume),
                                 self.configuration.volume_dd_blocksize, size=volume['size'])
        self._size(self.local_path(volume), volume['size'])

    def copy_volume_to_image(self, context, volume, image_service, image_meta):
        volume_utils.upload_volume(context, image_service, image_meta, self.local_path(volume), volume)

    # -- manage / unmanage
    def _ref(self, ref):
        name = (ref or {}).get('source-name')
        if not name or '/' in name or not os.path.exists(self._path(name)):
            raise exception.ManageExistingInvalidReference(existing_ref=ref, reason='source-name must be a file of the backend')
        return self._path(name)

    def manage_existing(self, volume, existing_ref):
        os.rename(self._ref(existing_ref), self.local_path(volume))

    def manage_existing_get_size(self, volume, existing_ref):
        return -(-os.path.getsize(self._ref(existing_ref)) // units.Gi)

    def manage_existing_snapshot(self, snapshot, existing_ref):
        os.rename(self._ref(existing_ref), self._path(snapshot['name']))

    def manage_existing_snapshot_get_size(self, snapshot, existing_ref):
        return -(-os.path.getsize(self._ref(existing_ref)) // units.Gi)

    def get_manageable_volumes(self, cinder_volumes, marker, limit, offset, sort_keys, sort_dirs):
        known = {v['name']: v['id'] for v in cinder_volumes}
        entries = []
        for f in sorted(os.listdir(self.configuration.testcloud_folder)):
            if f.startswith('snapshot-'):
                continue
            entries.append({'reference': {'source-name': f}, 'size': -(-os.path.getsize(self._path(f)) // units.Gi),
                            'cinder_id': known.get(f), 'extra_info': None, 'safe_to_manage': f not in known,
                            'reason_not_safe': 'already managed' if f in known else None})
        return volume_utils.paginate_entries_list(entries, marker, limit, offset, sort_keys, sort_dirs)

    # -- attachments
    def ensure_export(self, context, volume):
        pass

    def create_export(self, context, volume, connector):
        pass

    def remove_export(self, context, volume):
        pass

    def initialize_connection(self, volume, connector):
        return {'driver_volume_type': 'local', 'data': {'device_path': self.local_path(volume), 'volume_id': volume['id'],
                                                        'target_discovered': False}}

    def terminate_connection(self, volume, connector, **kwargs):
        pass

    def validate_connector(self, connector):
        pass
