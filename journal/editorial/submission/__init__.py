"""The authors' way to a submission: a study begun, its parts written, co-authors asked, files kept, all sent."""
