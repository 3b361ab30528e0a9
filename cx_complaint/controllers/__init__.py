from . import control_list
