using Petrel.Metrics;

namespace Petrel.ApiServer.Admission;

/// <summary>Times the plugins of one pass of admission, and the pass.</summary>
internal sealed class AdmissionPass(IReadOnlyList<Lazy<Histogram>[]> plugins, Lazy<Histogram>[] step, TimeProvider time)
{
    /// <summary>Asks the plugins one after the other.</summary>
    /// <param name="ask">Asks the plugin of a number; it throws when the plugin refuses.</param>
    public async ValueTask RunAsync(AdmissionOperation operation, Func<int, ValueTask> ask)
    {
        var started = time.GetTimestamp();
        var (before, isRejected) = (started, true);
        var i = 0;
        try
        {
            for (; i < plugins.Count; i++)
            {
                await ask(i);
                var now = time.GetTimestamp();
                Observe(plugins[i], operation, isRejected: false, time.GetElapsedTime(before, now));
                before = now;
            }

            isRejected = false;
        }
        finally
        {
            if (isRejected)
            {
                Observe(plugins[i], operation, isRejected: true, time.GetElapsedTime(before));
            }

            Observe(step, operation, isRejected, time.GetElapsedTime(started));
        }
    }

    private static void Observe(Lazy<Histogram>[] series, AdmissionOperation operation, bool isRejected, TimeSpan duration) =>
        series[((int)operation * 2) + (isRejected ? 1 : 0)].Value.Observe(duration.TotalSeconds);
}
