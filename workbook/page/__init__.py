"""What a person sees and touches: state, views, and what runs in the browser."""
