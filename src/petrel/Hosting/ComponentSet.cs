using Microsoft.Extensions.Logging;

namespace Petrel.Program.Hosting;

/// <summary>
/// The parts of a process that run side by side until it is told to stop. One that fails is logged and started again: it
/// is level-triggered and takes up from the state of the cluster, and the others, the API above all, go on meanwhile.
/// </summary>
internal sealed partial class ComponentSet(TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private readonly List<(string Name, Func<CancellationToken, Task> Run)> _components = [];

    /// <param name="name">As logs call it, e.g. scheduler.</param>
    /// <param name="run">Works until cancelled.</param>
    public void Add(string name, Func<CancellationToken, Task> run) => _components.Add((name, run));

    /// <summary>Runs all until cancelled, also when there are none, and returns when all have ended.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var running = _components.Select(component => Task.Run(() => KeepAsync(component.Name, component.Run, cancellationToken), CancellationToken.None)).ToList();
        await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.WhenAll(running);
    }

    private async Task KeepAsync(string name, Func<CancellationToken, Task> run, CancellationToken cancellationToken)
    {
        var pause = FirstPause;
        while (!cancellationToken.IsCancellationRequested)
        {
            var since = time.GetTimestamp();
            try
            {
                await run(cancellationToken);
                if (!cancellationToken.IsCancellationRequested)
                {
                    Log.Ended(logger, name, pause.TotalSeconds);
                }
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                Log.Failed(logger, exception, name, pause.TotalSeconds);
            }

            // One that ran for long failed for a reason that waiting does not help.
            pause = time.GetElapsedTime(since) > LongestPause ? FirstPause : pause;
            await Task.Delay(pause, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "the {Name} ended before it was told to; it is started again in {Pause} s")]
        public static partial void Ended(ILogger logger, string name, double pause);

        [LoggerMessage(LogLevel.Critical, "the {Name} failed; it is started again in {Pause} s")]
        public static partial void Failed(ILogger logger, Exception exception, string name, double pause);
    }
}
