"""Makes every skip a failure when FULL=1."""
