/** Preloaded into a program the command line runs in the foreground: when the command line is gone, killed or not, the program drains and ends. Knows neither. */

process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
// The line to the command line alone keeps nobody alive.
process.channel?.unref();
