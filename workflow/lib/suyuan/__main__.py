"""``python -m suyuan``."""

import gc
import sys

from suyuan.cli import main

gc.disable()  # a stage ends soon and keeps what it makes: collecting costs a tenth of its time
sys.exit(main())
