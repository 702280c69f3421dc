using Xunit;

namespace Petrel.Node.Tests;

internal static class Conditions
{
    /// <summary>Waits until something holds, as a user would look again and again; fails after half a minute.</summary>
    public static async Task UntilAsync(Func<Task<bool>> holds)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!await holds())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(60), "the condition did not come about in 60 s");
            await Task.Yield();
        }
    }
}
