"""What people look at: plots, reports, pages."""
