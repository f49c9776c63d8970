"""Where people talk to the bot: each platform has its listen.py and render.py."""
