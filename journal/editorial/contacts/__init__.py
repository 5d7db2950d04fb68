"""While results are late: authors say that they are still at work, editors record whom they reached."""
