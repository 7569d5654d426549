"""Industry presets: what their markets do, held against what is known of such industries."""
