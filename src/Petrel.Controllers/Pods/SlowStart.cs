using Petrel.Client.Api;

namespace Petrel.Controllers.Pods;

/// <summary>
/// Does the same thing many times in batches of 1, 2, 4, …: when it cannot work (a quota, a broken template), few tries
/// fail instead of all.
/// </summary>
internal static class SlowStart
{
    /// <summary>How many succeeded, and the first failure; after a batch with a failure the rest is left out.</summary>
    public static async Task<(int Successes, Exception? Failure)> RunAsync(int count, Func<Task> action)
    {
        var successes = 0;
        for (var batch = 1; successes < count; batch *= 2)
        {
            var outcomes = await Task.WhenAll(Enumerable.Range(0, Math.Min(batch, count - successes)).Select(_ => TryAsync(action)));
            successes += outcomes.Count(static outcome => outcome is null);
            if (Array.Find(outcomes, static outcome => outcome is not null) is { } failure)
            {
                return (successes, failure);
            }
        }

        return (successes, null);
    }

    private static async Task<Exception?> TryAsync(Func<Task> action)
    {
        try
        {
            await action();
            return null;
        }
        catch (Exception exception) when (exception is ApiException or HttpRequestException)
        {
            return exception;
        }
    }
}
