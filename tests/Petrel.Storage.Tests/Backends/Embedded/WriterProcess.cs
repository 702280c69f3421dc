using System.Diagnostics;
using System.Globalization;
using System.Text;
using Petrel.Storage.Backends.Embedded;

namespace Petrel.Storage.Tests.Backends.Embedded;

/// <summary>A process that writes as fast as it can and prints every deletion it tries and every change that was acknowledged, until it is killed.</summary>
internal static class WriterProcess
{
    public const int Writers = 8;

    public static EmbeddedStoreOptions Options { get; } = new()
    {
        SegmentBytes = 256 << 10,
        MaximumValueBytes = 16 << 10,
        BatchBytes = 16 << 10,
        SnapshotThresholdBytes = 256 << 10,
    };

    /// <summary>Starts this program again with other arguments.</summary>
    public static Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", typeof(WriterProcess).Assembly.Location, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return Process.Start(start)!;
    }

    /// <summary>The value of a change says all about it, in a few bytes or a few pages.</summary>
    public static string Value(int number) => number.ToString(CultureInfo.InvariantCulture) + new string('v', number % 50 == 0 ? 9_000 : number % 700);

    /// <summary>Key w/i takes the values start + i, start + i + Writers * 10, ... and is deleted now and then.</summary>
    public static async Task RunAsync(string directory, int start)
    {
        await using var store = EmbeddedStore.Open(directory, Options);
        await Console.Out.WriteLineAsync($"open {store.Recovery!.Revision}");
        await Console.Out.FlushAsync();
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            for (var number = start; ; number++)
            {
                var key = $"/w{writer}/{number % 10}";
                var transaction = number % 7 == 0
                    ? Transaction.Delete(key)
                    : Transaction.Put(key, Encoding.ASCII.GetBytes(Value(number)));
                if (transaction.IsDelete)
                {
                    Say($"? {key} {number}");
                }

                var result = await store.CommitAsync(transaction);
                if (result.Succeeded)
                {
                    Say($"{result.Revision} {(transaction.IsDelete ? "-" : "+")} {key} {number}");
                }

                if (writer == 0 && number % 200 == 199)
                {
                    await store.CompactAsync(result.Revision - 500);
                }
            }
        })));
    }

    public static int TryOpen(string directory)
    {
        try
        {
            EmbeddedStore.Open(directory);
            return 0;
        }
        catch (StoreUnavailableException failure)
        {
            Console.WriteLine(failure.Message);
            return 1;
        }
    }

    private static void Say(string line)
    {
        // One write per line: the parent does not count a line that was cut off.
        lock (Console.Out)
        {
            Console.Out.Write(line + "\n");
            Console.Out.Flush();
        }
    }
}
