using System.Collections.Concurrent;

namespace Petrel.ApiServer.Fairness;

/// <summary>
/// When refused clients should come back: sooner when few are refused, later when many are, so that those who come back do not
/// fill the server again at once.
/// </summary>
internal sealed class DroppedRequests(TimeProvider time)
{
    private const int SecondsMax = 8;

    private readonly ConcurrentDictionary<string, Backlog> _backlogs = new();

    /// <summary>Notes a refusal and says after how many seconds to come back.</summary>
    /// <param name="at">The priority level, or another name of what was full; from the server's configuration, so that there are few.</param>
    public int Note(string at)
    {
        var backlog = _backlogs.GetOrAdd(at, _ => new Backlog(time.GetTimestamp()));
        lock (backlog)
        {
            backlog.Refused++;
            if (time.GetElapsedTime(backlog.Since).TotalSeconds >= backlog.Seconds)
            {
                var step = backlog.Refused < backlog.Seconds ? -1 : backlog.Refused > 3 * backlog.Seconds ? 1 : 0;
                backlog.Seconds = Math.Clamp(backlog.Seconds + step, 1, SecondsMax);
                (backlog.Since, backlog.Refused) = (time.GetTimestamp(), 0);
            }

            return backlog.Seconds;
        }
    }

    private sealed class Backlog(long since)
    {
        public long Since { get; set; } = since;

        public int Refused { get; set; }

        public int Seconds { get; set; } = 1;
    }
}
