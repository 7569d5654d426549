"""The Mesa model: people as tables, firms as agents, the month compiled."""

import warnings

# mesa brings tqdm, which asks notebooks for widgets that nothing here uses
warnings.filterwarnings("ignore", message="IProgress not found")
