"""The market itself: customers, firms, partners, their ties and the month they live through."""
