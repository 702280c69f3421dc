using System.Diagnostics;
using Xunit;

namespace Petrel.Client.Tests;

/// <summary>Waits until something holds.</summary>
internal static class Eventually
{
    public static async Task TrueAsync(Func<bool> condition, string what = "the condition")
    {
        var started = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(started.Elapsed < TimeSpan.FromSeconds(60), what + " did not come true within 60 s");
            await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System, CancellationToken.None);
        }
    }
}
